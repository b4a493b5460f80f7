package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import io.jenkins.plugins.sslmanager.engine.reissue.JobOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;

/** The messages of one account on disk, a file each. A file is there as a whole or not at all, also after a power cut. */
public final class MessageStore {

    private static final String SUFFIX = ".json";
    private static final String PART = ".part";
    private static final String DAMAGED = "damaged";

    private final Path directory;
    private final JsonCodec codec = new JsonCodec();
    private final ConcurrentMap<Long, StoredMessage> messages = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, StoredMessage> byJob = new ConcurrentHashMap<>();

    private MessageStore(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads what is there. A file that cannot be read is put aside into the folder {@code damaged} and reported, and never
     * in the way of the others; what a crash left half written goes.
     *
     * @param report a line for each file put aside
     * @throws IOException if the directory cannot be made or listed
     */
    public static MessageStore open(Path directory, Consumer<String> report) throws IOException {
        Files.createDirectories(directory);
        MessageStore store = new MessageStore(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, Files::isRegularFile)) {
            for (Path file : files) {
                if (file.toString().endsWith(PART)) {
                    Files.delete(file);
                } else {
                    store.read(file, report);
                }
            }
        }
        return store;
    }

    private void read(Path file, Consumer<String> report) throws IOException {
        try {
            StoredMessage message = codec.decode(Files.readAllBytes(file), StoredMessage.class);
            if (file.equals(file(message.id()))) {
                index(message);
                return;
            }
        } catch (JacksonException e) {
            // told below
        }
        Path aside = Files.createDirectories(directory.resolve(DAMAGED)).resolve(file.getFileName());
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        report.accept("The notification file " + file + " is damaged and was put aside as " + aside
                + ". The outcome of its job is asked of the service instead");
    }

    /**
     * Keeps a message for good; it is on disk when this returns. The same message again changes nothing.
     *
     * @throws IOException if it could not be written; it must not be confirmed then
     */
    void add(StoredMessage message) throws IOException {
        if (messages.containsKey(message.id())) {
            return;
        }
        Path part = directory.resolve(message.id() + PART);
        try (FileChannel out = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer json = ByteBuffer.wrap(codec.encode(message));
            while (json.hasRemaining()) {
                out.write(json);
            }
            out.force(true);
        }
        Files.move(part, file(message.id()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory();
        index(message);
    }

    /** The rename itself must reach the disk, too. Windows does it by itself, and cannot open a directory. */
    private void forceDirectory() throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel open = FileChannel.open(directory, StandardOpenOption.READ)) {
                open.force(true);
            }
        }
    }

    private void index(StoredMessage message) {
        messages.put(message.id(), message);
        JobOutcome outcome = message.outcome();
        if (outcome != null) {
            byJob.put(outcome.jobId(), message);
        }
    }

    private Path file(long id) {
        return directory.resolve(id + SUFFIX);
    }

    boolean contains(long messageId) {
        return messages.containsKey(messageId);
    }

    /** The message about the end of a job. */
    Optional<StoredMessage> ofJob(long jobId) {
        return Optional.ofNullable(byJob.get(jobId)).filter(StoredMessage::isEnd);
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

    /** @throws IOException if a file could not be deleted; the others are */
    void deleteOlderThan(Duration age, Instant now) throws IOException {
        long oldest = now.minus(age).toEpochMilli();
        Collection<StoredMessage> old = messages.values().stream()
                .filter(message -> message.stored() < oldest)
                .toList();
        for (StoredMessage message : old) {
            messages.remove(message.id());
            JobOutcome outcome = message.outcome();
            if (outcome != null) {
                byJob.remove(outcome.jobId(), message);
            }
            Files.deleteIfExists(file(message.id()));
        }
    }
}
