package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs of an account: each is among the running ones until it ends, and in the history from then on. */
final class Jobs {

    private final Map<Long, SandboxJob> running = new BoundedMap<>();
    private final Map<Long, SandboxJob> history = new BoundedMap<>();

    void start(SandboxJob job) {
        running.put(job.id(), job);
    }

    /** Returns those that have ended and are not in the history yet, in the order of their ends. */
    List<SandboxJob> ended(Instant now) {
        return running.values().stream()
                .filter(job -> job.endedBy(now))
                .sorted(Comparator.comparing(SandboxJob::end).thenComparing(SandboxJob::id))
                .toList();
    }

    void moveToHistory(SandboxJob job) {
        running.remove(job.id());
        history.put(job.id(), job);
    }

    ObjectJob running(long id, Instant now) {
        return describe(running, id, now);
    }

    ObjectJob finished(long id, Instant now) {
        return describe(history, id, now);
    }

    private static ObjectJob describe(Map<Long, SandboxJob> jobs, long id, Instant now) {
        return Optional.ofNullable(jobs.get(id))
                .orElseThrow(() -> TaskRefused.unknownJob(id))
                .describe(now);
    }

    List<ObjectJob> searchRunning(Query query, Instant now) {
        return ListQuery.ofJobs(running.values(), query, now);
    }

    List<ObjectJob> searchHistory(Query query, Instant now) {
        return ListQuery.ofJobs(history.values(), query, now);
    }
}
