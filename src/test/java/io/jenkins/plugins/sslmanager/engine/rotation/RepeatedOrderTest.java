package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.JOB_LISTS;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.LOST_ON_THE_WAY_BACK;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.LOST_ON_THE_WAY_THERE;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.first;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.jobs;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.refused;
import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.Treatment;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An order that never arrived is sent once more, with the same key, where nothing is ordered or billed twice by it. */
class RepeatedOrderTest extends RotationOverBothProtocols {

    private long id;

    @BeforeEach
    void addCertificate() {
        id = fixture.certificate(NAME);
    }

    @ParameterizedTest
    @ValueSource(longs = {-48, -25, 25, 48})
    void clocksThatJumpWhileAnOrderIsInDoubtChangeNothing(long hours) {
        connection.treat(Task.REISSUE, first(1, LOST_ON_THE_WAY_THERE));
        RunOfJob run = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> rotation = run.start();
        fixture.pass(Duration.ofHours(3));
        fixture.clockIsOffBy(Duration.ofHours(hours));

        fixture.pass(Duration.ofHours(20));

        assertEquals(1, connection.count(Task.REISSUE));
        fixture.clockIsOffBy(Duration.ZERO);
        assertEquals(Kind.ROTATED, fixture.done(rotation).kind());
        assertEquals(2, connection.count(Task.REISSUE));
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    /** What is listed under the certificate's name and is no doubt. */
    static Stream<UnaryOperator<ObjectJob>> jobsThatAreNoDoubt() {
        return Stream.of(
                job -> JobRows.about(JobRows.withoutEvents(JobRows.withoutCsr(job)), "Domain"),
                job -> JobRows.failed(JobRows.withoutEvents(JobRows.withoutCsr(job))));
    }

    /** Not wanted: such a job put each order in doubt for 30 days. */
    @ParameterizedTest
    @MethodSource("jobsThatAreNoDoubt")
    void aDomainsJobOfThatNameAndAFailedOneAreNoDoubt(UnaryOperator<ObjectJob> change) {
        Reissues.bySomebodyElse(fixture, id);
        fixture.pass(RotationFixture.UNTIL_DUE);
        connection.treat(Task.REISSUE, first(1, LOST_ON_THE_WAY_THERE));
        connection.treat(JOB_LISTS, jobs(change));
        RunOfJob run = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> rotation = run.start();

        fixture.pass(Duration.ofHours(26));

        assertEquals(0, fixture.told("may be the order"));
        assertEquals(2, connection.count(Task.REISSUE));
        connection.treatNothing();
        assertEquals(Kind.ROTATED, fixture.done(rotation).kind());
    }

    /** Not wanted: where jobs cannot be listed, an order that never arrived was in doubt for ever. */
    @Test
    void anOrderThatNeverArrivedIsSentOnceMoreAfterADayOfLooksWithTheSameKey() {
        connection.treat(Task.REISSUE, first(1, LOST_ON_THE_WAY_THERE));
        connection.treat(JOB_LISTS, refused(400));
        RunOfJob run = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> rotation = run.start();
        Order order = fixture.openOrder();

        fixture.pass(Duration.ofHours(23).plusMinutes(59));
        assertEquals(1, connection.count(Task.REISSUE));
        fixture.pass(Duration.ofHours(1));
        assertEquals(2, connection.count(Task.REISSUE));

        assertEquals(Kind.ROTATED, fixture.done(rotation).kind());
        assertEquals(1, fixture.sandbox.orders(NAME));
        assertEquals(
                order.request().publicKeySha256(),
                fixture.endedOrder().request().publicKeySha256());
    }

    @Test
    void looksOfSeveralRunsAddUp() {
        connection.treat(Task.REISSUE, first(1, LOST_ON_THE_WAY_THERE));
        for (int night = 1; night <= 3; night++) {
            RunOfJob run =
                    fixture.rotate(id, run("release", night), s -> RotationFixture.until(s, Duration.ofHours(7)));
            assertThrows(ReissueException.class, run::toTheEnd);
            fixture.restart();
        }
        assertEquals(1, connection.count(Task.REISSUE));

        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 4)).toTheEnd().kind());
        assertEquals(2, connection.count(Task.REISSUE));
    }

    @Test
    void outagesAreNoLooks() {
        connection.treat(Task.REISSUE, first(1, LOST_ON_THE_WAY_THERE));
        CompletableFuture<RotationOutcome> rotation =
                fixture.rotate(id, run("release", 1)).start();
        connection.treat(JOB_LISTS, refused(503));

        fixture.pass(Duration.ofHours(30));

        assertEquals(1, connection.count(Task.REISSUE));
        assertEquals(1, fixture.told("Waiting until the service answers again."));
        connection.treatNothing();
        assertEquals(Kind.ROTATED, fixture.done(rotation).kind());
        assertEquals(1, fixture.told("The service answers again."));
    }

    @Test
    void aJobThatMayBeTheOrderHasTheLooksBeginAnew() {
        connection.treat(Task.REISSUE, first(1, LOST_ON_THE_WAY_THERE));
        CompletableFuture<RotationOutcome> rotation =
                fixture.rotate(id, run("release", 1)).start();
        fixture.pass(Duration.ofHours(20));
        assertTrue(fixture.openOrder().emptyLooks() > 10);
        long foreign = Reissues.bySomebodyElse(fixture, id);
        connection.treat(FaultyConnection.ALL_ABOUT_JOBS, jobs(job -> JobRows.withoutEvents(JobRows.withoutCsr(job))));

        fixture.pass(Duration.ofHours(10));

        assertEquals(0, fixture.openOrder().emptyLooks());
        assertEquals(1, connection.count(Task.REISSUE));
        assertEquals(1, fixture.told("Jobs [" + foreign + "] may be the order"));
        assertFalse(rotation.isDone());
    }

    /** What is not to be had twice. */
    static Stream<UnaryOperator<RotationSettings>> ordersThatAreNotRepeated() {
        return Stream.of(
                s -> RotationFixture.with(s, new NewKey("EC_P256", null, "new." + NAME, null), OrderChanges.NONE),
                s -> RotationFixture.with(s, s.newKey(), new OrderChanges(null, null, null, "SSL123", null, null)),
                s -> RotationFixture.with(s, s.newKey(), new OrderChanges(null, null, null, null, 6L, null)));
    }

    @ParameterizedTest
    @MethodSource("ordersThatAreNotRepeated")
    void anOrderThatMayBeBilledIsNotSentAgain(UnaryOperator<RotationSettings> settings) {
        assertNeverSentAgain(id, 2, settings);
    }

    @Test
    void anOrderThatSendsEmailsIsNotSentAgain() {
        assertNeverSentAgain(fixture.certificate("mail.example.com", AuthMethod.EMAIL), 26, settings -> settings);
    }

    private void assertNeverSentAgain(long certificate, int nights, UnaryOperator<RotationSettings> settings) {
        connection.treat(Task.REISSUE, LOST_ON_THE_WAY_THERE);
        for (int night = 1; night <= nights; night++) {
            RunOfJob run = fixture.rotate(certificate, run("release", night), settings);
            ReissueException doubt = assertThrows(ReissueException.class, run::toTheEnd);
            assertTrue(doubt.getMessage().contains("set 'force'"), doubt.getMessage());
            fixture.restart();
            fixture.pass(Duration.ofHours(20));
        }
        assertEquals(1, connection.count(Task.REISSUE));
        Order before = fixture.openOrder();

        connection.treatNothing();
        RunOfJob forced =
                fixture.rotate(certificate, run("release", nights + 1), s -> RotationFixture.forced(settings.apply(s)));

        assertEquals(Kind.ROTATED, forced.toTheEnd().kind());
        assertTrue(fixture.book()
                .keys()
                .find(before.request().publicKeySha256(), "release")
                .isPresent());
    }

    @Test
    void aRunThatWantsMoreThanTheOrderDoesNotSendItAgain() {
        connection.treat(Task.REISSUE, LOST_ON_THE_WAY_THERE);
        RunOfJob first = fixture.rotate(id, run("release", 1), s -> RotationFixture.until(s, Duration.ofHours(23)));
        assertThrows(ReissueException.class, first::toTheEnd);

        for (int night = 2; night <= 4; night++) {
            RunOfJob run = fixture.rotate(
                    id,
                    run("release", night),
                    s -> RotationFixture.with(s, s.newKey(), new OrderChanges(null, null, null, null, 24L, null)));
            assertThrows(ReissueException.class, run::toTheEnd);
        }
        assertEquals(1, connection.count(Task.REISSUE));
    }

    @Test
    void anAnswerThatIsLostOnceMoreLeadsToTheSecondOrder() {
        int[] sendings = {0};
        connection.treat(Task.REISSUE, (task, service) -> {
            Treatment lost = ++sendings[0] == 1 ? LOST_ON_THE_WAY_THERE : LOST_ON_THE_WAY_BACK;
            return lost.treat(task, service);
        });
        RunOfJob run = fixture.rotate(id, run("release", 1));

        assertEquals(Kind.ROTATED, run.toTheEnd().kind());
        assertEquals(2, connection.count(Task.REISSUE));
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void anOrderThatWasSentTwiceIsNeverSentAThirdTime() {
        connection.treat(Task.REISSUE, LOST_ON_THE_WAY_THERE);

        for (int night = 1; night <= 5; night++) {
            RunOfJob run = fixture.rotate(id, run("release", night));
            assertThrows(ReissueException.class, run::toTheEnd);
        }

        assertEquals(2, connection.count(Task.REISSUE));
        assertEquals(Stage.ORDERING, fixture.openOrder().stage());
    }

    @Test
    void bothOfTwoOrdersForOneKeyMayArriveLate() {
        connection.treat(Task.REISSUE, (task, service) -> {
            fixture.time.after(Duration.ofHours(25), service::get);
            return CompletableFuture.failedFuture(ApiException.answerLost(task, "cut"));
        });
        RunOfJob run = fixture.rotate(id, run("release", 1));

        assertEquals(Kind.ROTATED, run.toTheEnd().kind());
        fixture.pass(Duration.ofDays(2));

        assertEquals(2, fixture.sandbox.orders(NAME));
        assertEquals(
                fixture.endedOrder().request().csr().strip(),
                fixture.sandbox.certificate(id).csr().strip());
    }

    @Test
    void aRefusalOfTheSecondSendingSaysNothingOfTheFirst() {
        int[] sendings = {0};
        connection.treat(Task.REISSUE, (task, service) -> {
            Treatment fault = ++sendings[0] == 1 ? LOST_ON_THE_WAY_THERE : refused(400);
            return fault.treat(task, service);
        });
        RunOfJob run = fixture.rotate(id, run("release", 1));

        assertThrows(ReissueException.class, run::toTheEnd);

        assertEquals(Stage.ORDERING, fixture.openOrder().stage());
        assertTrue(fixture.openOrder().hasKey());
    }

    @Test
    void troubleBeforeTheSecondSendingSaysNothingOfTheFirst() {
        connection.treat(Task.REISSUE, LOST_ON_THE_WAY_THERE);
        RunOfJob first = fixture.rotate(id, run("release", 1), s -> RotationFixture.until(s, Duration.ofHours(24)));
        assertThrows(ReissueException.class, first::toTheEnd);
        RunOfJob second = fixture.rotate(id, run("release", 2));
        CompletableFuture<RotationOutcome> rotation = second.start();
        // The look that shows nothing, and then the draft of the order.
        connection.treat(JOB_LISTS, (task, service) -> {
            connection.treat(Task.CERTIFICATE_INFO, refused(403));
            return service.get();
        });

        assertThrows(ApiException.class, () -> fixture.done(rotation));

        assertEquals(Stage.ORDERING, fixture.openOrder().stage());
    }
}
