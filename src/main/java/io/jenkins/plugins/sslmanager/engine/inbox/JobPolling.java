package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks the service for the jobs themselves: for what the queue does not tell, because a message of others blocks it, because the
 * account has its notifications by e-mail or push, or because somebody else took the message. The list of running jobs tells of
 * many at once; only what is gone from it, or has ended in it, is asked for alone.
 */
final class JobPolling {

    /** How many jobs are asked for alone until the queue is read again. */
    private static final int MOST_AT_A_TIME = 30;

    /** It is the access that is refused, and not this job. */
    private static final int UNAUTHORIZED = 401;

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration RARELY = Duration.ofMinutes(2);

    /** How long an account that may not list jobs is not asked for the list again. */
    private static final Duration LIST_REFUSED = Duration.ofHours(1);

    /** A job that has just been accepted, or is just ending, may be unknown for a moment. */
    private static final int LOOKS_FOR_UNKNOWN_JOB = 5;

    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private final Waits waits;
    private final InstantSource clock;
    /** Those whose jobs are to be asked for alone. */
    private final Set<Wait> alone = Collections.synchronizedSet(new LinkedHashSet<>());

    private volatile Instant listAgainFrom = Instant.MIN;
    private volatile boolean queueWorks;
    private volatile boolean messageOwed;

    JobPolling(Waits waits, InstantSource clock) {
        this.waits = waits;
        this.clock = clock;
    }

    void queueCarriesOurs() {
        queueWorks = true;
        messageOwed = false;
    }

    /** Tells whether a job has ended whose message has not come. */
    boolean isMessageOwed() {
        return messageOwed;
    }

    /** Tells whether there are jobs left that are to be asked for now. */
    boolean hasMore() {
        return !alone.isEmpty();
    }

    /**
     * Asks for the jobs whose turn it is. Ends before it has asked for all of them if there are many, see {@link #hasMore}.
     *
     * @param blocked whether a message of others is at the head of the queue
     */
    CompletableFuture<Void> look(SslManagerApi api, boolean blocked) {
        Instant now = clock.instant();
        List<Wait> due = waits.admitted().stream()
                .filter(wait -> !wait.nextLook().isAfter(now))
                .sorted(Comparator.comparing(Wait::nextLook))
                .toList();
        Instant next = now.plus(blocked || !queueWorks ? SOON : RARELY);
        due.forEach(wait -> wait.lookAgainAt(next));
        if (due.size() < 2 || now.isBefore(listAgainFrom)) {
            alone.addAll(due);
            return askAlone(api, blocked);
        }
        return JobList.find(api, due.stream().map(Wait::jobId).collect(Collectors.toSet()))
                .handle((listed, failure) -> failure == null ? told(due, listed) : notListed(due, failure, now))
                .thenCompose(Function.identity())
                .thenCompose(nothing -> askAlone(api, blocked));
    }

    private CompletableFuture<Void> told(List<Wait> due, Map<Long, ObjectJob> listed) {
        for (Wait wait : due) {
            ObjectJob job = listed.get(wait.jobId());
            if (job == null || job.job().status() == null || job.job().status().ended()) {
                alone.add(wait);
            } else {
                wait.progress(job);
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    /** @return fails if it is not the list alone that the account may not have */
    private CompletableFuture<Void> notListed(List<Wait> due, Throwable failure, Instant now) {
        if (Failures.cause(failure) instanceof ApiException refusal && !refusal.isPassing()) {
            listAgainFrom = now.plus(LIST_REFUSED);
            alone.addAll(due);
            return CompletableFuture.completedFuture(null);
        }
        due.forEach(wait -> wait.lookAgainAt(now));
        return CompletableFuture.failedFuture(failure);
    }

    /** One after the other. */
    private CompletableFuture<Void> askAlone(SslManagerApi api, boolean blocked) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (int i = 0; i < MOST_AT_A_TIME; i++) {
            all = all.thenCompose(before -> nextAlone()
                    .map(wait -> look(api, wait, blocked))
                    .orElseGet(() -> CompletableFuture.completedFuture(null)));
        }
        return all;
    }

    private Optional<Wait> nextAlone() {
        synchronized (alone) {
            alone.removeIf(wait -> wait.ended().isDone());
            Optional<Wait> next = alone.stream().findFirst();
            next.ifPresent(alone::remove);
            return next;
        }
    }

    private CompletableFuture<Void> look(SslManagerApi api, Wait wait, boolean blocked) {
        return new JobLookup(api)
                .ask(wait.jobId())
                .handle((job, failure) -> {
                    if (failure == null) {
                        found(wait, job, blocked);
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    return notTold(wait, failure);
                })
                .thenCompose(Function.identity());
    }

    private void found(Wait wait, ObjectJob job, boolean blocked) {
        if (job.job() == null || job.job().status() == null) {
            return;
        }
        if (!job.job().status().ended()) {
            wait.progress(job);
            return;
        }
        JobOutcome outcome = JobOutcome.of(job);
        if (!blocked) {
            // Its message should have been there: until the queue carries one, it is not relied on alone.
            queueWorks = false;
            messageOwed = true;
            if (outcome.isUnexplained() && wait.isFirstSightOfEnd()) {
                // The message that is on its way says why.
                wait.lookAgainAt(clock.instant());
                return;
            }
        }
        waits.end(outcome);
    }

    /** @return fails if it is not this job's trouble alone */
    private CompletableFuture<Void> notTold(Wait wait, Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (JobLookup.isNotFound(cause)) {
            notFound(wait);
        } else if (cause instanceof ApiException refusal
                && !refusal.isPassing()
                && refusal.httpStatus().orElse(0) != UNAUTHORIZED) {
            wait.ended().completeExceptionally(refusal);
        } else {
            return CompletableFuture.failedFuture(cause);
        }
        return CompletableFuture.completedFuture(null);
    }

    private void notFound(Wait wait) {
        if (wait.unknown() < LOOKS_FOR_UNKNOWN_JOB) {
            wait.lookAgainAt(clock.instant().plus(A_MOMENT));
            return;
        }
        wait.ended()
                .completeExceptionally(
                        new ReissueException(
                                ReissueException.Kind.UNCLEAR,
                                "The service knows no job " + wait.jobId()
                                        + ", neither running nor ended. Check the job id, and that the account is the one that ordered"));
    }
}
