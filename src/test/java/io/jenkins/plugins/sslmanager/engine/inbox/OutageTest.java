package io.jenkins.plugins.sslmanager.engine.inbox;

import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.FIRST_MESSAGE;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.OUTAGE;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.WRONG_PASSWORD;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.failure;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.outcome;
import static io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox.JOB_DELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A service that does not answer or does not want to, and a disk that does not take what it is given. */
class OutageTest extends InboxOverBothProtocols {

    @Test
    void anOutageIsToldOnceAndItsEndOnce() {
        Wait wait = on.await(on.order("shop.example.com"));
        Wait longer = on.await(on.order("job-support.example.com"));
        on.time.pass(Duration.ofMinutes(1));
        on.log.clear();

        on.api.refuse("", OUTAGE);
        on.time.pass(Duration.ofHours(2));

        assertFalse(wait.ended().isDone());
        assertEquals(List.of(OUTAGE.getMessage()), on.reports);
        assertEquals(Collections.nCopies(2, OUTAGE.getMessage() + " Waiting until it works again."), on.log);
        assertEquals(OUTAGE.getMessage(), on.inbox.status().trouble());
        Duration lasted = on.inbox.trouble().orElseThrow().duration();
        assertTrue(lasted.compareTo(Duration.ofMinutes(110)) > 0, lasted.toString());

        on.api.work();
        on.time.pass(Duration.ofMinutes(2));

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
        assertEquals(List.of(OUTAGE.getMessage(), "The notification queue can be read again"), on.reports);
        assertFalse(longer.ended().isDone());
        assertEquals(List.of("The service answers again."), on.log.subList(2, on.log.size()));
        assertNull(on.inbox.status().trouble());
        assertEquals(Optional.empty(), on.inbox.trouble());
    }

    @Test
    void whoeverBeginsToWaitInAnOutageIsToldOfIt() {
        on.api.refuse("", OUTAGE);
        on.await(1);
        on.time.pass(Duration.ofMinutes(5));
        on.log.clear();

        on.await(2);

        assertEquals(List.of(OUTAGE.getMessage() + " Waiting until it works again."), on.log);
    }

    @Test
    void anOutageDoesNotLengthenATimeLimit() {
        on.api.refuse("", OUTAGE);
        Wait wait = on.await(1, Duration.ofMinutes(10), on.api);

        on.time.pass(Duration.ofMinutes(10));

        assertTrue(
                failure(wait).getMessage().contains("time limit"), failure(wait).getMessage());
    }

    @Test
    void aRefusedAccountEndsItsWaitsAfterAnHourAndNoOthers() {
        InboxFixture other = new InboxFixture(temporary.resolve("other"), protocol);
        Wait ofOther = other.await(other.order("shop.example.com"));
        on.api.refuse("", WRONG_PASSWORD);
        Wait one = on.await(on.order("shop.example.com"));
        Wait another = on.await(on.order("mail.example.com"));

        on.time.pass(Duration.ofMinutes(1));
        assertEquals(List.of(WRONG_PASSWORD.getMessage()), on.reports);
        assertTrue(on.inbox.trouble().orElseThrow().refusal(), "An administrator is warned at once");
        on.time.pass(Duration.ofMinutes(58));
        assertFalse(one.ended().isDone());
        assertEquals(List.of(WRONG_PASSWORD.getMessage()), on.reports);
        on.time.pass(Duration.ofMinutes(3));
        other.time.pass(JOB_DELAY.multipliedBy(2));

        assertSame(WRONG_PASSWORD, failure(one));
        assertSame(WRONG_PASSWORD, failure(another));
        assertEquals(JobStatus.SUCCESS, outcome(ofOther).status());
        on.api.forgetRequests();
        on.time.pass(Duration.ofDays(1));
        assertEquals(List.of(), on.api.requests());
    }

    @Test
    void anAccountThatIsAcceptedAgainGoesOn() {
        long job = on.order("shop.example.com");
        on.api.refuse("", WRONG_PASSWORD);
        Wait wait = on.await(job);
        on.time.pass(JOB_DELAY);

        on.api.work();
        on.time.pass(Duration.ofMinutes(2));

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
        assertEquals(List.of(WRONG_PASSWORD.getMessage(), "The notification queue can be read again"), on.reports);
    }

    @Test
    void aMessageThatCannotBeWrittenIsNotConfirmedUntilItCan() throws IOException {
        Path inTheWay = Files.createDirectories(directory.resolve("." + FIRST_MESSAGE + ".json.tmp/full"));
        Wait wait = on.await(on.order("shop.example.com"));

        on.time.pass(JOB_DELAY.multipliedBy(2));

        requireNotConfirmed(wait, "a folder of that name is in the way");

        Files.delete(inTheWay);
        on.time.pass(Duration.ofMinutes(2));

        requireGoneOn(wait);
    }

    @Test
    void aFolderThatCannotBeWrittenHasNothingConfirmedUntilItCan() throws IOException {
        Files.move(directory, temporary.resolve("elsewhere"));
        Wait wait = on.await(on.order("shop.example.com"));

        on.time.pass(JOB_DELAY.multipliedBy(2));

        requireNotConfirmed(wait, "there is no such file");

        Files.createDirectory(directory);
        on.time.pass(Duration.ofMinutes(2));

        requireGoneOn(wait);
    }

    private void requireNotConfirmed(Wait wait, String reason) {
        assertFalse(wait.ended().isDone());
        assertEquals(List.of(FIRST_MESSAGE), on.sandbox.queuedMessageIds());
        assertEquals(0, on.api.count("confirm"));
        assertEquals(1, on.reports.size());
        String told = on.reports.get(0);
        assertTrue(
                told.contains("Notification " + FIRST_MESSAGE + " cannot be stored, so it is not confirmed")
                        && told.contains(reason)
                        && told.contains("Check the folder's permissions"),
                told);
    }

    private void requireGoneOn(Wait wait) {
        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
        assertEquals(List.of(FIRST_MESSAGE), on.sandbox.confirmedMessageIds());
        assertEquals(List.of(FIRST_MESSAGE), on.stored());
        assertEquals(2, on.reports.size());
    }
}
