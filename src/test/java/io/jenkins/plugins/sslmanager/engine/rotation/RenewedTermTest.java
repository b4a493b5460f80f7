package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.LOST_ON_THE_WAY_BACK;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.LOST_ON_THE_WAY_THERE;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificates whose paid term ends with them are renewed where the step and the account want it, once and not too often. */
@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
class RenewedTermTest {

    private static final String TERM_ENDS = "term-ends.example.com";
    private static final String OTHER = "term-ends.example.org";

    /** The term of such a certificate, of which the service renews it in the last 90 days. */
    private static final Duration RENEWABLE = Duration.ofDays(150);

    @Parameter
    private Protocol protocol;

    @TempDir
    private Path folder;

    private RotationFixture fixture;
    private long id;
    private long other;
    private int runs;

    @BeforeEach
    void begin() {
        fixture = new RotationFixture(folder, protocol);
        id = fixture.sandbox.addCertificate(TERM_ENDS, AuthMethod.DNS, "www." + TERM_ENDS);
        other = fixture.sandbox.addCertificate(OTHER, AuthMethod.DNS);
        fixture.pass(RENEWABLE);
    }

    @Test
    void itIsRenewedOnceAndReissuedWithinTheNewTerm() {
        Certificate before = fixture.sandbox.certificate(id);

        RotationOutcome outcome = tonight();

        assertEquals(Kind.ROTATED, outcome.kind());
        assertTrue(outcome.order().isRenewal());
        assertEquals(
                before.payable().plusMonths(12), fixture.sandbox.certificate(id).payable());
        assertTold("Renewing " + TERM_ENDS + " (400106), which is billed: QUICKSSLPREMIUM, 12 MONTH, validated by DNS");
        fixture.restart();
        fixture.pass(RENEWABLE);
        assertEquals(Kind.ROTATED, tonight().kind());
        assertEquals(2, fixture.sandbox.orders(TERM_ENDS));
        assertRenewals(1);
    }

    @Test
    void whereNobodyWantsItRenewedThatIsTold() {
        assertEquals(Kind.RENEWAL_NEEDED, run(usual -> usual).toTheEnd().kind());

        assertTold("Renew it in the SSL Manager (400106), which is billed");
        assertRenewals(0);
    }

    @Test
    void forceAloneRenewsNothingBeforeItIsDue() {
        RotationSettings settings =
                RotationFixture.forced(RotationFixture.renewing(fixture.settings(DueRule.parse("1d"))));

        assertEquals(Kind.RENEWAL_NEEDED, run(usual -> settings).toTheEnd().kind());

        assertTold("It is not renewed (400106), which is billed, before it is due");
        assertRenewals(0);
    }

    @Test
    void aDryRunTellsThatItWouldBeBilled() {
        assertEquals(
                Kind.DRY_RUN,
                run(usual -> RotationFixture.dry(RotationFixture.renewing(usual)))
                        .toTheEnd()
                        .kind());

        assertTold("It would be renewed (400106), which is billed");
        assertRenewals(0);
        assertTrue(fixture.book().openOrders().isEmpty());
    }

    @Test
    void anAccountThatIsSetToNoRenewalsOrdersNone() {
        assertRefused(renewing().mayRenew(0), "the account is set to order no renewals");
        assertTrue(fixture.connection.requests().stream().noneMatch(FaultyConnection.JOB_LISTS::contains));
    }

    @Test
    void noMoreAreOrderedInThirtyDaysThanTheAccountSays() {
        tonight();

        assertRefused(
                renewing(other), "the account has had 1 renewals in the last 30 days, and is set to no more than 1");
        assertEquals(0, fixture.sandbox.renewals(OTHER));
        assertEquals(Kind.ROTATED, renewing(other).mayRenew(2).toTheEnd().kind());
    }

    @Test
    void afterThirtyDaysAnotherOneMayBeRenewed() {
        tonight();
        fixture.pass(Duration.ofDays(31));

        assertEquals(Kind.ROTATED, renewing(other).toTheEnd().kind());
    }

    @Test
    void renewalsThatPeopleHaveOrderedCountAsWell() {
        renewByHand(id);

        assertRefused(renewing(other), "the account has had 1 renewals in the last 30 days");
    }

    @Test
    void outsideTheServicesWindowItSaysSoAndNothingIsBilled() {
        String name = "term-ends.example.net";
        long early = fixture.sandbox.addCertificate(name, AuthMethod.DNS);
        fixture.pass(Duration.ofDays(20));

        ApiException failure = assertThrows(ApiException.class, renewing(early)::toTheEnd);

        assertTrue(failure.getMessage().contains("EF4001012"), failure::getMessage);
        assertTrue(failure.getMessage().contains("only in the last 90 days"), failure::getMessage);
        assertEquals(0, fixture.sandbox.renewals(name));
        assertEquals(Stage.FAILED, fixture.endedOrder().stage());
    }

