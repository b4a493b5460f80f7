package io.jenkins.plugins.sslmanager.engine.bench;

import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.http.StrictConnection;
import io.jenkins.plugins.sslmanager.engine.http.VirtualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.BiFunction;

/** Builds that wait for jobs of which the queue tells nothing, at a strict service, in virtual time. */
final class ManyWaits {

    private static final int LONGEST_WAY = 100;
    private static final Duration SHORTEST_JOB = Duration.ofMinutes(1);
    private static final Duration LONGEST_JOB = Duration.ofHours(1);

    /**
     * What came of it.
     *
     * @param untilBuild from the end of a job to the build that goes on
     * @param afterLastEnd from the end of the last job until all builds have gone on
     */
    record Result(Latencies untilBuild, Duration afterLastEnd, long requests, long refused) {}

    private ManyWaits() {}

    static Result of(int waiting, boolean blocked, BiFunction<SslManagerApi, Pauses, Waiting> way) {
        VirtualScheduler time = new VirtualScheduler();
        Pauses pauses = time.pauses();
        EndingJobs jobs = new EndingJobs(pauses, blocked);
        StrictConnection connection = new StrictConnection(time, LONGEST_WAY, waiting);
        Random random = new Random(waiting);
        Instant lastEnd = Instant.MIN;
        for (int i = 0; i < waiting; i++) {
            Instant end = pauses.instant()
                    .plus(SHORTEST_JOB)
                    .plusMillis(random.nextLong(LONGEST_JOB.minus(SHORTEST_JOB).toMillis()));
            jobs.start(Benchmark.FIRST_JOB + i, end);
            lastEnd = end.isAfter(lastEnd) ? end : lastEnd;
        }
        Latencies latencies = new Latencies();
        int[] left = {waiting};
        try (Waiting builds = way.apply(connection.to(jobs, "inbox"), pauses)) {
            for (int i = 0; i < waiting; i++) {
                long job = Benchmark.FIRST_JOB + i;
                builds.await(job).thenRun(() -> {
                    latencies.add(Duration.between(jobs.endOf(job), pauses.instant()));
                    left[0]--;
                });
            }
            while (left[0] > 0) {
                time.runNext();
            }
        }
        return new Result(
                latencies, Duration.between(lastEnd, pauses.instant()), connection.requests(), connection.refused());
    }
}
