package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.ALL_ABOUT_JOBS;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.refused;
import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.inbox.JobEnds;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has been ordered is waited for, whatever the service tells of its job or does not. */
class CertificateWaitTest extends RotationOverBothProtocols {

    /** CertificateInfo goes on telling the certificate as it is now, until so long after the job's end. */
    private void certificateIsLateBy(long id, Duration late) {
        Certificate before = fixture.sandbox.certificate(id);
        Instant shown = fixture.time.instant().plus(TestSandbox.JOB_DELAY).plus(late);
        connection.treat(
                Task.CERTIFICATE_INFO,
                FaultyConnection.certificate(now -> fixture.time.instant().isBefore(shown) ? before : now));
    }

    /** Not wanted: the old certificate that was shown a little longer failed the run, since its serial number was the same. */
    @ParameterizedTest
    @ValueSource(ints = {3, 300, 3000})
    void aCertificateThatIsLateIsWaitedFor(int seconds) {
        long id = fixture.certificate(NAME);
        certificateIsLateBy(id, Duration.ofSeconds(seconds));
        RunOfJob run = fixture.rotate(id, run("release", 1));

        assertEquals(Kind.ROTATED, run.toTheEnd().kind());

        assertEquals(1, run.delivered().size());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void aCertificateThatDoesNotComeIsToldEachTimeAndItsKeyStays() {
        long id = fixture.certificate(Behaviour.SAME_SERIAL.demoName());
        for (int night = 1; night <= 3; night++) {
            RunOfJob run = fixture.rotate(id, run("release", night));

            ReissueException failure = assertThrows(ReissueException.class, run::toTheEnd);

            assertEquals(ReissueException.Kind.UNCLEAR, failure.kind());
            assertTrue(failure.getMessage().contains("still shows the certificate as it was before"));
            assertTrue(fixture.openOrder().hasKey());
        }
        assertEquals(1, fixture.sandbox.orders(Behaviour.SAME_SERIAL.demoName()));
    }

    /** Not wanted: with somebody else's message at the head of the queue, the lack of that task failed the run. */
    @Test
    void aServiceThatKnowsNoHistoryOfJobsAndWhoseQueueIsBlockedIsAskedForTheCertificate() {
        long id = fixture.certificate(NAME);
        fixture.sandbox.addForeignMessage("example.net");
        connection.treat(Task.JOB_HISTORY_INFO, refused(400));
        RunOfJob run = fixture.rotate(id, run("release", 1));

        assertEquals(Kind.ROTATED, run.toTheEnd().kind());

        assertEquals(1, fixture.told("Asking for the certificate itself."));
        assertTrue(fixture.sandbox.confirmedMessageIds().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 72})
    void anAccountWithoutNotificationsThatMayNotAskForJobsIsAskedForTheCertificate(int hours) {
        long id = fixture.certificate(Behaviour.NO_NOTIFICATION.demoName());
        certificateIsLateBy(id, Duration.ofHours(hours));
        RunOfJob run = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> rotation = run.start();
        connection.treat(ALL_ABOUT_JOBS, refused(403));
        int before = connection.count(Task.CERTIFICATE_INFO);
        Instant ordered = fixture.time.instant();

        assertEquals(Kind.ROTATED, fixture.done(rotation).kind());

        Duration took = Duration.between(ordered, fixture.time.instant());
        assertTrue(took.compareTo(Duration.ofHours(hours).plusMinutes(70)) < 0, took::toString);
        // After the first few looks, one an hour.
        assertTrue(connection.count(Task.CERTIFICATE_INFO) - before <= hours + 8);
    }

    @Test
    void aJobThatIsNeverToldToEndIsNoMatterOnceTheCertificateIsThere() {
        long id = fixture.certificate(NAME);
        connection.treat(Task.POLL_INFO, FaultyConnection.silence());
        RunOfJob run = fixture.rotate(id, run("release", 1));

        assertEquals(Kind.ROTATED, run.toTheEnd().kind());
    }

    /** Not wanted: a run that was taken up during an outage failed, though it was only to wait. */
    @Test
    void aRestartDuringAnOutageIsSatOut() {
        long id = fixture.certificate(NAME);
        RunOfJob first = fixture.rotate(id, run("release", 1));
        first.start();
        String order = first.followed();
        fixture.pass(Duration.ofSeconds(30));
        connection.treatAll(refused(503));
        fixture.stop(first);
        RunOfJob again = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> rotation = again.resume(order);

        fixture.pass(Duration.ofHours(7));
        assertFalse(rotation.isDone());
        connection.treatNothing();

        assertEquals(Kind.ROTATED, fixture.done(rotation).kind());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void aRestartOfARunInDoubtDuringAnOutageIsSatOut() {
        long id = fixture.certificate(NAME);
        connection.treat(Task.REISSUE, FaultyConnection.UNANSWERED);
        RunOfJob first = fixture.rotate(id, run("release", 1));
        first.start();
        connection.treatAll(refused(503));
        fixture.stop(first);
        CompletableFuture<RotationOutcome> rotation =
                fixture.rotate(id, run("release", 1)).resume(first.followed());

        fixture.pass(Duration.ofHours(7));
        connection.treatNothing();

        assertEquals(Kind.ROTATED, fixture.done(rotation).kind());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void anOutageAfterTheJobsEndIsSatOut() {
        long id = fixture.certificate(NAME);
        Instant back = fixture.time.instant().plus(Duration.ofHours(7));
        connection.treat(Task.CERTIFICATE_INFO, (task, service) -> {
            boolean away =
                    fixture.sandbox.orders(NAME) > 0 && fixture.time.instant().isBefore(back);
            return away ? refused(503).treat(task, service) : service.get();
        });

        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 1)).toTheEnd().kind());
        assertEquals(1, fixture.told("Waiting until the service answers again."));
    }

