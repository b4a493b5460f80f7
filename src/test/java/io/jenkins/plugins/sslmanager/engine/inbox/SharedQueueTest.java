package io.jenkins.plugins.sslmanager.engine.inbox;

import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.OF_OTHERS;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.outcome;
import static io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox.JOB_DELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The messages of others, and queues that do not tell what they should. */
class SharedQueueTest extends InboxOverBothProtocols {

    @Test
    void aMessageOfOthersStaysUntouchedAndOursIsLearntFromTheJob() {
        long foreign = on.sandbox.addForeignMessage("example.net");
        Wait wait = on.await(on.order("shop.example.com"));

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
        assertEquals(1001, outcome(wait).certificateId());
        assertEquals(foreign, on.sandbox.queuedMessageIds().get(0));
        assertEquals(List.of(), on.sandbox.confirmedMessageIds());
        assertEquals(List.of(), on.stored());
        assertEquals(0, on.api.count("confirm"));
    }

    @Test
    void anOrderOfOthersIsTheirs() {
        on.order("theirs.example.com", OF_OTHERS);
        Wait wait = on.await(on.order("ours.example.com"));

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals("ours.example.com", outcome(wait).certificateName());
        assertEquals(List.of(), on.sandbox.confirmedMessageIds());
    }

    @Test
    void manyWaitsBehindAMessageOfOthersAllEnd() {
        on.sandbox.addForeignMessage("example.net");
        List<Wait> waits = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waits.add(on.await(on.order("host-" + i + ".example.com")));
        }

        on.time.pass(JOB_DELAY.plusMinutes(6));

