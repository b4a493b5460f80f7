package io.jenkins.plugins.sslmanager.engine.inbox;

import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.FIRST_MESSAGE;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.outcome;
import static io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox.JOB_DELAY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on disk, and what becomes of it. */
class MessageStoreTest extends InboxOverBothProtocols {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"id\":null}",
                "{\"id\":1405001,\"outco",
                "{\"id\":1405002,\"stored\":1}",
                "{\"id\":1405001,\"outcome\":{\"jobId\":1},\"stored\":1}",
                "\0\0\0\0"
            })
    void aDamagedFileIsPutAsideReportedAndInNobodysWay(String content) throws IOException {
        long job = on.order("shop.example.com");
        on.await(job);
        on.await(on.order("mail.example.com"));
        on.time.pass(JOB_DELAY.multipliedBy(2));
        Files.writeString(file(FIRST_MESSAGE), content);

        on.start(QueuePolicy.SHARED);

        assertEquals(List.of(FIRST_MESSAGE + 1), on.stored());
        assertEquals(content, Files.readString(directory.resolve("damaged/" + FIRST_MESSAGE + ".json")));
        assertFalse(Files.exists(file(FIRST_MESSAGE)));
        assertEquals(1, on.reports.size());
        assertTrue(on.reports.get(0).startsWith("The file " + file(FIRST_MESSAGE) + " is damaged"), on.reports.get(0));
    }

    @Test
    void theOutcomeOfAJobWhoseFileIsDamagedIsAskedOfTheService() throws IOException {
        long job = on.order("shop.example.com");
        on.await(job);
        on.time.pass(JOB_DELAY.multipliedBy(2));
        Files.writeString(file(FIRST_MESSAGE), "{");
        on.start(QueuePolicy.SHARED);

        Wait again = on.await(job);
        on.time.pass(Duration.ofMinutes(1));

        assertEquals(JobStatus.SUCCESS, outcome(again).status());
    }

    @Test
    void aHalfWrittenFileIsDeletedAndItsMessageComesAgain() throws IOException {
        Wait wait = on.await(on.order("shop.example.com"));
        on.time.settle();
        Path half = Files.writeString(directory.resolve("." + FIRST_MESSAGE + ".json.tmp"), "{\"id\":1405");
        on.start(QueuePolicy.SHARED);
        assertFalse(Files.exists(half));
        assertEquals(1, on.reports.size());

        Wait again = on.await(wait.jobId());
        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals(JobStatus.SUCCESS, outcome(again).status());
        assertEquals(List.of(FIRST_MESSAGE), on.stored());
    }

    @Test
    void messagesAreKeptFor30Days() {
        long job = on.order("shop.example.com");
        on.await(job);
        on.time.pass(JOB_DELAY.multipliedBy(2));

        on.time.pass(Duration.ofDays(29));
        on.await(on.order("mail.example.com"));
        on.time.pass(JOB_DELAY.multipliedBy(2));
        assertEquals(List.of(FIRST_MESSAGE + 1, FIRST_MESSAGE), on.stored());

        on.time.pass(Duration.ofDays(2));
        on.await(on.order("job-support.example.com"));
        on.firstLook();

        assertEquals(List.of(FIRST_MESSAGE + 1), on.stored());
        assertFalse(Files.exists(file(FIRST_MESSAGE)));
        assertEquals(List.of(FIRST_MESSAGE + 1), idsOf(on.openStore()));
    }

    @Test
    void nothingSecretOfADomainIsOnDisk() throws IOException {
        on.start(QueuePolicy.EXCLUSIVE);
        JsonCodec codec = new JsonCodec();
        String domain = """
                {"id": 77, "stid": "stid-1", "notice": "The new authinfo is S3cret-Auth",
                 "job": {"id": 5, "status": "SUCCESS"},
                 "messages": [{"code": "S0105", "text": "authinfo S3cret-Auth"}],
                 "object": {"type": "Domain", "value": "example.net", "data": {"name": "example.net",
                  "authinfo": "S3cret-Auth", "ownerc": {"email": "jane@example.net", "password": "S3cret-Auth"}}}}
                """;
        on.api.poll(poll -> Messages.alone(codec.decode(domain.getBytes(UTF_8), PollMessage.class)));

        on.await(1).ended().cancel(false);
        on.api.refuse("confirm", InboxFixture.OUTAGE);
        on.time.settle();

        String files = everythingOnDisk();
        assertTrue(files.contains("example.net"), files);
        assertFalse(files.contains("S3cret") || files.contains("jane"), files);
    }

    @Test
    void neitherCsrNorContactsOfACertificateAreOnDisk() throws IOException {
        on.await(on.order("shop.example.com"));

        on.time.pass(JOB_DELAY.multipliedBy(2));

        String files = everythingOnDisk();
        assertTrue(files.contains("shop.example.com"), files);
        assertFalse(files.contains("BEGIN") || files.contains("john.doe") || files.contains("+49-123"), files);
    }

    @Test
    void theNewestEndOfAJobCountsWhateverTheOrderOfTheFiles() throws IOException {
        MessageStore store = on.openStore();
        store.add(message(1, null, null, new JobOutcome(5, JobStatus.FAILED, null, null, "first")));
        store.add(message(12, null, null, new JobOutcome(5, JobStatus.SUCCESS, null, null, "second")));
        store.add(message(13, null, null, new JobOutcome(5, JobStatus.SUPPORT, null, null, "later")));

        for (MessageStore each : List.of(store, on.openStore())) {
            assertEquals("second", each.ofJob(5).orElseThrow().outcome().reason());
        }
    }

    @Test
    void aMessageIsFoundByItsJobThenItsTransactionIdThenItsCertificate() {
        MessageStore store = on.openStore();
        store.add(message(1, "a", "shop.example.com", new JobOutcome(5, JobStatus.SUCCESS, null, null, "")));
        store.add(message(2, "b", "shop.example.com", null));
        store.add(message(3, "c", "shop.example.com", null));

        assertEquals(Optional.of(1L), store.find(5, "b", "shop.example.com").map(StoredMessage::id));
        assertEquals(Optional.of(2L), store.find(6, "b", "shop.example.com").map(StoredMessage::id));
        assertEquals(Optional.of(3L), store.find(6, "z", "shop.example.com").map(StoredMessage::id));
        assertEquals(Optional.empty(), store.find(6, "z", "mail.example.com"));
    }

    @Test
    void oldMessagesThatCannotBeDeletedAreReportedAndTheOthersGo() throws IOException {
        MessageStore store = on.openStore();
        List.of(1L, 2L, 3L).forEach(id -> store.add(message(id, null, null, null)));
        Files.delete(file(2));
        Files.createDirectories(file(2).resolve("in-the-way"));

        StorageException failure = assertThrows(
                StorageException.class,
                () -> store.deleteOlderThan(
                        Duration.ofDays(30), Instant.ofEpochMilli(1).plus(Duration.ofDays(31))));

        assertTrue(failure.getMessage().contains("a folder of that name is in the way"), failure.getMessage());
        assertEquals(List.of(2L), idsOf(store));
    }

    @Test
    void aBeginningThatEveryTransactionIdHasIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> InboxSettings.standard(QueuePolicy.SHARED, ""));
    }

    private static StoredMessage message(long id, String ctid, String name, JobOutcome outcome) {
        return new StoredMessage(id, ctid, ResponseObject.CERTIFICATE, name, outcome, 1);
    }

    private static List<Long> idsOf(MessageStore store) {
        return store.all().stream().map(StoredMessage::id).toList();
    }

    private Path file(long id) {
        return directory.resolve(id + ".json");
    }

    private String everythingOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(MessageStoreTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
