package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Repeat;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * The jobs of an account, newest first and a page at a time. One page tells of up to a hundred jobs. That a job is missing proves
 * nothing: lists are late, jobs move between their pages, and the service promises no number of rows.
 */
final class JobList {

    private static final int MOST_PAGES = 200;

    /** The job history wants a period (OpenAPI {@code QueryView}): wide enough for any clock, and any job that is waited for. */
    private static final Duration PERIOD = Duration.ofDays(45);

    private final Set<Long> wanted;
    private final Map<Long, ObjectJob> found = new HashMap<>();
    private final Set<Long> seen = new HashSet<>();
    private int offset;
    private int pages;

    private JobList(Set<Long> wanted) {
        this.wanted = wanted;
    }

    /**
     * Of the jobs that run (JobList, 300115, over XML 400115).
     *
     * @return those of the wanted jobs that it shows, by id; fails with ApiException
     */
    static CompletableFuture<Map<Long, ObjectJob>> running(SslManagerApi api, Set<Long> wanted) {
        return read(wanted, offset -> api.jobSearch(Query.runningJobs(offset)), false);
    }

    /**
     * Of those that have ended (JobHistoryList, 300135, over XML 400135), until asking for the missing ones alone takes no more
     * requests than its pages have taken. The newest come first, and not the last that have ended: a page without any of them
     * tells nothing of the next one.
     *
     * @return as {@link #running}
     */
    static CompletableFuture<Map<Long, ObjectJob>> ended(SslManagerApi api, Set<Long> wanted, Instant now) {
        OffsetDateTime from = now.minus(PERIOD).atOffset(ZoneOffset.UTC);
        OffsetDateTime to = now.plus(PERIOD).atOffset(ZoneOffset.UTC);
        return read(wanted, offset -> api.jobHistorySearch(Query.endedJobs(offset, from, to)), true);
    }

    private static CompletableFuture<Map<Long, ObjectJob>> read(
            Set<Long> wanted, IntFunction<CompletableFuture<List<ObjectJob>>> pages, boolean ofHistory) {
        JobList list = new JobList(wanted);
        return Repeat.until(() -> pages.apply(list.offset).thenApply(rows -> list.page(rows, ofHistory)));
    }

    private Optional<Map<Long, ObjectJob>> page(List<ObjectJob> rows, boolean ofHistory) {
        int seenBefore = seen.size();
        for (ObjectJob row : rows) {
            if (row.job() != null
                    && row.job().id() != null
                    && seen.add(row.job().id())) {
                Long id = row.job().id();
                if (wanted.contains(id)) {
                    found.put(id, row);
                }
            }
        }
        offset += rows.size();
        pages++;
        // A page without anything new would be given again for ever by a service that ignores the offset.
        boolean isOver = rows.size() < Query.LIMIT
                || seen.size() == seenBefore
                || found.size() == wanted.size()
                || ofHistory && pages >= wanted.size() - found.size()
                || pages == MOST_PAGES;
        return isOver ? Optional.of(found) : Optional.empty();
    }
}
