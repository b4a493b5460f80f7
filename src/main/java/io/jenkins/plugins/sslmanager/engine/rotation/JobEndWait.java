package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Repeat;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.inbox.JobEnds;
import io.jenkins.plugins.sslmanager.engine.inbox.JobOutcome;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Waits until an order's job has ended. The queue may be silent for ever and the job may be told to nobody, but the certificate
 * is not: it is asked now and then, and always if nobody tells of the job.
 */
final class JobEndWait {

    /**
     * What the wait ended with.
     *
     * @param outcome how the job ended; null where nobody told
     * @param certificate the one for the ordered key, if it was there before anybody told; null if not
     */
    record End(
            @CheckForNull JobOutcome outcome, @CheckForNull IssuedCertificate certificate) {}

    /** While the job tells nothing, the certificate itself is asked this often. */
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

    /** After trouble of the moment; where nobody tells of the job, the pauses grow from it to {@link #BETWEEN_LOOKS}. */
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofMinutes(2);

    /** Whoever does not know whether the job still runs waits longer until another certificate is the last word. */
    private static final Duration OVERTAKEN_AFTER = Duration.ofDays(1);

    private final OrderRun run;
    private final JobEnds ends;
    private final Instant deadline;
    private final Order order;
    private final CertificateLook certificate;
    private final OutageLog outage;
    private final AnotherCertificateTimer overtaken = new AnotherCertificateTimer(OVERTAKEN_AFTER);
    private Duration pause = PAUSE_AFTER_TROUBLE;
    private Duration sinceLastLook = Duration.ZERO;
    private boolean unclear;

    @CheckForNull
    private CompletableFuture<JobOutcome> told;

    /** @param deadline when to give up */
    JobEndWait(OrderRun run, JobEnds ends, Instant deadline, Order order) {
        this.run = run;
        this.ends = ends;
        this.deadline = deadline;
        this.order = order;
        certificate = new CertificateLook(run.api(), run.cancellation(), run.pauses());
        outage = new OutageLog(run::log);
    }

    /** @return fails with ReissueException at the deadline, and with {@link Superseded} */
    CompletableFuture<End> end() {
        CompletableFuture<End> end = Repeat.until(this::await);
        return end.whenComplete((any, failure) -> {
            CompletableFuture<JobOutcome> waiting = told;
            if (waiting != null) {
                waiting.cancel(true);
            }
        });
    }

    private CompletableFuture<Optional<End>> await() {
        CompletableFuture<JobOutcome> waiting = told;
        if (waiting == null || waiting.isDone()) {
            waiting = run.cancellation().begin(() -> ends.of(order.jobId()));
            told = waiting;
        }
        CompletableFuture<JobOutcome> outcome = waiting;
        CompletableFuture<Void> untilLook = run.pauses().pause(untilLook());
        return run.cancellation()
                .begin(() -> CompletableFuture.anyOf(outcome, untilLook))
                .handle((result, failure) -> {
                    untilLook.cancel(true);
                    return failure == null
                            ? result instanceof JobOutcome ended ? ended(ended) : lookMeanwhile()
                            : notTold(Failures.cause(failure));
                })
                .thenCompose(Function.identity());
    }

    private Duration untilLook() {
        Duration left = Duration.between(run.pauses().instant(), deadline);
        return left.compareTo(BETWEEN_LOOKS) > 0 ? BETWEEN_LOOKS : left.isNegative() ? Duration.ZERO : left;
    }

    private CompletableFuture<Optional<End>> ended(JobOutcome outcome) {
        outage.isOver();
        run.log("Job " + outcome.jobId() + " has ended as " + outcome.status());
        return CompletableFuture.completedFuture(Optional.of(new End(outcome, null)));
    }

    /** Whatever the service says to it, the job's end is still waited for. */
    private CompletableFuture<Optional<End>> lookMeanwhile() {
        overtaken.reset();
        pause = PAUSE_AFTER_TROUBLE;
        return certificate
                .at(order, null)
                .handle((seen, failure) -> {
                    if (failure == null && seen.shows() == CertificateLook.Shows.ORDERED) {
                        return there(seen);
                    }
                    Throwable cause = failure == null ? null : Failures.cause(failure);
                    if (cause != null && !(cause instanceof ExpectedFailure)) {
                        return CompletableFuture.<Optional<End>>failedFuture(cause);
                    }
                    return isTimeUp()
                            ? CompletableFuture.<Optional<End>>failedFuture(timeLimit())
                            : CompletableFuture.completedFuture(Optional.<End>empty());
                })
                .thenCompose(Function.identity());
    }

    private static CompletableFuture<Optional<End>> there(CertificateLook.Seen seen) {
        return CompletableFuture.completedFuture(Optional.of(new End(null, seen.certificate())));
    }

    private CompletableFuture<Optional<End>> notTold(Throwable cause) {
        if (cause instanceof ApiException trouble && trouble.isPassing()) {
            outage.met(trouble);
        } else if (cause instanceof ApiException
                || cause instanceof ReissueException lost && lost.kind() == ReissueException.Kind.UNCLEAR) {
            tellOnce(String.valueOf(cause.getMessage()));
        } else if (!(cause instanceof ReissueException)) {
            return CompletableFuture.failedFuture(cause);
        }
        return certificate
                .at(order, null)
                .handle((seen, failure) -> failure == null ? seen(seen) : notSeen(Failures.cause(failure)))
                .thenCompose(Function.identity());
    }

    private void tellOnce(String trouble) {
        if (!unclear) {
            unclear = true;
            run.log(trouble);
            run.log("Asking for the certificate itself.");
        }
    }

    private CompletableFuture<Optional<End>> seen(CertificateLook.Seen seen) {
        if (seen.shows() == CertificateLook.Shows.ORDERED) {
            return there(seen);
        }
        if (overtaken.isEnough(seen.shows(), sinceLastLook)) {
            return Superseded.end(run, order);
        }
        return later(unclear);
    }

    /** If the service refuses the certificate as well, so be it. */
    private CompletableFuture<Optional<End>> notSeen(Throwable cause) {
        return cause instanceof ApiException trouble && trouble.isPassing()
                ? later(false)
                : CompletableFuture.failedFuture(cause);
    }

    private CompletableFuture<Optional<End>> later(boolean grow) {
        if (isTimeUp()) {
            return CompletableFuture.failedFuture(timeLimit());
        }
        Duration now = pause;
        sinceLastLook = now;
        if (grow) {
            Duration twice = now.multipliedBy(2);
            pause = twice.compareTo(BETWEEN_LOOKS) < 0 ? twice : BETWEEN_LOOKS;
        }
        return run.cancellation().begin(() -> run.pauses().pause(now)).thenApply(over -> Optional.empty());
    }

    private boolean isTimeUp() {
        return !run.pauses().instant().isBefore(deadline);
    }

    private ReissueException timeLimit() {
        return new ReissueException(
                ReissueException.Kind.TIME_LIMIT,
                "Job " + order.jobId() + " of " + order.certificateName()
                        + " had brought no certificate by the time limit. It goes on at the service, and its key is kept: the"
                        + " next run goes on waiting");
    }
}
