package io.jenkins.plugins.sslmanager.engine.bench;

import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.http.StrictConnection;
import io.jenkins.plugins.sslmanager.engine.http.VirtualScheduler;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What a re-issue costs at a service that takes three requests a second, against that limit. All in virtual time. */
final class AtTheLimit {

    private static final int LONGEST_WAY = 200;
    private static final Duration BETWEEN_STARTS = Duration.ofMillis(334);
    private static final Duration QUICK_JOB = Duration.ofSeconds(4);
    private static final Duration JOB = Duration.ofSeconds(20);
    private static final double PER_SECOND = 3;
    private static final int REQUESTS_OF_A_REISSUE = 6;

    private final PrintStream out;

    AtTheLimit(PrintStream out) {
        this.out = out;
    }

    void run() {
        one();
        spaced(6_000);
        fleet(1_000);
        fleet(2_000);
        besideAStep();
        due(2_000);
        behindLooks();
        restarted();
        waits();
    }

    private void one() {
        try (FleetOfRotations fleet = fleet(1, QUICK_JOB, 0)) {
            fleet.rotateAll(1);
            out.printf("%nRequests of one re-issue: %d %s%n", fleet.connection.requests(), fleet.connection.byTask());
        }
    }

    /** The named alternative to our pace: a limiter that lets three start in a second, as hand-written ones do. */
    private void spaced(int requests) {
        VirtualScheduler time = new VirtualScheduler();
        StrictConnection connection = new StrictConnection(time, LONGEST_WAY, requests);
        connection.sendSpaced(requests, BETWEEN_STARTS);
        time.runFor(BETWEEN_STARTS.multipliedBy(requests + 1));
        out.printf(
                "%n%,d requests that start %d ms apart, without our pace: %,d answers of 429%n",
                requests, BETWEEN_STARTS.toMillis(), connection.refused());
    }

    private void fleet(int size) {
        try (FleetOfRotations fleet = fleet(size, JOB, size)) {
            Duration took = fleet.rotateAll(50);
            double limit = REQUESTS_OF_A_REISSUE * size / PER_SECOND;
            out.printf(
                    "%n%,d due certificates, 50 at a time: %,d requests (%.2f each), %d answers of 429, %,d s, %.2f times the limit%n",
                    size,
                    fleet.connection.requests(),
                    fleet.connection.requests() / (double) size,
                    fleet.connection.refused(),
                    took.toSeconds(),
                    took.toMillis() / 1e3 / limit);
        }
    }

    private void besideAStep() {
        out.printf("%nOne rotation, alone and beside a step with 99 certificates%n%n");
        Latencies alone = new Latencies();
        Latencies beside = new Latencies();
        for (int seed = 0; seed < 20; seed++) {
            try (FleetOfRotations single = fleet(1, QUICK_JOB, seed);
                    FleetOfRotations both = fleet(100, QUICK_JOB, seed)) {
                alone.add(single.rotateLast());
                both.beginStep(99);
                both.time.runFor(Duration.ofMillis(1_000 + 97L * seed));
                beside.add(both.rotateLast());
            }
        }
        out.printf(
                "alone %.1f s (longest %.1f s), beside %.1f s (longest %.1f s)%n",
                alone.millis(0.5) / 1e3, alone.millis(1) / 1e3, beside.millis(0.5) / 1e3, beside.millis(1) / 1e3);
    }

    private void due(int size) {
        DueCheck check = new DueCheck(size);
        out.printf(
                "%n%,d certificates looked at for being due: %d pages of the list, and %d by themselves, of which %d are near their rule%n",
                size, check.pages(), check.askedFor(), check.near());
    }

    private void behindLooks() {
        Latencies latencies = new Latencies();
        for (int seed = 0; seed < 200; seed++) {
            VirtualScheduler time = new VirtualScheduler();
            StrictConnection connection = new StrictConnection(time, LONGEST_WAY, seed);
            SslManagerApi service = new AnswersNothing();
            SslManagerApi looks = connection.to(service, "fleet").patient();
            for (int i = 0; i < 2_000; i++) {
                looks.certificateInfo(i);
            }
            time.runFor(Duration.ofMillis(10_000 + new Random(seed).nextInt(2_000)));
            Duration ordered = time.now();
            connection
                    .to(service, "single")
                    .prepareOrder(null)
                    .thenRun(() -> latencies.add(time.now().minus(ordered)));
            time.runFor(Duration.ofSeconds(10));
        }
        out.printf(
                "%nFrom an order to its answer, 2,000 looks queued: p50 %.0f ms, p99 %.0f ms, longest %.0f ms%n",
                latencies.millis(0.5), latencies.millis(0.99), latencies.millis(1));
    }

    private void restarted() {
        try (FleetOfRotations fleet = fleet(300, Duration.ofMinutes(15), 7)) {
            for (int i = 0; i < 300; i++) {
                fleet.begin(i, "build " + i);
            }
            fleet.time.runFor(Duration.ofMinutes(10));
            fleet.restart();
            while (fleet.running() > 0) {
                fleet.time.runNext();
            }
            out.printf(
                    "%n300 builds at the same time, restarted while they wait: %,d requests (%.2f each), %d answers of 429%n%s%n",
                    fleet.connection.requests(),
                    fleet.connection.requests() / 300.0,
                    fleet.connection.refused(),
                    fleet.connection.byTask());
        }
    }

    private void waits() {
        out.printf("%nFrom the end of a job to the build, jobs of 1 to 60 minutes%n%n");
        out.printf(
                "%8s %-12s %-12s %8s %8s %14s %10s %6s%n",
                "waiting", "queue", "", "p50", "p99", "all after last", "requests", "429");
        for (int waiting : new int[] {1_000, 10_000}) {
            for (boolean blocked : new boolean[] {false, true}) {
                told(waiting, blocked, "inbox", ManyWaits.of(waiting, blocked, WithInbox::new));
                told(waiting, blocked, "each polls", ManyWaits.of(waiting, blocked, EachPolls::new));
            }
        }
    }

    private void told(int waiting, boolean blocked, String way, ManyWaits.Result result) {
        out.printf(
                "%,8d %-12s %-12s %6.0f s %6.0f s %12.0f s %,10d %,6d%n",
                waiting,
                blocked ? "of others" : "silent",
                way,
                result.untilBuild().millis(0.5) / 1e3,
                result.untilBuild().millis(0.99) / 1e3,
                result.afterLastEnd().toMillis() / 1e3,
                result.requests(),
                result.refused());
    }

    private static FleetOfRotations fleet(int size, Duration jobTakes, long seed) {
        return new FleetOfRotations(size, jobTakes, LONGEST_WAY, seed);
    }

    private static final class AnswersNothing extends ForwardingApi {

        @Override
        protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
