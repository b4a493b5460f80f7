package io.jenkins.plugins.sslmanager.engine.reissue;

import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.CTID;
import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.csr;
import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.done;
import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobWatchTest {

    private static final String NAME = "shop.example.com";

    private final ReissueFixture service = new ReissueFixture();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void theJobsNotificationIsConfirmed() {
        long job = order(NAME);

        JobOutcome outcome = done(watch(job).ended());

        assertEquals(new JobOutcome(job, JobStatus.SUCCESS, NAME, 1001L, ""), outcome);
        assertEquals(List.of(), service.sandbox.queuedMessageIds());
        assertEquals(1, service.sandbox.confirmedMessageIds().size());
    }

    @Test
    void anotherOnesNotificationStaysAtTheHeadAndTheJobItselfDecides() {
        long foreign = service.sandbox.addForeignMessage("example.net");
        long job = order(NAME);

        JobOutcome outcome = done(watch(job).ended());

        assertEquals(JobStatus.SUCCESS, outcome.status());
        assertEquals(foreign, service.sandbox.queuedMessageIds().get(0));
        assertEquals(List.of(), service.sandbox.confirmedMessageIds());
    }

    @Test
    void noNotificationIsNeeded() {
        long job = order(Behaviour.NO_NOTIFICATION.demoName());

        assertEquals(JobStatus.SUCCESS, done(watch(job).ended()).status());
    }

    @Test
    void aNotificationThatSomebodyElseHasConfirmedTellsTheOutcomeAllTheSame() {
        long job = order(NAME);
        service.relay.treat("PUT /poll/", Relay.LOST_ON_THE_WAY_BACK);

        JobOutcome outcome = done(watch(job).ended());

        assertEquals(JobStatus.SUCCESS, outcome.status());
        assertEquals(List.of(), service.sandbox.queuedMessageIds());
    }

    @Test
    void theEndIsSeenWithinAMinuteAndTheServiceAskedEverLessOften() {
        long job = order(Behaviour.JOB_SLOW.demoName());
        Instant end = service.time.instant().plus(ReissueFixture.JOB_DELAY.multipliedBy(10));

        done(watch(job).ended());

        assertTrue(Duration.between(end, service.time.instant()).compareTo(Duration.ofMinutes(1)) <= 0);
        List<Duration> pauses = service.time.pauses();
        assertEquals(pauses.stream().sorted().toList(), pauses);
        assertEquals(Duration.ofSeconds(2), pauses.get(0));
        assertEquals(Duration.ofMinutes(1), pauses.get(pauses.size() - 1));
    }

    static Stream<Arguments> outages() {
        return Stream.of(
                Arguments.of("connections cut", Relay.LOST_ON_THE_WAY_THERE, "got no complete answer"),
                Arguments.of("unavailable", Relay.answering(503, "text/html", "<html>Down</html>"), "(HTTP 503)"),
                Arguments.of("too many requests", Relay.answering(429, "text/plain", ""), "(HTTP 429)"),
                Arguments.of(
                        "no JSON",
                        Relay.answering(200, "text/html", "<html>Down</html>"),
                        "it is not JSON but text/html"),
                Arguments.of(
                        "cut off",
                        Relay.answering(200, "application/json", "{\"stid\":"),
                        "it is cut off after 8 bytes"),
                Arguments.of(
                        "endless",
                        Relay.answering(200, "application/json", " ".repeat(300 * 1024)),
                        "it is longer than"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void troubleIsWaitedOutWithALineWhenItBeginsAndOneWhenItIsOver(String name, Relay.Treatment trouble, String told) {
        long job = order(NAME);
        List<String> before = List.copyOf(service.log);
        service.time.atEachPause(number -> {
            switch (number) {
                case 2 -> Stream.of("GET /poll", "GET /job/").forEach(each -> service.relay.treat(each, trouble));
                case 5 -> service.relay.treatNothing();
                default -> {}
            }
        });

        assertEquals(JobStatus.SUCCESS, done(watch(job).ended()).status());

        List<String> lines = service.log.subList(before.size(), service.log.size());
        assertEquals(4, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("job " + job + " is RUNNING"), lines::toString);
        assertTrue(lines.get(1).contains(told), lines::toString);
        assertEquals("Waiting until the service answers again.", lines.get(2));
        assertEquals("The service answers again.", lines.get(3));
    }

    @Test
    void aJobThatNobodyKnowsIsToldAfterAMoment() {
        ReissueException failure = failure(ReissueException.class, watch(4711).ended());

        assertEquals(
                "The service knows no job 4711, neither running nor ended. Check the job id, and that the account is the one that"
                        + " ordered",
                failure.getMessage());
        assertEquals(4, service.time.pauses().size());
    }

    @Test
    void theTimeLimitIsKeptAndTheJobNotLost() {
        long job = order(Behaviour.JOB_SUPPORT.demoName());
        Instant deadline = service.time.instant().plus(Duration.ofMinutes(10));

        ReissueException failure = failure(
                ReissueException.class,
                JobWatch.start(service.api(), service.time, job, deadline, service.log::add)
                        .ended());

        assertEquals(deadline, service.time.instant());
        assertTrue(
                failure.getMessage().endsWith("It goes on at the service: wait for it again with the same job id"),
                failure::getMessage);
    }

    @Test
    void aRefusedAccountEndsTheWaitAtOnce() {
        ApiException refusal = failure(
                ApiException.class,
                JobWatch.start(service.api("wrong", 1), service.time, 4711, service.deadline(), service.log::add)
                        .ended());

        assertEquals(401, refusal.httpStatus().orElseThrow());
        assertTrue(refusal.getMessage().endsWith("Check the account's user, password and context."));
        assertEquals(List.of("GET /poll"), service.relay.requests());
    }

    @Test
    void whoeverCancelsTheWaitIsAskedForNothingMore() {
        long job = order(NAME);
        CompletableFuture<JobWatch> watch = new CompletableFuture<>();
        service.time.atEachPause(number -> {
            if (number == 2) {
                watch.join().ended().cancel(true);
            }
        });
        watch.complete(watch(job));

        assertThrows(CancellationException.class, () -> done(watch.join().ended()));
        service.roundTrip();

        assertEquals(2, service.relay.count("GET /poll"));
    }

    @Test
    void aLogThatCannotBeWrittenEndsTheWait() {
        long job = order(NAME);
        JobWatch watch = JobWatch.start(service.api(), service.time, job, service.deadline(), line -> {
            throw new IllegalStateException("The log is full");
        });

        assertEquals(
                "The log is full",
                failure(IllegalStateException.class, watch.ended()).getMessage());
    }

    @Test
    void aTextOfTheServiceIsOneBoundedLine() {
        long job = order(Behaviour.JOB_FAILED.demoName());
        service.relay.treat(
                "GET /poll",
                Relay.rewriting("The certificate authority[^\"]*", "Line one\\\\nline two" + "!".repeat(999)));

        String reason = done(watch(job).ended()).reason();

        assertTrue(reason.startsWith("EF400102 Line one line two!!!"), reason);
        assertEquals(300, reason.length());
    }

    @Test
    void theStatusSaysWhatIsKnown() {
        long job = order(Behaviour.JOB_DEFERRED.demoName());
        JobWatch watch = watch(job);
        assertFalse(watch.status().isEmpty());

        done(watch.ended());

        assertTrue(watch.status().startsWith("job " + job + " is DEFERRED (WF_DNS_AUTH); validation: "), watch::status);
        assertEquals(1, Collections.frequency(service.log, watch.status()));
    }

    private JobWatch watch(long job) {
        return JobWatch.start(service.api(), service.time, job, service.deadline(), service.log::add);
    }

    private long order(String name) {
        long id = service.certificate(name);
        ReissueProcess process = service.process(csr(name));
        return done(process.prepare(id, CTID).thenCompose(state -> process.order(state, null)))
                .jobId();
    }
}
