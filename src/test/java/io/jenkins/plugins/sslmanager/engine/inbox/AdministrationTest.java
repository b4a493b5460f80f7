package io.jenkins.plugins.sslmanager.engine.inbox;

import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.FIRST_MESSAGE;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.outcome;
import static io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox.JOB_DELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What an administrator sees and does. */
class AdministrationTest extends InboxOverBothProtocols {

    @Test
    void anInboxThatNobodyHasUsedKnowsNothing() {
        assertEquals(new InboxStatus(InboxStatus.Queue.unknown(), null, List.of(), List.of()), on.inbox.status());
    }

    @Test
    void theStatusShowsWhatBlocksTheQueueWhoWaitsAndWhatIsKept() {
        long ours = on.order("shop.example.com");
        on.await(ours);
        on.time.pass(JOB_DELAY.multipliedBy(2));
        long foreign = on.sandbox.addForeignMessage("example.net");
        long job = on.order("job-support.example.com");
        on.await(job);
        on.await(job);
        on.firstLook();

        InboxStatus status = on.inbox.status();

        assertEquals(foreign, status.queue().head().id());
        assertEquals("example.net", status.queue().head().object().value());
        assertEquals(1, status.queue().length());
        assertEquals(on.time.instant(), status.queue().seen());
        assertNull(status.trouble());
        assertEquals(List.of(job), status.waiting());
        StoredMessage kept = status.stored().get(0);
        assertEquals(FIRST_MESSAGE, kept.id());
        assertEquals("shop.example.com", kept.objectName());
        assertEquals(ours, kept.outcome().jobId());
    }

    @Test
    void aMessageOfOthersCanBeConfirmedByHandAndIsStoredFirst() {
        long foreign = on.sandbox.addForeignMessage("example.net");

        on.inbox.confirm(on.api, foreign).join();

        assertEquals(List.of(foreign), on.sandbox.confirmedMessageIds());
        assertEquals(List.of(foreign), on.stored());
        assertEquals(
                List.of(foreign),
                on.openStore().all().stream().map(StoredMessage::id).toList());
    }

    @Test
    void afterItWasConfirmedByHandTheQueueIsReadAtOnce() {
        long foreign = on.sandbox.addForeignMessage("example.net");
        on.order("early.example.com");
        on.await(on.order("job-slow.example.com"));
        on.time.pass(JOB_DELAY.multipliedBy(2));

        on.inbox.confirm(on.api, foreign).join();
        on.firstLook();

        assertEquals(List.of(foreign, foreign + 1), on.sandbox.confirmedMessageIds());
        assertNull(on.inbox.status().queue().head());
    }

    @Test
    void aMessageSomebodyWaitsForIsDeliveredWhenItIsConfirmedByHand() {
        Wait wait = on.await(on.order("shop.example.com"));
        on.firstLook();
        on.inbox.close();
        on.time.pass(JOB_DELAY.multipliedBy(2));

        on.inbox.confirm(on.api, FIRST_MESSAGE).join();

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
    }

    @Test
    void onlyTheMessageThatWasSeenIsConfirmed() {
        long foreign = on.sandbox.addForeignMessage("example.net");
        on.api.pollConfirm(foreign).join();
        on.sandbox.addForeignMessage("example.org");

        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> on.inbox.confirm(on.api, foreign).join());

        assertInstanceOf(IllegalArgumentException.class, failure.getCause());
        assertTrue(failure.getCause().getMessage().contains("no longer at the head"));
        assertEquals(List.of(foreign), on.sandbox.confirmedMessageIds());
    }

    @Test
    void whatCannotBeStoredIsNotConfirmedByHandEither() throws IOException {
        long foreign = on.sandbox.addForeignMessage("example.net");
        Files.delete(directory);

        CompletableFuture<Void> confirmed = on.inbox.confirm(on.api, foreign);

        assertInstanceOf(
                StorageException.class,
                assertThrows(CompletionException.class, confirmed::join).getCause());
        assertEquals(List.of(foreign), on.sandbox.queuedMessageIds());
    }
}
