package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.storage.RecordFiles;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The messages of one account on disk, a file each. A file is there as a whole or not at all, also after a power cut. */
public final class MessageStore {

    private final RecordFiles<StoredMessage> files;
    private final ConcurrentMap<Long, StoredMessage> messages = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, StoredMessage> byJob = new ConcurrentHashMap<>();

    private MessageStore(Path directory) throws IOException {
        files = new RecordFiles<>(directory, StoredMessage.class, message -> Long.toString(message.id()));
    }

    /**
     * Reads what is there. A file that cannot be read is put aside into the folder {@code damaged} and reported, and never in
     * the way of the others.
     *
     * @param report a line for each such file, and for each that a crash left half written
     * @throws IOException if the directory cannot be made, listed or forced to disk
     */
    public static MessageStore open(Path directory, Consumer<String> report) throws IOException {
        MessageStore store = new MessageStore(directory);
        store.files
                .readAll(line -> report.accept(
                        line + ". If a notification was in it, the outcome of its job is asked of the service instead"))
                .forEach(store::index);
        return store;
    }

    /**
     * Keeps a message for good; it is on disk when this returns. The same message again changes nothing.
     *
     * @throws StorageException if it could not be written; it must not be confirmed then
     */
    synchronized void add(StoredMessage message) {
        if (messages.containsKey(message.id())) {
            return;
        }
        try {
            files.write(message);
        } catch (IOException e) {
            throw new StorageException(
                    "Notification " + message.id() + " cannot be stored, so it is not confirmed",
                    "Check the folder's permissions and the space on its disk.",
                    e);
        }
        index(message);
    }

    private void index(StoredMessage message) {
        messages.put(message.id(), message);
        JobOutcome outcome = message.outcome();
        if (message.isEnd() && outcome != null) {
            byJob.merge(outcome.jobId(), message, BinaryOperator.maxBy(Comparator.comparingLong(StoredMessage::id)));
        }
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    boolean contains(long messageId) {
        return messages.containsKey(messageId);
    }

    /** Returns the message about the end of a job. */
    Optional<StoredMessage> ofJob(long jobId) {
        return Optional.ofNullable(byJob.get(jobId));
    }

    /**
     * Returns the message of an order: by its job, by its client transaction id, by its certificate's name, in this order; of
     * several the newest.
     */
    public Optional<StoredMessage> find(long jobId, String ctid, String certificateName) {
        return ofJob(jobId)
                .or(() -> newest(message -> ctid.equals(message.ctid())))
                .or(() -> newest(message -> certificateName.equals(message.objectName())));
    }

    private Optional<StoredMessage> newest(Predicate<StoredMessage> which) {
        return messages.values().stream().filter(which).max(Comparator.comparingLong(StoredMessage::id));
    }

    /** Newest first. */
    public List<StoredMessage> all() {
        return messages.values().stream()
                .sorted(Comparator.comparingLong(StoredMessage::id).reversed())
                .toList();
    }

    /** @throws StorageException if a file could not be deleted; the others are */
    synchronized void deleteOlderThan(Duration age, Instant now) {
        long oldest = now.minus(age).toEpochMilli();
        List<StoredMessage> old = messages.values().stream()
                .filter(message -> message.stored() < oldest)
                .toList();
        try {
            files.deleteAll(old, this::forget);
        } catch (IOException e) {
            throw new StorageException("Old notifications cannot be deleted", "Check the folder's permissions.", e);
        }
    }

    private void forget(StoredMessage message) {
        messages.remove(message.id());
        JobOutcome outcome = message.outcome();
        if (outcome != null) {
            byJob.remove(outcome.jobId(), message);
        }
    }
}