    /** Not wanted: the fetch after a wait used the password that the run had begun with. */
    @Test
    void aPasswordThatIsChangedDuringTheWaitMakesNoDifference() {
        long id = fixture.certificate(NAME);
        String[] password = {"old"};
        fixture.between(api -> {
            String mine = password[0];
            FaultyConnection signedIn = new FaultyConnection();
            signedIn.treatAll((task, service) ->
                    mine.equals(password[0]) ? service.get() : refused(401).treat(task, service));
            return signedIn.to(api);
        });
        CompletableFuture<RotationOutcome> rotation =
                fixture.rotate(id, run("release", 1)).start();
        fixture.pass(Duration.ofSeconds(31));
        password[0] = "new";

        assertEquals(Kind.ROTATED, fixture.done(rotation).kind());
    }

    @Test
    void credentialsThatAreGoneEndTheWaitAndLeaveTheOrder() {
        long id = fixture.certificate(NAME);
        CompletableFuture<RotationOutcome> rotation =
                fixture.rotate(id, run("release", 1)).start();
        fixture.between(api -> {
            throw new IllegalArgumentException("There are no such credentials");
        });

        assertThrows(IllegalArgumentException.class, () -> fixture.done(rotation));

        assertEquals(Stage.ORDERED, fixture.openOrder().stage());
        fixture.between(api -> api);
        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 2)).toTheEnd().kind());
    }

    @Test
    void atTheTimeLimitTheOrderIsLeftToTheNextRun() {
        long id = fixture.certificate(Behaviour.JOB_SLOW.demoName());
        RunOfJob first = fixture.rotate(id, run("release", 1), s -> until(s, Duration.ofMinutes(10)));
        Instant begun = fixture.time.instant();

        ReissueException limit = assertThrows(ReissueException.class, first::toTheEnd);

        assertEquals(ReissueException.Kind.TIME_LIMIT, limit.kind());
        assertEquals(begun.plus(Duration.ofMinutes(10)), fixture.time.instant());
        assertEquals(Stage.ORDERED, fixture.openOrder().stage());
        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 2)).toTheEnd().kind());
        assertEquals(1, fixture.sandbox.orders(Behaviour.JOB_SLOW.demoName()));
    }

    @Test
    void aCertificateThatComesJustBeforeTheTimeLimitIsSeen() {
        long id = fixture.certificate(Behaviour.NO_NOTIFICATION.demoName());
        connection.treat(ALL_ABOUT_JOBS, refused(403));
        certificateIsLateBy(id, Duration.ofMinutes(95));
        RunOfJob run = fixture.rotate(id, run("release", 1), s -> until(s, Duration.ofMinutes(100)));

        assertEquals(Kind.ROTATED, run.toTheEnd().kind());
    }

    @ParameterizedTest
    @ValueSource(longs = {-48, -25, 25, 48})
    void clocksThatJumpDuringTheWaitChangeNothing(long hours) {
        long id = fixture.certificate(NAME);
        certificateIsLateBy(id, Duration.ofMinutes(5));
        RunOfJob run = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> rotation = run.start();
        fixture.pass(Duration.ofMinutes(3));
        fixture.clockIsOffBy(Duration.ofHours(hours));
        fixture.pass(Duration.ofMinutes(3));
        fixture.clockIsOffBy(Duration.ZERO);

        assertEquals(Kind.ROTATED, fixture.done(rotation).kind());
    }

    @Test
    void ofAWaitOfTwoWeeksNothingIsKeptButTheLatestLook() {
        long id = fixture.certificate(Behaviour.JOB_SUPPORT.demoName());
        fixture.rotate(id, run("release", 1)).start();
        Certificate former = fixture.sandbox.certificate(id);
        connection.treat(Task.CERTIFICATE_INFO, FaultyConnection.answer(former));
        List<WeakReference<?>> pauses = new ArrayList<>();
        Pauses noted = new Pauses() {
            @Override
            public Instant instant() {
                return fixture.time.instant();
            }

            @Override
            public CompletableFuture<Void> pause(Duration duration) {
                CompletableFuture<Void> pause = fixture.time.pause(duration);
                pauses.add(new WeakReference<>(pause));
                return pause;
            }
        };
        OrderRun run = new OrderRun(
                fixture.api(),
                fixture.book(),
                noted,
                Runnable::run,
                line -> {},
                new Cancellation(),
                JobIdentity.BY_KEY_OR_CTID);
        JobEnds never = jobId -> CompletableFuture.failedFuture(ApiException.answerLost(Task.JOB_INFO, "cut"));
        fixture.restart();
        CompletableFuture<IssuedCertificate> wait = new CertificateWait(
                        run, never, fixture.time.instant().plus(RotationFixture.TIME_LIMIT))
                .of(fixture.openOrder());
        fixture.pass(RotationFixture.TIME_LIMIT.minusHours(2));

        List<WeakReference<?>> over = pauses.subList(0, pauses.size() - 100);
        for (int tries = 0; over.stream().anyMatch(each -> each.get() != null) && tries < 20; tries++) {
            System.gc();
        }

        assertTrue(pauses.size() > 10_000);
        assertTrue(over.stream().allMatch(each -> each.get() == null));
        assertThrows(ReissueException.class, () -> fixture.done(wait));
    }
}