    @Test
    void whatAPersonHasRenewedIsNotRenewedAgainThoughTheServiceStillShowsTheOldTerm() {
        Certificate before = fixture.sandbox.certificate(id);
        renewByHand(id);
        fixture.connection.treat(Task.CERTIFICATE_INFO, FaultyConnection.certificate(shown -> before));

        assertRefused(renewing().mayRenew(5), "has renewed it in the last 30 days");
        assertRenewals(1);
    }

    @Test
    void whatAPersonRenewsAtTheMomentIsLeftToThatPerson() {
        orderByHand(id);

        assertRefused(renewing().mayRenew(5), "is under way");
        assertRenewals(1);
    }

    @Test
    void aRenewalThatIsListedWithoutWhatItRenewsIsLookedUp() {
        renewByHand(other);
        fixture.connection.treat(Task.JOB_HISTORY_SEARCH, FaultyConnection.jobs(row -> about(row, null)));

        assertEquals(Kind.ROTATED, renewing().mayRenew(5).toTheEnd().kind());
        assertRenewals(1);
    }

    @Test
    void whatWasRenewedByAJobThatIsListedWithoutItIsNotRenewedAgain() {
        Certificate before = fixture.sandbox.certificate(id);
        renewByHand(id);
        fixture.connection.treat(Task.CERTIFICATE_INFO, FaultyConnection.certificate(shown -> before));
        fixture.connection.treat(Task.JOB_HISTORY_SEARCH, FaultyConnection.jobs(row -> about(row, null)));

        assertRefused(renewing().mayRenew(5), "has renewed it in the last 30 days");
        assertRenewals(1);
    }

    @Test
    void whereTheServiceDoesNotSayWhatWasRenewedNothingIsRenewed() {
        renewByHand(other);
        ResponseObject nameless = new ResponseObject(ResponseObject.CERTIFICATE, null, null, null);
        for (ResponseObject shown : Arrays.asList(null, nameless)) {
            fixture.connection.treat(FaultyConnection.ALL_ABOUT_JOBS, FaultyConnection.jobs(job -> about(job, shown)));

            assertRefused(renewing().mayRenew(5), "the service does not say what job ");
        }
        assertRenewals(0);
    }

    @Test
    void whereAJobThatDoesNotSayWhatItRenewsMayNotBeLookedUpNothingIsRenewed() {
        renewByHand(other);
        fixture.connection.treat(Task.JOB_HISTORY_SEARCH, FaultyConnection.jobs(row -> about(row, null)));
        fixture.connection.treat(Task.JOB_INFO, refused(403));

        assertRefused(renewing().mayRenew(5), "the service does not say what job ");
        assertRenewals(0);
    }

    @Test
    void whereARenewalHasNoNumberNothingIsRenewed() {
        renewByHand(other);
        fixture.connection.treat(
                Task.JOB_HISTORY_SEARCH,
                FaultyConnection.jobs(
                        row -> new ObjectJob(Job.of(null, JobStatus.SUCCESS), row.object(), null, null, null)));

        ReissueException failure =
                assertThrows(ReissueException.class, renewing().mayRenew(5)::toTheEnd);

        assertTrue(failure.getMessage().contains("without its job's number"), failure::getMessage);
        assertRenewals(0);
    }

    @Test
    void aNameInUnicodeIsThatInAscii() {
        String name = "term-ends.xn--mller-kva.example";
        long umlaut = fixture.sandbox.addCertificate(name, AuthMethod.DNS);
        fixture.pass(RENEWABLE);
        renewByHand(other);
        ResponseObject shown = new ResponseObject(ResponseObject.CERTIFICATE, "Term-Ends.Müller.example", null, null);
        fixture.connection.treat(Task.JOB_HISTORY_SEARCH, FaultyConnection.jobs(row -> about(row, shown)));

        assertRefused(renewing(umlaut).mayRenew(5), "has renewed it in the last 30 days");
        assertEquals(0, fixture.sandbox.renewals(name));
    }

    @Test
    void aJobWithoutAStatusCountsAsRunning() {
        Certificate existing = fixture.sandbox.certificate(id);
        fixture.done(fixture.directApi().reissue(id, orderOf(existing), "a person"));
        fixture.connection.treat(
                Task.JOB_SEARCH,
                FaultyConnection.jobs(
                        row -> new ObjectJob(Job.of(row.job().id(), null), row.object(), null, null, null)));

        assertRefused(renewing().mayRenew(5), "is under way (the service does not tell its status)");
        assertRenewals(0);
    }

    @Test
    void whatWasRenewedMeanwhileIsNotSent() {
        RunOfJob run = renewing().mayRenew(5);
        CompletableFuture<Void> proof = new CompletableFuture<>();
        run.proveBy(proof);
        CompletableFuture<RotationOutcome> outcome = run.start();
        renewByHand(id);

        proof.complete(null);

        ReissueException failure = assertThrows(ReissueException.class, () -> fixture.done(outcome));
        assertTrue(failure.getMessage().contains("so somebody else has renewed it"), failure::getMessage);
        assertRenewals(1);
        assertEquals(Stage.WITHDRAWN, fixture.endedOrder().stage());
    }

