package io.jenkins.plugins.sslmanager.engine.inbox;

import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.outcome;
import static io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox.JOB_DELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the queue is looked at. */
class PollScheduleTest extends InboxOverBothProtocols {

    @Test
    void thePausesGrowFromTwoSecondsToAMinute() {
        on.await(on.order("job-support.example.com"));
        on.time.settle();

        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Duration next = on.time.untilNext().orElseThrow();
            millis.add(next.toMillis());
            on.time.pass(next);
        }

        assertEquals(
                List.of(
                        2_000L, 3_000L, 4_500L, 6_750L, 10_125L, 15_187L, 22_781L, 34_171L, 51_257L, 60_000L, 60_000L,
                        60_000L),
                millis);
        assertEquals(13, on.api.count("poll"));
    }

    @Test
    void aNewWaitHasTheQueueReadAtOnceAndSoonAgain() {
        on.await(on.order("job-support.example.com"));
        on.time.pass(Duration.ofHours(1));
        on.api.forgetRequests();

        on.await(on.order("shop.example.com"));
        on.time.settle();

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
        on.time.settle();

        assertEquals(30, on.sandbox.confirmedMessageIds().size());
        assertEquals(31, on.api.count("poll"));
    }

    @Test
    void aQueueThatTellsOfOursHasFewJobsLookedUp() {
        on.await(on.order("first.example.com"));
        on.time.pass(JOB_DELAY.multipliedBy(2));
        Collections.nCopies(100, "job-support.example.com").forEach(name -> on.await(on.order(name)));
        on.time.settle();
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

        on.time.settle();

        assertEquals(1, on.api.count("poll"));
    }

    @Test
    void aClosedInboxAsksNothingMore() {
        on.await(on.order("shop.example.com"));
        on.time.settle();
        on.api.forgetRequests();

        on.inbox.close();
        on.await(on.order("mail.example.com"));
        on.time.pass(Duration.ofDays(1));

        assertEquals(0, on.api.count("poll"));
    }
}
