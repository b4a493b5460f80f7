package io.jenkins.plugins.sslmanager.engine.inbox;

import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.outcome;
import static io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox.JOB_DELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** When the queue is looked at. */
class PollScheduleTest extends InboxOverBothProtocols {

    @Test
    void thePausesGrowFromTwoSecondsToAMinuteWhereTheQueueHasToldOfOurs() {
        on.await(on.order("first.example.com"));
        on.time.pass(JOB_DELAY.multipliedBy(2));
        on.await(on.order("job-support.example.com"));
        on.time.pass(Duration.ofMinutes(10));
        on.api.forgetRequests();

        on.time.pass(Duration.ofHours(1));

        assertEquals(60, on.api.count("poll"));
        assertEquals(30, on.api.count("job"));
    }

    /** Nothing but its list of jobs tells when one has ended. */
    @Test
    void aQueueThatHasNotToldOfOursAndTheJobsAreAskedEveryHalfMinute() {
        on.await(on.order("job-support.example.com"));
        on.time.pass(Duration.ofMinutes(10));
        on.api.forgetRequests();

        on.time.pass(Duration.ofHours(1));

        assertEquals(120, on.api.count("poll"));
        assertEquals(120, on.api.count("job"));
    }

    @Test
    void aNewWaitHasTheQueueReadSoonAndSoonAgain() {
        on.await(on.order("job-support.example.com"));
        on.time.pass(Duration.ofHours(1));
        on.api.forgetRequests();

        on.await(on.order("shop.example.com"));
        on.firstLook();

        assertEquals(1, on.api.count("poll"));
        assertEquals(Duration.ofSeconds(2), on.time.untilNext().orElseThrow());
    }

    @Test
    void theQueueIsReadSoonAfterTheServiceWorksOnAJob() {
        Wait wait = on.await(on.order("job-deferred.example.com"));
        Duration untilTry = JOB_DELAY.multipliedBy(3);
        on.time.pass(untilTry);
        assertTrue(on.time.untilNext().orElseThrow().compareTo(Duration.ofSeconds(2)) <= 0);

        on.time.pass(Duration.ofSeconds(2));

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
    }

    @Test
    void aQueueWithMessagesForUsIsDrainedWithoutAPause() {
        for (int i = 0; i < 30; i++) {
            on.order("host-" + i + ".example.com");
        }
        on.time.pass(JOB_DELAY);

        on.await(on.order("job-slow.example.com"));
        on.firstLook();

        assertEquals(30, on.sandbox.confirmedMessageIds().size());
        assertEquals(30, on.api.count("poll"), "the last one says that none is left");
    }

    @Test
    void aQueueThatTellsOfOursHasFewJobsLookedUp() {
        on.await(on.order("first.example.com"));
        on.time.pass(JOB_DELAY.multipliedBy(2));
        Collections.nCopies(100, "job-support.example.com").forEach(name -> on.await(on.order(name)));
        on.firstLook();
        on.api.forgetRequests();

        on.time.pass(Duration.ofMinutes(30));

        long polls = on.api.count("poll");
        assertTrue(on.api.count("job") <= polls, on.api.requests().toString());
        assertTrue(polls <= 40, polls + " polls");
    }

    @Test
    void twoReadersNeverAskAtTheSameTime() {
        for (int i = 0; i < 10; i++) {
            on.await(on.order("job-support.example.com"));
        }

        on.firstLook();

        assertEquals(1, on.api.count("poll"));
    }

    @Test
    void aClosedInboxAsksNothingMore() {
        on.await(on.order("shop.example.com"));
        on.firstLook();
        on.api.forgetRequests();

        on.inbox.close();
        on.await(on.order("mail.example.com"));
        on.time.pass(Duration.ofDays(1));

        assertEquals(0, on.api.count("poll"));
    }
}