    @Test
    void ofTwoThatAreBegunAtATimeTheFirstComesWithinTheLimit() {
        CompletableFuture<Void> proof = new CompletableFuture<>();
        RunOfJob first = renewing();
        RunOfJob second = renewing(other);
        first.proveBy(proof);
        second.proveBy(proof);
        CompletableFuture<RotationOutcome> began = first.start();
        assertRefused(second, "is set to no more than 1");

        proof.complete(null);

        assertEquals(Kind.ROTATED, fixture.done(began).kind());
        assertRenewals(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Task.class,
            names = {"JOB_SEARCH", "JOB_HISTORY_SEARCH"})
    void whereTheServiceDoesNotListJobsNothingIsRenewed(Task list) {
        fixture.connection.treat(list, refused(403));

        assertRefused(renewing(), "the service does not list its jobs");
        assertRenewals(0);
    }

    @Test
    void anAnswerThatIsLostIsLookedForAndTheCertificateDelivered() {
        fixture.connection.treat(Task.RENEW, LOST_ON_THE_WAY_BACK);

        RotationOutcome outcome = tonight();

        assertEquals(Kind.ROTATED, outcome.kind());
        assertRenewals(1);
        assertEquals(1, fixture.connection.count(Task.RENEW));
    }

    @Test
    void oneThatIsNowhereIsNeverSentAgainNotEvenWithForce() {
        fixture.connection.treat(Task.RENEW, LOST_ON_THE_WAY_THERE);
        for (int night = 0; night < 3; night++) {
            ReissueException failure =
                    assertThrows(ReissueException.class, renewing().mayRenew(9)::toTheEnd);
            assertTrue(
                    failure.getMessage().contains("A renewal is billed, so it is not sent again"), failure::getMessage);
        }

        RunOfJob forced = run(usual -> RotationFixture.forced(RotationFixture.renewing(usual)))
                .mayRenew(9);
        assertRefused(forced, "the order book has a renewal of it");

        assertEquals(1, fixture.connection.count(Task.RENEW));
        assertEquals(Stage.GIVEN_UP, fixture.endedOrder().stage());
    }

    @Test
    void anotherRunOfTheJobGoesOnWithItAndRenewsNothing() {
        fixture.connection.treat(Task.RENEW, FaultyConnection.UNANSWERED);
        RunOfJob killed = renewing();
        killed.start();
        fixture.kill(killed);
        fixture.connection.treatNothing();

        // Also if the step does not say any more that it may renew.
        RotationOutcome outcome = run(usual -> usual).toTheEnd();

        assertEquals(Kind.ROTATED, outcome.kind());
        assertTrue(outcome.order().isRenewal());
        assertRenewals(1);
    }

    @Test
    void aReissueIsNoRenewal() {
        long ordinary = fixture.certificate("www.example.com");

        RotationOutcome outcome = renewing(ordinary).mayRenew(0).toTheEnd();

        assertEquals(Kind.ROTATED, outcome.kind());
        assertFalse(outcome.order().isRenewal());
    }

    private RotationOutcome tonight() {
        return renewing().toTheEnd();
    }

    private RunOfJob renewing() {
        return renewing(id);
    }

    private RunOfJob renewing(long certificate) {
        return run(certificate, RotationFixture::renewing);
    }

    private RunOfJob run(UnaryOperator<RotationSettings> change) {
        return run(id, change);
    }

    private RunOfJob run(long certificate, UnaryOperator<RotationSettings> change) {
        runs++;
        return fixture.rotate(certificate, RotationFixture.run("release", runs), change);
    }

    private void assertRefused(RunOfJob run, String why) {
        ReissueException failure = assertThrows(ReissueException.class, run::toTheEnd);
        assertEquals(ReissueException.Kind.UNFIT, failure.kind());
        assertTrue(failure.getMessage().contains(why), failure::getMessage);
    }

    private void renewByHand(long certificate) {
        orderByHand(certificate);
        fixture.pass(Duration.ofHours(1));
    }

    private void orderByHand(long certificate) {
        Certificate existing = fixture.sandbox.certificate(certificate);
        fixture.done(fixture.directApi().renew(certificate, orderOf(existing), "a person"));
    }

    private static CertificateOrder orderOf(Certificate existing) {
        return OrderDraft.of(
                existing, ReissueFixture.csr(existing.name()), existing.authentication(), OrderChanges.NONE);
    }

    private static ObjectJob about(ObjectJob job, @CheckForNull ResponseObject object) {
        return new ObjectJob(job.job(), object, job.authentication(), job.dcvAuth(), job.notices());
    }

    private void assertRenewals(int renewals) {
        assertEquals(renewals, fixture.sandbox.renewals(TERM_ENDS));
    }

    private void assertTold(String text) {
        assertTrue(fixture.log.stream().anyMatch(line -> line.contains(text)), fixture.log::toString);
    }
}
