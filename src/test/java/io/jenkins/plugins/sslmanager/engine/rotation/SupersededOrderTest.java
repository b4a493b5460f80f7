package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody else re-issues a certificate after it was ordered here. Not wanted: each later run went on with the old job, failed
 * the check of the key, and 'force' did not help.
 */
class SupersededOrderTest extends RotationOverBothProtocols {

    private long id;

    @BeforeEach
    void addCertificate() {
        id = fixture.certificate(NAME);
    }

    /** The run that ordered is dead, its certificate came, and then somebody else's. */
    private Order overtaken() {
        RunOfJob first = fixture.rotate(id, run("release", 1));
        first.start();
        fixture.pass(Duration.ofSeconds(30));
        fixture.kill(first);
        Order order = fixture.openOrder();
        fixture.pass(Duration.ofMinutes(1));
        Reissues.bySomebodyElse(fixture, id);
        fixture.pass(Duration.ofHours(1));
        return order;
    }

    @Test
    void theOrderEndsWithALineAndTheCertificateIsJudgedAnew() {
        Order order = overtaken();

        assertEquals(
                Kind.NOT_DUE, fixture.rotate(id, run("release", 2)).toTheEnd().kind());

        assertEquals(Stage.SUPERSEDED, fixture.endedOrder().stage());
        assertEquals(1, fixture.told("The order of this job (" + order.id() + ") has ended as superseded"));
        assertEquals(
                Kind.NOT_DUE, fixture.rotate(id, run("release", 3)).toTheEnd().kind());
    }

    @Test
    void itsKeyIsKeptForAWhile() {
        Order order = overtaken();
        fixture.rotate(id, run("release", 2)).toTheEnd();
        String key = order.request().publicKeySha256();

        fixture.pass(OrderBook.KEY_KEPT.minusHours(1));
        fixture.book().clean();
        assertTrue(fixture.book().keys().find(key, "release").isPresent());
        fixture.pass(Duration.ofHours(2));
        fixture.book().clean();
        assertTrue(fixture.book().keys().find(key, "release").isEmpty());
    }

    @Test
    void forceOrdersAnew() {
        overtaken();
        RunOfJob forced = fixture.rotate(id, run("release", 2), RotationFixture::forced);

        assertEquals(Kind.ROTATED, forced.toTheEnd().kind());
        assertEquals(1, forced.delivered().size());
    }

    @Test
    void theRunThatOrderedFailsWithThat() {
        CompletableFuture<RotationOutcome> rotation = startSeeing(Duration.ofDays(1));

        assertThrows(Superseded.class, () -> fixture.done(rotation));

        assertEquals(Stage.SUPERSEDED, fixture.endedOrder().stage());
    }

    /** From the end of the job on, CertificateInfo shows somebody else's certificate for so long, and then ours. */
    private CompletableFuture<RotationOutcome> startSeeing(Duration theirs) {
        Certificate another =
                fixture.sandbox.certificate(fixture.sandbox.addCertificate(NAME, AuthMethod.DNS, "www." + NAME));
        CompletableFuture<RotationOutcome> rotation =
                fixture.rotate(id, run("release", 1)).start();
        Instant end = fixture.time.instant().plus(TestSandbox.JOB_DELAY);
        fixture.connection.treat(
                Task.CERTIFICATE_INFO,
                FaultyConnection.certificate(now -> !fixture.time.instant().isBefore(end)
                                && fixture.time.instant().isBefore(end.plus(theirs))
                        ? another
                        : now));
        return rotation;
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 540})
    void somebodyElsesCertificateThatIsShownForAMomentIsNotTheLastWord(int seconds) {
        CompletableFuture<RotationOutcome> rotation = startSeeing(Duration.ofSeconds(seconds));

        assertEquals(Kind.ROTATED, fixture.done(rotation).kind());
    }

    @ParameterizedTest
    @ValueSource(longs = {-48, 48})
    void aClockThatJumpsMeanwhileDoesNotMakeItTheLastWord(long hours) {
        CompletableFuture<RotationOutcome> rotation = startSeeing(Duration.ofMinutes(5));
        fixture.pass(TestSandbox.JOB_DELAY.plusMinutes(1));
        fixture.clockIsOffBy(Duration.ofHours(hours));
        fixture.pass(Duration.ofMinutes(3));
        fixture.clockIsOffBy(Duration.ZERO);

        assertEquals(Kind.ROTATED, fixture.done(rotation).kind());
    }

    @Test
    void aCertificateThatIsLateAndThenSomebodyElsesForAMomentIsWaitedFor() {
        Certificate former = fixture.sandbox.certificate(id);
        CompletableFuture<RotationOutcome> rotation = startSeeing(Duration.ofMinutes(21));
        Instant late = fixture.time.instant().plus(TestSandbox.JOB_DELAY).plus(Duration.ofMinutes(20));
        FaultyConnection sees = new FaultyConnection();
        sees.treat(
                Task.CERTIFICATE_INFO,
                FaultyConnection.certificate(now -> fixture.time.instant().isBefore(late) ? former : now));
        fixture.between(sees::to);

        assertEquals(Kind.ROTATED, fixture.done(rotation).kind());
    }

    @Test
    void whileTheJobRunsSomebodyElsesCertificateSaysNothing() {
        fixture = new RotationFixture(folder.resolve("slow"), protocol);
        id = fixture.certificate("job-support.example.com");
        Certificate another = fixture.sandbox.certificate(fixture.sandbox.addCertificate(NAME, AuthMethod.DNS));
        CompletableFuture<RotationOutcome> rotation =
                fixture.rotate(id, run("release", 1)).start();
        fixture.connection.treat(Task.CERTIFICATE_INFO, FaultyConnection.answer(another));

        fixture.pass(Duration.ofDays(2));

        assertTrue(!rotation.isDone());
        assertEquals(Stage.ORDERED, fixture.openOrder().stage());
    }

    @Test
    void whereNobodyTellsOfTheJobItTakesADay() {
        overtaken();
        fixture.connection.treat(FaultyConnection.ALL_ABOUT_JOBS, FaultyConnection.refused(403));
        fixture.connection.treat(Task.POLL_INFO, FaultyConnection.silence());
        CompletableFuture<RotationOutcome> rotation =
                fixture.rotate(id, run("release", 2)).start();

        fixture.pass(Duration.ofHours(23));
        assertEquals(Stage.ORDERED, fixture.openOrder().stage());

        assertEquals(Kind.NOT_DUE, fixture.done(rotation).kind());
        assertEquals(Stage.SUPERSEDED, fixture.endedOrder().stage());
    }
}
