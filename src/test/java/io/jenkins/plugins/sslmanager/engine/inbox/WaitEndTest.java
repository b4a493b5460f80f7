package io.jenkins.plugins.sslmanager.engine.inbox;

import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.failure;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.outcome;
import static io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox.JOB_DELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a wait ends that does not end with a certificate. */
class WaitEndTest extends InboxOverBothProtocols {

    private static final long UNKNOWN_JOB = 4711;

    @ParameterizedTest
    @CsvSource({"job-failed, FAILED, EF400102", "job-canceled, CANCELED, EF400103"})
    void aJobThatEndsBadlyIsAnErrorInTheServicesWords(String label, String status, String code) {
        Wait wait = on.await(on.order(label + ".example.com"));

        on.time.pass(JOB_DELAY.multipliedBy(2));

        // A notification over XML has one word for all that is no success.
        JobStatus told = protocol == Protocol.XML ? JobStatus.FAILED : new JobStatus(status);
        assertEquals(told, outcome(wait).status());
        String error = assertThrows(ReissueException.class, () -> outcome(wait).requireSuccess())
                .getMessage();
        assertTrue(error.contains(told.toString()) && error.contains(code), error);
    }

    @Test
    void aFailureThatIsSeenBeforeItsMessageWaitsForTheReason() {
        long job = on.order("job-failed.example.com");
        on.time.pass(JOB_DELAY.multipliedBy(2));
        on.api.poll(poll -> new Poll(0, Optional.empty()));
        Wait wait = on.await(job);

        on.firstLook();
        assertFalse(wait.ended().isDone());
        on.api.poll(UnaryOperator.identity());
        on.time.pass(Duration.ofMinutes(1));

        assertTrue(outcome(wait).reason().contains("EF400102"), outcome(wait).reason());
    }

    @Test
    void aJobInSupportIsToldOnceAndWaitedFor() {
        Wait wait = on.await(on.order("job-support.example.com"));

        on.time.pass(Duration.ofHours(3));

        assertFalse(wait.ended().isDone());
        assertTrue(wait.status().contains("SUPPORT"), wait.status());
        assertEquals(List.of(wait.status()), on.log);
    }

    @Test
    void aDeferredJobIsToldWithItsDomainsAndItsNextTry() {
        Wait wait = on.await(on.order("job-deferred.example.com"));

        on.time.pass(Duration.ofMinutes(1));

        assertTrue(wait.status().contains("DEFERRED (WF_DNS_AUTH)"), wait.status());
        assertTrue(wait.status().contains("www.job-deferred.example.com IN_PROGRESS"), wait.status());
        assertTrue(wait.status().contains("next try 2026-11-24T09:06:00Z"), wait.status());
    }

    @Test
    void anAbortEndsTheWaitAndLeavesTheQueueAlone() {
        Wait wait = on.await(on.order("job-slow.example.com"));
        on.time.pass(JOB_DELAY);
        on.api.forgetRequests();

        wait.ended().cancel(false);
        on.time.pass(Duration.ofDays(1));

        assertEquals(List.of(), on.api.requests());
        assertEquals(1, on.sandbox.queuedMessageIds().size());
        assertEquals(List.of(), on.inbox.status().waiting());
    }

    @Test
    void whatAnAbortedBuildOrderedIsKeptWhileOthersWait() {
        long aborted = on.order("aborted.example.com");
        on.await(on.order("job-slow.example.com"));
        on.await(aborted).ended().cancel(false);

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals("aborted.example.com", outcome(on.await(aborted)).certificateName());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 90, 3600})
    void aWaitEndsAtItsTimeLimit(int seconds) {
        on.await(on.order("job-support.example.com"));
        on.time.pass(Duration.ofHours(1).plusMillis(500));
        Wait wait = on.await(on.order("job-support.example.com"), Duration.ofSeconds(seconds), on.api);

        on.time.pass(Duration.ofSeconds(seconds).minusMillis(1));
        assertFalse(wait.ended().isDone());
        on.time.pass(Duration.ofSeconds(2));

        ReissueException error = assertInstanceOf(ReissueException.class, failure(wait));
        assertEquals(ReissueException.Kind.TIME_LIMIT, error.kind());
        assertTrue(error.getMessage().contains("goes on at the service"), error.getMessage());
    }

    @Test
    void aJobThatNobodyKnowsIsAnError() {
        Wait wait = on.await(UNKNOWN_JOB);

        on.time.pass(Duration.ofMinutes(2));

        assertTrue(failure(wait).getMessage().contains("knows no job " + UNKNOWN_JOB));
    }

    @Test
    void aJobIsNotCalledUnknownBecauseManyBuildsBeginToWait() {
        Wait wait = on.await(UNKNOWN_JOB);
        on.time.pass(Duration.ofSeconds(11));
        for (int i = 0; i < 20; i++) {
            on.await(on.order("host-" + i + ".example.com"));
            on.time.settle();
        }

        assertFalse(wait.ended().isDone());
    }

    @Test
    void aJobThatThisAccountMayNotSeeEndsItsOwnWaitAlone() {
        on.api.refuse("job " + UNKNOWN_JOB, ApiException.refused(Task.JOB_INFO, 403, "EF1", "No.", "stid-1", "Ask."));
        Wait refused = on.await(UNKNOWN_JOB);
        Wait other = on.await(on.order("shop.example.com"));

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertInstanceOf(ApiException.class, failure(refused));
        assertEquals(JobStatus.SUCCESS, outcome(other).status());
    }

    @Test
    void aBuildWhoseCredentialsAreGoneEndsAlone() {
        Wait gone = on.inbox.await(
                on.order("gone.example.com"),
                on.time.instant().plus(Duration.ofDays(1)),
                () -> {
                    throw new IllegalArgumentException("There are no credentials 'release'");
                },
                on.log::add);
        Wait other = on.await(on.order("shop.example.com"));

        on.time.pass(JOB_DELAY.multipliedBy(2));
        assertEquals(JobStatus.SUCCESS, outcome(other).status());
        on.time.pass(Duration.ofHours(2));

        assertEquals("There are no credentials 'release'", failure(gone).getMessage());
    }

    @Test
    void aBuildWhoseLogCannotBeWrittenHoldsUpNobody() {
        Wait mute = on.inbox.await(
                on.order("job-deferred.example.com"),
                on.time.instant().plus(Duration.ofDays(1)),
                () -> on.api,
                line -> {
                    throw new IllegalStateException("The log is closed");
                });
        Wait other = on.await(on.order("shop.example.com"));

        on.time.pass(JOB_DELAY.multipliedBy(4));

        assertEquals(JobStatus.SUCCESS, outcome(mute).status());
        assertEquals(JobStatus.SUCCESS, outcome(other).status());
    }
}
