package io.jenkins.plugins.sslmanager.engine.bench;

import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;

/** Measures the inbox and the two usual hand-written ways in one run, and prints the figures of docs/performance.md. */
final class Benchmark {

    private static final int[] WAITING = {1, 100, 1_000, 10_000};
    static final int FIRST_JOB = 9_218_001;
    private static final int ANOTHER_JOB = 5;
    private static final int INTERVALS = 60;
    private static final int LOOKS_AN_INTERVAL = 10;

    private final PrintStream out = System.out;

    public static void main(String[] args) {
        new Benchmark().run();
    }

    private void run() {
        requests();
        threads();
        heap();
        delivery();
        new AtTheLimit(out).run();
    }

    private void requests() {
        out.printf("%nRequests in an interval of a minute, at rest%n%n");
        out.printf("%8s %12s %12s %12s %12s %12s%n", "waiting", "each polls", "inbox", "ratio", "inbox, head", "ratio");
        out.printf("%8s %12s %12s %12s %12s %12s%n", "", "", "", "", "of others", "");
        for (int waiting : WAITING) {
            double each = requests(waiting, EachPolls::new, Queue.TELLS);
            double inbox = requests(waiting, WithInbox::new, Queue.TELLS);
            double blocked = requests(waiting, WithInbox::new, Queue.BLOCKED);
            out.printf(
                    "%,8d %,12.1f %,12.1f %11.0fx %,12.1f %11.0fx%n",
                    waiting, each, inbox, each / inbox, blocked, each / blocked);
        }
    }

    private enum Queue {
        /** It has carried a notification of ours, and is empty. */
        TELLS,
        /** A notification of others is at its head. */
        BLOCKED
    }

    private static double requests(int waiting, BiFunction<CountingService, Pauses, Waiting> way, Queue queue) {
        VirtualTime time = new VirtualTime();
        CountingService service = new CountingService(message -> {});
        try (Waiting builds = way.apply(service, time)) {
            if (queue == Queue.BLOCKED) {
                service.notify(ANOTHER_JOB, false);
            } else {
                service.notify(FIRST_JOB, true);
                builds.await(FIRST_JOB);
                time.pass(Duration.ofMinutes(1));
            }
            for (int i = 1; i <= waiting; i++) {
                builds.await(FIRST_JOB + i);
            }
            time.pass(Duration.ofMinutes(15));
            long before = service.requests();
            time.pass(Duration.ofMinutes(INTERVALS));
            return (service.requests() - before) / (double) INTERVALS;
        }
    }

    private void threads() {
        out.printf("%nThreads%n%n%8s %12s %12s %12s%n", "waiting", "thread each", "timer each", "inbox");
        for (int waiting : WAITING) {
            out.printf(
                    "%,8d %,12d %,12d %,12d%n",
                    waiting,
                    threads(waiting, (service, pauses) -> new ThreadEach(service)),
                    threads(waiting, EachPolls::new),
                    threads(waiting, WithInbox::new));
        }
    }

    private static int threads(int waiting, BiFunction<CountingService, Pauses, Waiting> way) {
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try (Waiting builds = way.apply(new CountingService(message -> {}), Pauses.on(executor))) {
            for (int i = 0; i < waiting; i++) {
                builds.await(FIRST_JOB + i);
            }
            return ManagementFactory.getThreadMXBean().getThreadCount() - before;
        } finally {
            Deliveries.end(executor);
        }
    }

    private void heap() {
        out.printf("%nHeap for each that waits, in bytes, every job looked up once%n%n");
        out.printf("%8s %12s %12s %12s%n", "waiting", "thread each", "timer each", "inbox");
        heap(1_000, EachPolls::new);
        heap(1_000, WithInbox::new);
        for (int waiting : WAITING) {
            if (waiting > 1) {
                out.printf(
                        "%,8d %,12.0f %,12.0f %,12.0f%n",
                        waiting,
                        heap(waiting, (service, time) -> new ThreadEach(service)),
                        heap(waiting, EachPolls::new),
                        heap(waiting, WithInbox::new));
            }
        }
    }

    /** Few of them are measured three times, since what is freed of the row before would count among so few. */
    private static double heap(int waiting, BiFunction<CountingService, Pauses, Waiting> way) {
        double[] measured = DoubleStream.generate(() -> heapOnce(waiting, way))
                .limit(waiting > 1_000 ? 1 : 3)
                .sorted()
                .toArray();
        return measured[measured.length / 2];
    }

    private static double heapOnce(int waiting, BiFunction<CountingService, Pauses, Waiting> way) {
        VirtualTime time = new VirtualTime();
        CountingService service = new CountingService(message -> {});
        service.notify(ANOTHER_JOB, false);
        try (Waiting builds = way.apply(service, time)) {
            long before = usedHeap();
            for (int i = 0; i < waiting; i++) {
                builds.await(FIRST_JOB + i);
            }
            time.pass(EachPolls.INTERVAL.multipliedBy(10 + waiting / LOOKS_AN_INTERVAL));
            return (usedHeap() - before) / (double) waiting;
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void delivery() {
        out.printf("%nFrom the answer that carries a message to the build that goes on, in milliseconds%n%n");
        out.printf(
                "%8s %10s %10s %10s %14s %14s %14s%n",
                "", "inbox", "", "", "each polls, an", "interval of a", "minute");
        out.printf("%8s %10s %10s %10s %14s %14s %14s%n", "waiting", "p50", "p99", "max", "p50", "p99", "max");
        Latencies disk = Deliveries.disk();
        out.printf(
                "%8s %,10.2f %,10.2f %,10.2f   (a file forced to disk, without the inbox)%n",
                "disk", disk.millis(0.5), disk.millis(0.99), disk.millis(1));
        Deliveries.byInbox(100);
        for (int waiting : WAITING) {
            Latencies inbox = Deliveries.byInbox(waiting);
            Latencies each = Deliveries.toEach(waiting);
            out.printf(
                    "%,8d %,10.2f %,10.2f %,10.2f %,14.0f %,14.0f %,14.0f%n",
                    waiting,
                    inbox.millis(0.5),
                    inbox.millis(0.99),
                    inbox.millis(1),
                    each.millis(0.5),
                    each.millis(0.99),
                    each.millis(1));
        }
    }
}
