package io.jenkins.plugins.sslmanager.engine.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who waits, by job. Several builds may wait for one job. A wait that is over goes by itself. */
final class Waits {

    private final Map<Long, List<Wait>> byJob = new LinkedHashMap<>();

    /** @return whether nobody has waited before */
    boolean add(Wait wait) {
        boolean isFirst;
        synchronized (this) {
            isFirst = byJob.isEmpty();
            byJob.merge(wait.jobId(), List.of(wait), Waits::join);
        }
        wait.ended().whenComplete((outcome, failure) -> remove(wait));
        return isFirst;
    }

    private static List<Wait> join(List<Wait> some, List<Wait> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private synchronized void remove(Wait wait) {
        byJob.computeIfPresent(wait.jobId(), (job, waiting) -> {
            List<Wait> others = waiting.stream().filter(other -> other != wait).toList();
            return others.isEmpty() ? null : others;
        });
    }

    /** Whether an order of this Jenkins is waited for that has this job. */
    synchronized boolean hasOwn(long jobId) {
        return byJob.getOrDefault(jobId, List.of()).stream().anyMatch(Wait::isOwn);
    }

    /** Whether anybody waits for this job who has to know which certificate came of it. */
    synchronized boolean wantCertificateId(long jobId) {
        return byJob.getOrDefault(jobId, List.of()).stream().anyMatch(Wait::isCertificateIdWanted);
    }

    /** Those that may be told what the service says. */
    Collection<Wait> admitted() {
        return all().stream().filter(Wait::isAdmitted).toList();
    }

    synchronized boolean isEmpty() {
        return byJob.isEmpty();
    }

    synchronized Collection<Wait> all() {
        return byJob.values().stream().flatMap(List::stream).toList();
    }

    synchronized List<Long> jobIds() {
        return List.copyOf(byJob.keySet());
    }

    /** Completes outside the lock, since whoever waited goes on right there. */
    void end(JobOutcome outcome) {
        List<Wait> waiting;
        synchronized (this) {
            waiting = byJob.getOrDefault(outcome.jobId(), List.of());
        }
        waiting.stream().filter(Wait::isAdmitted).forEach(wait -> wait.ended().complete(outcome));
    }

    void expire(Instant now) {
        all().forEach(wait -> wait.expire(now));
    }

    /**
     * Returns the time until a wait is over, or until soon after the service works on its job.
     *
     * @param soon how soon after, and at the least
     */
    Duration untilNextEvent(Instant now, Duration soon) {
        return all().stream()
                .flatMap(wait -> wait.nextEvents(soon))
                .filter(event -> event.isAfter(now))
                .min(Comparator.naturalOrder())
                .map(event -> Duration.between(now, event))
                .map(until -> until.compareTo(soon) > 0 ? until : soon)
                .orElse(ChronoUnit.FOREVER.getDuration());
    }
}
