package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
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
 * many at once, and the list of ended ones of those that have left it; only what neither tells is asked for alone.
 */
final class JobPolling {

    /** How many jobs are asked for alone until the queue is read again. */
    private static final int MOST_AT_A_TIME = 30;

    /** It is the access that is refused, and not this job. */
    private static final int UNAUTHORIZED = 401;

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration RARELY = Duration.ofMinutes(2);

    /** Lists of thousands take their time: twice as long, the requests are left to others. */
    private static final int TIMES_AS_LONG_FOR_OTHERS = 2;

    /** No look is further away, however the clock has jumped meanwhile. */
    private static final Duration FARTHEST = Duration.ofMinutes(10);

    /** How long an account that may not list jobs is not asked for the list again. */
    private static final Duration LIST_REFUSED = Duration.ofHours(1);

    /** A job that has just been accepted, or is just ending, may be unknown for a moment. */
    private static final int LOOKS_FOR_UNKNOWN_JOB = 5;

    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private final Waits waits;
    private final InstantSource clock;
    /** Those whose jobs are to be asked for alone. */
    private final Set<Wait> alone = Collections.synchronizedSet(new LinkedHashSet<>());

    private volatile Instant nextLook = Instant.MIN;
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

    /** Where nobody has waited before: the queue is given that long to tell first. */
    void lookAfter(Duration pause) {
        nextLook = later(nextLook, clock.instant().plus(pause));
    }

    /**
     * The time until jobs are asked for, if anybody waits.
     *
     * @param atLeast for one that is overdue
     */
    Duration untilNext(Instant now, Duration atLeast) {
        if (waits.isEmpty()) {
            return ChronoUnit.FOREVER.getDuration();
        }
        return isOverdue(now.plus(atLeast)) ? atLeast : Duration.between(now, nextLook);
    }

    private boolean isOverdue(Instant now) {
        return !now.isBefore(nextLook) || nextLook.isAfter(now.plus(FARTHEST));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * Asks for the jobs, if it is time. Ends before it has asked for all of them if many are to be asked for alone, see {@link
     * #hasMore}.
     *
     * @param blocked whether a message of others is at the head of the queue
     */
    CompletableFuture<Void> look(SslManagerApi api, boolean blocked) {
        Instant now = clock.instant();
        if (hasMore() || !isOverdue(now)) {
            return askAlone(api, blocked);
        }
        Duration pause = blocked || !queueWorks ? SOON : RARELY;
        nextLook = now.plus(pause);
        Collection<Wait> all = waits.admitted();
        if (all.size() < 2 || now.isBefore(listAgainFrom)) {
            alone.addAll(all);
            return askAlone(api, blocked);
        }
        return JobList.running(api, ids(all))
                .thenCompose(listed -> told(api, all, listed, blocked))
                .handle((done, failure) -> failure == null ? listsRead(now, pause) : notListed(all, failure, now))
                .thenCompose(Function.identity())
                .thenCompose(nothing -> askAlone(api, blocked));
    }

    private static Set<Long> ids(Collection<Wait> some) {
        return some.stream().map(Wait::jobId).collect(Collectors.toSet());
    }

    private CompletableFuture<Void> told(
            SslManagerApi api, Collection<Wait> all, Map<Long, ObjectJob> listed, boolean blocked) {
        List<Wait> gone = all.stream()
                .filter(wait -> !isRunning(listed.get(wait.jobId()), wait))
                .toList();
        if (gone.size() < 2) {
            alone.addAll(gone);
            return CompletableFuture.completedFuture(null);
        }
        return JobList.ended(api, ids(gone), clock.instant()).thenAccept(ended -> {
            for (Wait wait : gone) {
                ObjectJob job = ended.get(wait.jobId());
                if (job == null
                        || job.job().status() == null
                        || !job.job().status().ended()
                        || lacksCertificateId(job)) {
                    alone.add(wait);
                } else {
                    ended(wait, job, blocked);
                }
            }
        });
    }

    /** Lists over XML leave it out. Whoever has an order looks at its certificate anyway. */
    private boolean lacksCertificateId(ObjectJob ended) {
        JobOutcome outcome = JobOutcome.of(ended);
        return JobStatus.SUCCESS.equals(outcome.status())
                && outcome.certificateId() == null
                && waits.wantCertificateId(outcome.jobId());
    }

    private static boolean isRunning(ObjectJob job, Wait wait) {
        if (job == null || job.job().status() == null || job.job().status().ended()) {
            wait.hasLeftTheList();
            return false;
        }
        wait.progress(job);
        return true;
    }

    private CompletableFuture<Void> listsRead(Instant begun, Duration pause) {
        Duration took = Duration.between(begun, clock.instant());
        nextLook = later(begun.plus(pause), clock.instant().plus(took.multipliedBy(TIMES_AS_LONG_FOR_OTHERS)));
        return CompletableFuture.completedFuture(null);
    }

    /** @return fails if it is not the list alone that the account may not have */
    private CompletableFuture<Void> notListed(Collection<Wait> all, Throwable failure, Instant now) {
        if (Failures.cause(failure) instanceof ApiException refusal && !refusal.isPassing()) {
            listAgainFrom = now.plus(LIST_REFUSED);
            alone.addAll(all);
            return CompletableFuture.completedFuture(null);
        }
        nextLook = now;
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
        JobLookup lookup = new JobLookup(api);
        return (wait.isOnTheList() ? lookup.ask(wait.jobId()) : lookup.askEnded(wait.jobId()))
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
        if (job.job().status().ended()) {
            ended(wait, job, blocked);
        } else {
            wait.progress(job);
        }
    }

    private void ended(Wait wait, ObjectJob job, boolean blocked) {
        JobOutcome outcome = JobOutcome.of(job);
        if (!blocked) {
            // Its message should have been there: until the queue carries one, it is not relied on alone.
            queueWorks = false;
            messageOwed = true;
            if (outcome.isUnexplained() && wait.isFirstSightOfEnd()) {
                // The message that is on its way says why.
                nextLook = clock.instant();
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
            Instant soon = clock.instant().plus(A_MOMENT);
            nextLook = nextLook.isBefore(soon) ? nextLook : soon;
            return;
        }
        wait.ended()
                .completeExceptionally(
                        new ReissueException(
                                ReissueException.Kind.UNCLEAR,
                                "The service knows no job " + wait.jobId()
                                        + ", neither running nor ended. Check the job ID, and that the account is the one that ordered"));
    }
}
