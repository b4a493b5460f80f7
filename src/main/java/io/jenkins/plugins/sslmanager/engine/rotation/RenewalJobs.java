package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.async.Repeat;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** The renewals of certificates that the service shows, whoever has ordered them, and those of what it does not name. */
record RenewalJobs(OrderRun run) {

    /** Beyond that nobody can tell how many there are. */
    private static final int MOST_PAGES = 20;

    /** For a clock that is behind the service's. */
    private static final Duration AHEAD = Duration.ofDays(1);

    /** @return those that run, and those begun since then that have ended well; fails with ApiException, or if there are too many */
    CompletableFuture<List<ObjectJob>> since(Instant from) {
        OffsetDateTime to = run.pauses().instant().plus(AHEAD).atOffset(ZoneOffset.UTC);
        OffsetDateTime begin = from.atOffset(ZoneOffset.UTC);
        // In this order, or a job that ends in between is in neither list.
        return pages(offset -> run.api().jobSearch(Query.runningRenewals(offset)), Instant.MIN)
                .thenCompose(running -> pages(
                                offset -> run.api().jobHistorySearch(Query.endedRenewals(offset, begin, to)), from)
                        .thenApply(ended -> {
                            Map<Long, ObjectJob> all = new LinkedHashMap<>(running);
                            all.putAll(ended);
                            return all.values().stream()
                                    .filter(RenewalJobs::isBilled)
                                    .toList();
                        }));
    }

    private CompletableFuture<Map<Long, ObjectJob>> pages(
            IntFunction<CompletableFuture<List<ObjectJob>>> page, Instant from) {
        Map<Long, ObjectJob> found = new LinkedHashMap<>();
        int[] read = {0, 0};
        return Repeat.until(() -> run.cancellation()
                .begin(() -> page.apply(read[0]))
                .thenApply(rows -> {
                    List<ObjectJob> recent = rows.stream()
                            .filter(RenewalJobs::hasNumber)
                            .filter(row -> !isBefore(row, from))
                            .toList();
                    long before = found.size();
                    recent.forEach(row -> found.put(row.job().id(), row));
                    read[0] += rows.size();
                    read[1]++;
                    // Newest first, and perhaps fewer rows than were asked for: only nothing new tells the end.
                    if (found.size() == before) {
                        return Optional.of(found);
                    }
                    if (read[1] == MOST_PAGES) {
                        throw new ReissueException(
                                ReissueException.Kind.UNCLEAR,
                                "The service lists so many renewals that they cannot be counted, so nothing is renewed here");
                    }
                    return Optional.empty();
                }));
    }

    private static boolean hasNumber(ObjectJob row) {
        boolean hasNumber = RunningJobs.hasNumber(row);
        if (!hasNumber && RunningJobs.mayBeOfCertificate(row.object())) {
            throw new ReissueException(
                    ReissueException.Kind.UNCLEAR,
                    "The service lists a renewal without its job's number, so it cannot be counted, and nothing is renewed"
                            + " here. Renew the certificate in the SSL Manager");
        }
        return hasNumber;
    }

    /** Over XML the list of ended jobs has no period. */
    private static boolean isBefore(ObjectJob row, Instant from) {
        return row.job().created() != null && row.job().created().toInstant().isBefore(from);
    }

    /** Domains are renewed as well, and what has failed is not billed. */
    private static boolean isBilled(ObjectJob job) {
        JobStatus status = job.job().status();
        return RunningJobs.mayBeOfCertificate(job.object())
                && !JobStatus.FAILED.equals(status)
                && !JobStatus.CANCELED.equals(status);
    }
}
