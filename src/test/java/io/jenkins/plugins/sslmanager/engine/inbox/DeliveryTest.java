package io.jenkins.plugins.sslmanager.engine.inbox;

import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.FIRST_MESSAGE;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.OF_OTHERS;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.OUTAGE;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.outcome;
import static io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox.JOB_DELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message on its way: polled, stored, confirmed, delivered. */
class DeliveryTest extends InboxOverBothProtocols {

    @Test
    void aMessageIsOnDiskWhenItIsConfirmedAndConfirmedWhenItIsDelivered() {
        long job = on.order("shop.example.com");
        List<String> steps = new ArrayList<>();
        on.api.beforeEach("confirm", () -> steps.add("confirmed, on disk: " + Files.exists(messageFile())));
        on.await(job).ended().thenRun(() -> steps.add("delivered, confirmed: " + on.sandbox.confirmedMessageIds()));

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals(List.of("confirmed, on disk: true", "delivered, confirmed: [" + FIRST_MESSAGE + "]"), steps);
    }

    @Test
    void aWaitEndsWithTheCertificateThatTheMessageNames() {
        long job = on.order("new-id.example.com");
        Wait wait = on.await(job);

        on.time.pass(JOB_DELAY.multipliedBy(2));

        JobOutcome outcome = outcome(wait);
        assertEquals(JobStatus.SUCCESS, outcome.status());
        assertEquals("new-id.example.com", outcome.certificateName());
        assertEquals(1002, outcome.certificateId());
        assertEquals(List.of(), on.sandbox.queuedMessageIds());
    }

    @Test
    void everyWaitEndsWithItsOwnJob() {
        List<Wait> waits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waits.add(on.await(on.order("host-" + i + ".example.com")));
        }

        on.time.pass(JOB_DELAY.multipliedBy(2));

        for (int i = 0; i < 20; i++) {
            assertEquals("host-" + i + ".example.com", outcome(waits.get(i)).certificateName());
            assertEquals(waits.get(i).jobId(), outcome(waits.get(i)).jobId());
        }
        assertEquals(20, on.sandbox.confirmedMessageIds().size());
    }

    @Test
    void allWhoWaitForOneJobAreTold() {
        long job = on.order("shop.example.com");
        Wait one = on.await(job);
        Wait another = on.await(job);

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals(JobStatus.SUCCESS, outcome(one).status());
        assertEquals(outcome(one), outcome(another));
    }

    @Test
    void aMessageThatComesBeforeItsWaiterIsKeptForIt() {
        long early = on.order("early.example.com");
        long late = on.order("job-slow.example.com");
        on.await(late);
        on.time.pass(JOB_DELAY.multipliedBy(2));
        assertEquals(List.of(FIRST_MESSAGE), on.sandbox.confirmedMessageIds());

        Wait wait = on.await(early);

        assertEquals("early.example.com", outcome(wait).certificateName());
    }

    @Test
    void aMessageThatCameBeforeARestartIsDeliveredFromDisk() {
        long early = on.order("early.example.com");
        on.await(on.order("job-slow.example.com"));
        on.time.pass(JOB_DELAY.multipliedBy(2));

        on.start(QueuePolicy.SHARED);
        on.api.refuse("", OUTAGE);

        assertEquals("early.example.com", outcome(on.await(early)).certificateName());
    }

    @Test
    void aMessageWithoutOurTransactionIdIsOursIfSomebodyWaitsForItsJob() {
        Wait wait = on.await(on.order("shop.example.com", OF_OTHERS));

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
        assertEquals(List.of(FIRST_MESSAGE), on.sandbox.confirmedMessageIds());
    }

    @Test
    void theBuildIsToldThoughTheAnswerToTheConfirmationWasLost() {
        Wait wait = on.await(on.order("shop.example.com"));
        on.api.loseAnswer("confirm", ApiException.answerLost(Task.POLL_CONFIRM, "the connection was cut"));

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
        assertEquals(List.of(FIRST_MESSAGE), on.sandbox.confirmedMessageIds());
        on.time.pass(Duration.ofMinutes(3));
        assertEquals(1, on.api.count("confirm"));
        assertTrue(on.time.untilNext().isEmpty(), "nothing is left to do");
    }

    @Test
    void aConfirmationThatNeverArrivedIsRepeatedThoughNobodyWaitsAnyMore() {
        Wait wait = on.await(on.order("shop.example.com"));
        on.api.refuse("confirm", ApiException.unreachable(Task.POLL_CONFIRM, "connection refused", "Wait."));
        on.time.pass(Duration.ofHours(1));
        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
        assertEquals(List.of(FIRST_MESSAGE), on.sandbox.queuedMessageIds());

        on.api.work();
        on.time.pass(Duration.ofMinutes(5));

        assertEquals(List.of(FIRST_MESSAGE), on.sandbox.confirmedMessageIds());
        assertTrue(on.time.untilNext().isEmpty(), "nothing is left to do");
    }

    @Test
    void aMessageStoredButNotConfirmedBeforeARestartIsConfirmedAfterIt() {
        long job = on.order("shop.example.com");
        on.await(job);
        on.api.refuse("confirm", ApiException.unreachable(Task.POLL_CONFIRM, "connection refused", "Wait."));
        on.time.pass(JOB_DELAY.multipliedBy(2));

        on.start(QueuePolicy.SHARED);
        on.api.work();
        Wait again = on.await(job);
        on.firstLook();

        assertEquals(JobStatus.SUCCESS, outcome(again).status());
        assertEquals(List.of(FIRST_MESSAGE), on.sandbox.confirmedMessageIds());
        assertEquals(List.of(FIRST_MESSAGE), on.stored());
    }

    @Test
    void aMessageThatIsConfirmedDoesNotHaveTheQueueReadForThoseItIsKeptFor() {
        long early = on.order("early.example.com");
        Wait other = on.await(on.order("job-slow.example.com"));
        on.time.pass(JOB_DELAY.multipliedBy(2));
        other.ended().cancel(false);
        on.time.pass(Duration.ofMinutes(2));
        on.api.forgetRequests();

        on.await(early);
        on.time.pass(Duration.ofMinutes(2));

        assertEquals(List.of(), on.api.requests());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 404})
    void aMessageWhoseConfirmationIsRefusedBlocksTheQueueAndNotTheWaits(int httpStatus) {
        on.api.refuse("confirm", ApiException.refused(Task.POLL_CONFIRM, httpStatus, "EF1", "No.", "stid-1", "Ask."));
        Wait first = on.await(on.order("first.example.com"));
        Wait second = on.await(on.order("second.example.com"));

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals("first.example.com", outcome(first).certificateName());
        assertEquals("second.example.com", outcome(second).certificateName());
    }

    @Test
    void aNewsOfAJobThatGoesOnEndsNoWait() {
        long job = on.order("job-support.example.com");
        on.api.poll(poll -> Messages.about(job, JobStatus.SUPPORT, InboxFixture.OWN + 1));

        Wait wait = on.await(job);
        on.firstLook();

        assertFalse(wait.ended().isDone());
        assertEquals(1, on.stored().size());
    }

    private Path messageFile() {
        return directory.resolve(FIRST_MESSAGE + ".json");
    }
}
