package io.jenkins.plugins.sslmanager.engine.bench;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.http.StrictConnection;
import io.jenkins.plugins.sslmanager.engine.http.VirtualScheduler;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxJobEnds;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.KeyInMemory;
import io.jenkins.plugins.sslmanager.engine.orders.KeySealing;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import io.jenkins.plugins.sslmanager.engine.rotation.AtTermEnd;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.NewKey;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import io.jenkins.plugins.sslmanager.engine.rotation.Rotation;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationContext;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationSettings;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Whole rotations at a sandbox behind a strict connection, in virtual time, with order book and inbox on a disk. */
final class FleetOfRotations implements AutoCloseable {

    private static final String CTIDS = "jenkins-bench-";
    private static final Duration UNTIL_DUE = Duration.ofDays(5);

    final VirtualScheduler time = new VirtualScheduler();
    final StrictConnection connection;

    private final Pauses pauses = time.pauses();
    private final Path folder;
    private final KeyInMemory sealingKey = new KeyInMemory();
    private final SslManagerApi service;
    private final List<Long> certificates = new ArrayList<>();
    private final Set<Holder> over = new HashSet<>();
    private final Map<Long, BenchRun> running = new LinkedHashMap<>();
    private OrderBook book;
    private Inbox inbox;

    /**
     * @param longestMillis of the way to the service, and of the way back
     */
    FleetOfRotations(int size, Duration jobTakes, int longestMillis, long seed) {
        connection = new StrictConnection(time, longestMillis, seed);
        Sandbox sandbox = Sandbox.builder()
                .clock(pauses)
                .jobDelay(jobTakes)
                .rateLimit(false)
                .build();
        service = new SandboxCalls(sandbox, Protocol.JSON).api();
        for (int i = 0; i < size; i++) {
            String name = "host-" + i + ".example.com";
            certificates.add(sandbox.addCertificate(name, AuthMethod.DNS, "www." + name));
        }
        time.runFor(UNTIL_DUE);
        try {
            folder = Files.createTempDirectory("fleet");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open();
    }

    private void open() {
        try {
            book = OrderBook.open(
                    folder.resolve("orders"),
                    new KeySealing(folder.resolve("orders"), sealingKey),
                    over::contains,
                    pauses,
                    line -> {});
            inbox = new Inbox(
                    InboxSettings.standard(QueuePolicy.SHARED, CTIDS),
                    MessageStore.open(folder.resolve("inbox"), line -> {}),
                    pauses,
                    line -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The controller ends, and another one takes up what it had under way. */
    void restart() {
        Map<Long, BenchRun> interrupted = new LinkedHashMap<>(running);
        interrupted.values().forEach(BenchRun::stop);
        inbox.close();
        open();
        interrupted.forEach((certificate, run) -> run.goOnWith(rotation(certificate, run.build(), run)));
    }

    /**
     * Has one build for each certificate, so many at a time.
     *
     * @return how long it took
     */
    Duration rotateAll(int sideBySide) {
        Duration begun = time.now();
        int next = 0;
        List<CompletableFuture<?>> all = new ArrayList<>();
        while (next < certificates.size() || !running.isEmpty()) {
            while (next < certificates.size() && running.size() < sideBySide) {
                all.add(begin(next, "build " + next));
                next++;
            }
            if (!running.isEmpty()) {
                time.runNext();
            }
        }
        all.forEach(CompletableFuture::join);
        return time.now().minus(begun);
    }

    /** One build rotates so many certificates, the first ones, side by side. */
    void beginStep(int size) {
        for (int i = 0; i < size; i++) {
            begin(i, "fleet");
        }
    }

    /** @return how long the last certificate takes a build of its own */
    Duration rotateLast() {
        Duration begun = time.now();
        CompletableFuture<?> single = begin(certificates.size() - 1, "single");
        while (!single.isDone()) {
            time.runNext();
        }
        single.join();
        return time.now().minus(begun);
    }

    CompletableFuture<?> begin(int index, String build) {
        long certificate = certificates.get(index);
        BenchRun run = new BenchRun(build);
        running.put(certificate, run);
        run.begin(rotation(certificate, build, run));
        return run.end().whenComplete((outcome, failure) -> running.remove(certificate));
    }

    /** How many have not come to their end. */
    int running() {
        return running.size();
    }

    private Rotation rotation(long certificate, String build, BenchRun run) {
        SslManagerApi api = connection.to(service, build);
        SslManagerApi inboxApi = connection.to(service);
        Holder me = new Holder("fleet", "#1", build + " " + certificate);
        return new Rotation(
                new RotationContext(
                        api,
                        new InboxJobEnds(inbox, pauses.instant().plus(Duration.ofDays(14)), () -> inboxApi, line -> {}),
                        inbox.runningJobs(),
                        book,
                        pauses,
                        Runnable::run,
                        "bench",
                        CTIDS,
                        new Owner("fleet", "a benchmark"),
                        me),
                new RotationSettings(
                        DueRule.parse("99%"),
                        false,
                        AtTermEnd.TELL,
                        false,
                        false,
                        new NewKey("EC_P256", null, null, null),
                        null,
                        OrderChanges.NONE,
                        pauses.instant().plus(Duration.ofDays(14))),
                run,
                new CertificateId("sandbox", certificate));
    }

    @Override
    public void close() {
        inbox.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
