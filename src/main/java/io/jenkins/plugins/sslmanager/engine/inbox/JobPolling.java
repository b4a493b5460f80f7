package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Asks the service for the jobs themselves, a few at a time: for what the queue does not tell, because a message of others
 * blocks it, because the account has its notifications by e-mail or push, or because somebody else took the message.
 */
final class JobPolling {

    private static final int WHILE_BLOCKED = 10;
    private static final int WHILE_THE_QUEUE_WORKS = 1;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration RARELY = Duration.ofMinutes(10);

    /** A job that has just been accepted, or is just ending, may be unknown for a moment. */
    private static final int LOOKS_FOR_UNKNOWN_JOB = 5;

    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private final Waits waits;
    private final InstantSource clock;
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

    /** Whether a job has ended whose message has not come. */
    boolean isMessageOwed() {
        return messageOwed;
    }

    /**
     * Asks for the jobs whose turn it is, one after the other.
     *
     * @param blocked whether a message of others is at the head of the queue
     */
    CompletableFuture<Void> look(SslManagerApi api, boolean blocked) {
        boolean often = blocked || !queueWorks;
        Instant now = clock.instant();
        List<Wait> due = waits.all().stream()
                .filter(wait -> !wait.nextLook().isAfter(now))
                .sorted(Comparator.comparing(Wait::nextLook))
                .limit(often ? WHILE_BLOCKED : WHILE_THE_QUEUE_WORKS)
                .toList();
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (Wait wait : due) {
            wait.lookAgainAt(now.plus(often ? SOON : RARELY));
            all = all.thenCompose(before -> look(api, wait, blocked));
        }
        return all;
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
        } else if (cause instanceof ApiException refusal && !refusal.isPassing()) {
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
