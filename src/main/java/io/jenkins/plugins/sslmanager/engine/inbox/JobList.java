package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Repeat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The running jobs of an account, newest first and a page at a time (JobList, 300115, over XML 400115). One page tells of up to a
 * hundred jobs. That a job is missing proves nothing: lists are late, and the service promises no number of rows.
 */
final class JobList {

    private static final int MOST_PAGES = 200;

    private final Set<Long> wanted;
    private final Map<Long, ObjectJob> found = new HashMap<>();
    private final Set<Long> seen = new HashSet<>();
    private int offset;
    private int pages;

    private JobList(Set<Long> wanted) {
        this.wanted = wanted;
    }

    /** @return those of the wanted jobs that it shows, by id; fails with ApiException */
    static CompletableFuture<Map<Long, ObjectJob>> find(SslManagerApi api, Set<Long> wanted) {
        JobList list = new JobList(wanted);
        return Repeat.until(() -> api.jobSearch(Query.runningJobs(list.offset)).thenApply(list::page));
    }

    private Optional<Map<Long, ObjectJob>> page(List<ObjectJob> rows) {
        int before = seen.size();
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
                || seen.size() == before
                || found.size() == wanted.size()
                || pages == MOST_PAGES;
        return isOver ? Optional.of(found) : Optional.empty();
    }
}
