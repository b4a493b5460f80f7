package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import io.jenkins.plugins.sslmanager.engine.reissue.JobOutcome;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import tools.jackson.core.JacksonException;

/** The messages of one account on disk, a file each. A file is there as a whole or not at all, also after a power cut. */
public final class MessageStore {

    private static final String SUFFIX = ".json";
    private static final String DAMAGED = "damaged";

    private final Path directory;
    private final JsonCodec codec = new JsonCodec();
    private final ConcurrentMap<Long, StoredMessage> messages = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, StoredMessage> byJob = new ConcurrentHashMap<>();

    private MessageStore(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads what is there. A file that cannot be read, or that a crash left half written, is put aside into the folder
     * {@code damaged} and reported, and never in the way of the others.
     *
     * @param report a line for each file put aside
     * @throws IOException if the directory cannot be made, listed or forced to disk
     */
    public static MessageStore open(Path directory, Consumer<String> report) throws IOException {
        Files.createDirectories(directory);
        MessageStore store = new MessageStore(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, Files::isRegularFile)) {
            for (Path file : files) {
                if (!store.read(file)) {
                    report.accept(store.putAside(file));
                }
            }
        }
        // The rename of a message may have been all but on disk when it was stored: it counts as stored from here on.
        SafeFiles.force(directory);
        return store;
    }

    private boolean read(Path file) {
        try {
            StoredMessage message = codec.decode(Files.readAllBytes(file), StoredMessage.class);
            if (message != null && file.equals(file(message.id()))) {
                index(message);
                return true;
            }
            return false;
        } catch (JacksonException | IOException e) {
            return false;
        }
    }

    /** @return what to report */
    private String putAside(Path file) {
        try {
            Path aside = Files.createDirectories(directory.resolve(DAMAGED)).resolve(file.getFileName());
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            return "The notification file " + file + " is damaged or half written and was put aside as " + aside
                    + ". The outcome of its job is asked of the service instead";
        } catch (IOException e) {
            return "The notification file " + file + " is damaged and cannot be put aside either: " + e
                    + ". It is left out; delete it by hand";
        }
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
            SafeFiles.replace(file(message.id()), codec.encode(message));
        } catch (IOException e) {
            throw new StorageException(
                    "Notification " + message.id() + " cannot be stored in " + directory + ", so it is not confirmed",
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

    private Path file(long id) {
        return directory.resolve(id + SUFFIX);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    boolean contains(long messageId) {
        return messages.containsKey(messageId);
    }

    /** The message about the end of a job. */
    Optional<StoredMessage> ofJob(long jobId) {
        return Optional.ofNullable(byJob.get(jobId));
    }

    /**
     * The message of an order: by its job, by its client transaction id, by its certificate's name, in this order; of
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
        IOException failure = null;
        for (StoredMessage message : old) {
            try {
                Files.deleteIfExists(file(message.id()));
                forget(message);
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw new StorageException(
                    "Old notifications in " + directory + " cannot be deleted",
                    "Check the folder's permissions.",
                    failure);
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
