package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Repeat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * The running jobs of an account, for whoever is about to order and wants to know what others have ordered. All who ask within
 * a minute share one look.
 */
public final class RunningJobList {

    private static final Duration FRESH = Duration.ofMinutes(1);

    /** Where more jobs run, asking for those of one certificate costs less. */
    private static final int MOST_PAGES = 10;

    /** Jobs that end meanwhile move the others up, past the end of the page before. */
    private static final int OVERLAP = 10;

    private final InstantSource clock;
    private CompletableFuture<Optional<List<ObjectJob>>> last =
            CompletableFuture.failedFuture(new CancellationException());
    private Instant asked = Instant.MIN;

    public RunningJobList(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param api the account's, with which a new look is made
     * @return all jobs that run, or nothing if there are too many to be listed; fails with ApiException. Cancelling it leaves the
     *     others their look
     */
    public synchronized CompletableFuture<Optional<List<ObjectJob>>> all(SslManagerApi api) {
        Instant now = clock.instant();
        if (last.isCompletedExceptionally() || !now.isBefore(asked.plus(FRESH))) {
            asked = now;
            last = new Pages(api).read();
        }
        return last.copy();
    }

    private static final class Pages {

        private final SslManagerApi api;
        private final List<ObjectJob> jobs = new ArrayList<>();
        private final Set<Long> seen = new HashSet<>();
        private int longestPage;
        private int offset;
        private int pages;

        Pages(SslManagerApi api) {
            this.api = api;
        }

        CompletableFuture<Optional<List<ObjectJob>>> read() {
            return Repeat.until(() -> api.jobSearch(Query.runningJobs(offset)).thenApply(this::page));
        }

        private Optional<Optional<List<ObjectJob>>> page(List<ObjectJob> rows) {
            boolean isNew = false;
            for (ObjectJob row : rows) {
                isNew |= row.job() != null
                        && row.job().id() != null
                        && seen.add(row.job().id());
            }
            jobs.addAll(rows);
            offset += Math.max(1, rows.size() - OVERLAP);
            pages++;
            // The service may give fewer rows than it was asked for, so a short page does not tell the end.
            if (!isNew) {
                boolean isOffsetKept = rows.size() < Math.max(1, longestPage);
                return Optional.of(isOffsetKept ? Optional.of(jobs) : Optional.empty());
            }
            longestPage = Math.max(longestPage, rows.size());
            return pages == MOST_PAGES ? Optional.of(Optional.empty()) : Optional.empty();
        }
    }
}
