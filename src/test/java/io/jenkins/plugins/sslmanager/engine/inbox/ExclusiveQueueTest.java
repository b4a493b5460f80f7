package io.jenkins.plugins.sslmanager.engine.inbox;

import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.OF_OTHERS;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.OUTAGE;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.outcome;
import static io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox.JOB_DELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A queue that is this Jenkins' alone. */
class ExclusiveQueueTest extends InboxOverBothProtocols {

    @BeforeEach
    void startExclusive() {
        on.start(QueuePolicy.EXCLUSIVE);
    }

    @Test
    void everyMessageIsStoredAndConfirmedThoughNobodyWaits() {
        List<Long> foreign = List.of(on.sandbox.addForeignMessage("a.net"), on.sandbox.addForeignMessage("b.net"));
        on.order("theirs.example.com", OF_OTHERS);

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals(List.of(), on.sandbox.queuedMessageIds());
        assertEquals(3, on.sandbox.confirmedMessageIds().size());
        assertEquals(foreign, on.sandbox.confirmedMessageIds().subList(0, 2));
        assertEquals("b.net", on.inbox.status().stored().get(1).objectName());
    }

    @Test
    void aQueueFullOfOtherMessagesIsDrainedAtOnce() {
        for (int i = 0; i < 30; i++) {
            on.sandbox.addForeignMessage("domain-" + i + ".net");
        }

        on.time.settle();

        assertEquals(30, on.sandbox.confirmedMessageIds().size());
    }

    @Test
    void aMessageOfOthersIsNoSignThatTheQueueTellsOfOurs() {
        Wait wait = on.await(on.order("no-notification.example.com"));
        on.time.pass(Duration.ofMinutes(1));
        on.sandbox.addForeignMessage("a.net");

        on.time.pass(JOB_DELAY);

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
    }

    @Test
    void itGoesOnAfterAnOutageWithoutAnybodyWaiting() {
        on.api.refuse("poll", OUTAGE);
        on.time.pass(Duration.ofHours(3));
        on.sandbox.addForeignMessage("a.net");
        on.api.work();

        on.time.pass(Duration.ofMinutes(1));

        assertEquals(1, on.sandbox.confirmedMessageIds().size());
    }

    @Test
    void madeSharedItLeavesTheMessagesOfOthersAloneFromThenOn() {
        on.time.settle();
        on.inbox.share();
        on.sandbox.addForeignMessage("a.net");

        on.time.pass(Duration.ofDays(1));

        assertEquals(List.of(), on.sandbox.confirmedMessageIds());
        assertEquals(Optional.empty(), on.time.untilNext());
    }
}
