package io.jenkins.plugins.sslmanager.engine.bench;

import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How long messages take from the answer that carries them to the build that goes on. */
final class Deliveries {

    private static final int WARM_UPS = 200;
    private static final int DELIVERIES = 1_000;
    private static final int MESSAGE_BYTES = 250;

    /** The pause before a look is none of what is measured. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

    private Deliveries() {}

    /** In real time, with the real disk; the service answers at once, and nothing limits the requests. */
    static Latencies byInbox(int waiting) {
        AtomicLong polled = new AtomicLong();
        CountingService service = new CountingService(message -> polled.set(System.nanoTime()));
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        Latencies latencies = new Latencies();
        try (Waiting builds = new WithInbox(service, Pauses.on(executor), BETWEEN_LOOKS)) {
            for (int i = 1; i < waiting; i++) {
                builds.await(Benchmark.FIRST_JOB - i);
            }
            for (int i = 0; i < WARM_UPS + DELIVERIES; i++) {
                long job = Benchmark.FIRST_JOB + i;
                service.notify(job, true);
                long resumed = builds.await(job)
                        .thenApply(outcome -> System.nanoTime())
                        .orTimeout(1, TimeUnit.MINUTES)
                        .join();
                if (i >= WARM_UPS) {
                    latencies.add(Duration.ofNanos(resumed - polled.get()));
                }
            }
        } finally {
            end(executor);
        }
        return latencies;
    }

    static void end(ScheduledExecutorService executor) {
        executor.shutdownNow();
        try {
            executor.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it takes to have a message on disk for certain, without the inbox. */
    static Latencies disk() {
        Latencies latencies = new Latencies();
        try {
            Path directory = Files.createTempDirectory("disk");
            Path part = directory.resolve("part");
            Path whole = directory.resolve("whole");
            for (int i = 0; i < DELIVERIES; i++) {
                long start = System.nanoTime();
                try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    file.write(ByteBuffer.allocate(MESSAGE_BYTES));
                    file.force(true);
                }
                Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
                try (FileChannel open = FileChannel.open(directory, StandardOpenOption.READ)) {
                    open.force(true);
                }
                latencies.add(Duration.ofNanos(System.nanoTime() - start));
            }
            Files.delete(whole);
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return latencies;
    }

    /** In virtual time, in which only the intervals count; the builds' looks are spread evenly over one. */
    static Latencies toEach(int waiting) {
        VirtualTime time = new VirtualTime();
        Map<Long, Instant> seen = new ConcurrentHashMap<>();
        CountingService service =
                new CountingService(message -> seen.putIfAbsent(message.job().id(), time.instant()));
        Latencies latencies = new Latencies();
        int measured = Math.min(waiting, DELIVERIES);
        try (Waiting builds = new EachPolls(service, time)) {
            for (int i = 0; i < waiting; i++) {
                // A factor without a common divisor: whose message comes next is not who looks next.
                long job = Benchmark.FIRST_JOB + i * 7_919L % waiting;
                time.pass(EachPolls.INTERVAL.dividedBy(waiting));
                builds.await(job).thenRun(() -> latencies.add(Duration.between(seen.get(job), time.instant())));
            }
            for (int i = 0; i < measured; i++) {
                service.notify(Benchmark.FIRST_JOB + i, true);
                time.pass(EachPolls.INTERVAL.multipliedBy(2));
            }
        }
        return latencies;
    }
}