        assertTrue(waits.stream().allMatch(wait -> wait.ended().isDone()));
        assertEquals(List.of(), on.sandbox.confirmedMessageIds());
    }

    @Test
    void twoPagesOfTheListTellOfMoreThanAHundredRunningJobs() {
        on.sandbox.addForeignMessage("example.net");
        for (int i = 0; i < 120; i++) {
            on.await(on.order("job-support.example.com"));
        }
        on.firstLook();
        on.api.forgetRequests();

        on.time.pass(Duration.ofMinutes(10));

        assertEquals(0, on.api.count("job"), on.api.requests().toString());
        long pages = on.api.count("search");
        assertTrue(pages >= 2 && pages <= 2 * 20, on.api.requests().toString());
        assertTrue(on.log.stream().filter(line -> line.contains("is SUPPORT")).count() >= 120);
    }

    @Test
    void thePagesOfTheHistoryTellOfJobsThatHaveLeftTheList() {
        on.sandbox.addForeignMessage("example.net");
        for (int i = 0; i < 50; i++) {
            on.await(on.order("job-support.example.com"));
        }
        List<Wait> ending = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ending.add(on.await(on.order("host-" + i + ".example.com")));
        }
        on.firstLook();
        on.api.forgetRequests();

        on.time.pass(JOB_DELAY.plusMinutes(2));

        assertTrue(ending.stream().allMatch(wait -> outcome(wait) != null));
        assertEquals(
                0,
                on.api.count("job") + on.api.count("history"),
                on.api.requests().toString());
        assertEquals(1, on.api.count("ended"), "one page of the history tells of all that ended");
    }

    @Test
    void aPageOfTheHistoryThatTellsOfOthersAloneIsNotTheLastOne() {
        on.sandbox.addForeignMessage("example.net");
        List<Wait> ending = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ending.add(on.await(on.order("host-" + i + ".example.com")));
        }
        for (int i = 0; i < 120; i++) {
            on.order("theirs-" + i + ".example.com", OF_OTHERS);
        }
        on.firstLook();
        on.api.forgetRequests();

        on.time.pass(JOB_DELAY.plusMinutes(2));

        assertTrue(ending.stream().allMatch(wait -> outcome(wait) != null));
        assertEquals(2, on.api.count("ended"), on.api.requests().toString());
        assertEquals(0, on.api.count("history"), on.api.requests().toString());
    }

    /** A rotation looks at its certificate anyway, so none is spent on it. */
    @Test
    void whoWantsTheCertificatesIdGetsItAlsoWhereAListLeavesItOut() {
        on.api.listNamesAlone();
        on.sandbox.addForeignMessage("example.net");
        Wait wanting = on.await(on.order("shop.example.com")).wantCertificateId();
        Wait rotating = on.await(on.order("www.example.com"));
        on.firstLook();
        on.api.forgetRequests();

        on.time.pass(JOB_DELAY.plusMinutes(2));

        assertEquals(1001, outcome(wanting).certificateId());
        assertEquals(JobStatus.SUCCESS, outcome(rotating).status());
        assertEquals(1, on.api.count("ended"), on.api.requests().toString());
        assertEquals(1, on.api.count("history"), on.api.requests().toString());
    }

    /** The order that it belongs to is minutes old, or days. */
    @Test
    void aSingleJobThatHasLeftTheListIsAskedForInTheHistoryAtOnce() {
        on.sandbox.addForeignMessage("example.net");
        on.await(on.order("job-support.example.com"));
        on.await(on.order("job-support.example.com"));
        Wait ending = on.await(on.order("shop.example.com"));

        on.time.pass(JOB_DELAY.plusMinutes(2));

        assertEquals(JobStatus.SUCCESS, outcome(ending).status());
        assertEquals(1, on.api.count("history"), on.api.requests().toString());
        assertEquals(0, on.api.count("job"), on.api.requests().toString());
    }

    /** The queue is given a moment to tell; whoever has an answer needs no other. */
    @Test
    void aJobThatTheQueueTellsOfSoonIsNotAskedFor() {
        Wait wait = on.await(on.order("shop.example.com"));
        on.api.poll(poll -> Messages.about(wait.jobId(), JobStatus.SUCCESS, InboxFixture.OWN + 1));

        on.firstLook();

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
        assertEquals(
                List.of("poll", "confirm"),
                on.api.requests().stream().map(request -> request.split(" ")[0]).toList());
    }

    @Test
    void anAccountThatMayNotListJobsHasEachAskedForAlone() {
        on.sandbox.addForeignMessage("example.net");
        on.api.refuse("search", ApiException.refused(Task.JOB_SEARCH, 403, "EF403", "No.", "stid-1", "Ask."));
        List<Wait> waits = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waits.add(on.await(on.order("host-" + i + ".example.com")));
        }

        on.time.pass(JOB_DELAY.plusMinutes(6));

        assertTrue(waits.stream().allMatch(wait -> outcome(wait) != null));
        assertEquals(1, on.api.count("search"));
    }

    @Test
    void anOutageOfTheListIsSatOut() {
        on.sandbox.addForeignMessage("example.net");
        on.api.refuse("search", InboxFixture.OUTAGE);
        Wait one = on.await(on.order("one.example.com"));
        Wait other = on.await(on.order("other.example.com"));
        on.time.pass(JOB_DELAY.multipliedBy(2));
        assertFalse(one.ended().isDone());

        on.api.work();
        on.time.pass(Duration.ofMinutes(2));

        assertEquals(JobStatus.SUCCESS, outcome(one).status());
        assertEquals(JobStatus.SUCCESS, outcome(other).status());
    }

    @Test
    void onceTheOwnerHasTakenHisMessageOursAreTakenAgain() {
        long foreign = on.sandbox.addForeignMessage("example.net");
        on.await(on.order("first.example.com"));
        on.await(on.order("job-slow.example.com"));
        on.time.pass(JOB_DELAY.multipliedBy(2));

        on.api.pollConfirm(foreign).join();
        on.time.pass(Duration.ofMinutes(2));

        assertEquals(2, on.sandbox.confirmedMessageIds().size());
        assertEquals(List.of(), on.sandbox.queuedMessageIds());
        assertEquals(1, on.stored().size());
    }

    @Test
    void aMessageThatCannotBeReadBlocksTheQueueAndNotTheWaits() {
        on.api.refuse("poll", ApiException.malformed(Task.POLL_INFO, 200, "it is not the JSON expected"));
        Wait wait = on.await(on.order("shop.example.com"));

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
        assertTrue(
                on.inbox.status().trouble().contains("not the JSON expected"),
                on.inbox.status().trouble());
    }

    @Test
    void aJobWhoseNotificationNeverComesIsLearntFromTheService() {
        Wait wait = on.await(on.order("no-notification.example.com"));

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
        on.time.pass(Duration.ofMinutes(10));
        assertTrue(on.time.untilNext().isEmpty(), "the message is not waited for without an end");
    }

    @Test
    void aMessageThatComesAfterItsJobWasLookedUpIsStillTaken() {
        Wait wait = on.await(on.order("shop.example.com"));
        on.api.poll(poll -> outcome(wait) == null ? Messages.EMPTY : poll);

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
        assertEquals(1, on.sandbox.confirmedMessageIds().size());
        assertEquals(1, on.stored().size());
    }

    @Test
    void theQueueIsReadWhileSomebodyWaitsAndNotLonger() {
        Wait wait = on.await(on.order("shop.example.com"));
        on.time.pass(JOB_DELAY.multipliedBy(2));
        assertTrue(wait.ended().isDone());
        on.api.forgetRequests();

        on.time.pass(Duration.ofDays(1));

        assertEquals(List.of(), on.api.requests());
    }
}
