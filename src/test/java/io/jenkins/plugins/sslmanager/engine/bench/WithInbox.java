package io.jenkins.plugins.sslmanager.engine.bench;

import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.inbox.Access;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All builds wait at one inbox, with its store on the real disk. */
final class WithInbox implements Waiting {

    private final Inbox inbox;
    private final Path directory;
    private final Instant deadline;
    private final Supplier<Access> access;
    private final Consumer<String> log = line -> {};

    WithInbox(SslManagerApi service, Pauses pauses) {
        this(service, pauses, InboxSettings.FIRST_PAUSE);
    }

    /** @param firstPause between a build that begins to wait and the look that it brings about */
    WithInbox(SslManagerApi service, Pauses pauses, Duration firstPause) {
        Access account = new Access(service, service);
        access = () -> account;
        deadline = pauses.instant().plus(365, ChronoUnit.DAYS);
        try {
            directory = Files.createTempDirectory("inbox");
            inbox = new Inbox(
                    InboxSettings.standard(QueuePolicy.SHARED, CountingService.ownCtids(), firstPause),
                    MessageStore.open(directory, log),
                    pauses,
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletableFuture<?> await(long job) {
        return inbox.await(job, deadline, access, true, log).ended();
    }

    @Override
    public void close() {
        inbox.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
