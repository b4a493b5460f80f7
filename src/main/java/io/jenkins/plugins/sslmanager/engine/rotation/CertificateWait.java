package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.reissue.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.reissue.JobEnds;
import io.jenkins.plugins.sslmanager.engine.reissue.JobOutcome;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Waits for the certificate of an order. That its job has ended is a hint of when to look; done it is when CertificateInfo shows
 * a certificate for the ordered key, and as long as it does not and no job has failed, it is not.
 */
final class CertificateWait {

    /** While the job tells nothing, the certificate itself is asked this often. */
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** After a job's end, how long CertificateInfo may show another certificate before that counts as the last word. */
    private static final Duration LATENESS = Duration.ofMinutes(10);

    /** After a job's success, how long the certificate may be late before a later run has to look again. */
    private static final Duration LONGEST_LATENESS = Duration.ofHours(1);

    /** After trouble of the moment or a job that nobody knows. */
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofMinutes(2);

    private final OrderRun run;
    private final JobEnds ends;
    private final Instant deadline;
    private final CertificateLook certificate;
    private final OutageReporter outage;
    private boolean unclear;

    @CheckForNull
    private CompletableFuture<JobOutcome> end;

    /** @param deadline when to give up; the order stays in the book */
    CertificateWait(OrderRun run, JobEnds ends, Instant deadline) {
        this.run = run;
        this.ends = ends;
        this.deadline = deadline;
        certificate = new CertificateLook(run.api(), run.underWay());
        outage = new OutageReporter(run::log);
    }

    /**
     * @param order {@link Stage#ORDERED} or {@link Stage#ISSUED}
     * @return the certificate for the ordered key. Fails with ReissueException if the job ended without one, which ends the
     *     order, if somebody else's re-issue took its place, which ends it too, or at the deadline, which leaves it
     */
    CompletableFuture<IssuedCertificate> of(Order order) {
        CompletableFuture<IssuedCertificate> found = order.stage() == Stage.ISSUED || order.jobId() == 0
                ? look(order, new Ended(null, Duration.ZERO), FIRST_PAUSE)
                : awaitEnd(order);
        found.whenComplete((issued, failure) -> {
            CompletableFuture<JobOutcome> waiting = end;
            if (waiting != null) {
                waiting.cancel(true);
            }
        });
        return found;
    }

    /**
     * That a job has ended, or that nothing is to be learned of it.
     *
     * @param outcome null where nobody tells
     * @param waited since then, by the pauses made: a clock may jump
     */
    private record Ended(@CheckForNull JobOutcome outcome, Duration waited) {

        boolean isLongerAgoThan(Duration limit) {
            return waited.compareTo(limit) >= 0;
        }

        Ended after(Duration pause) {
            return new Ended(outcome, waited.plus(pause));
        }

        @CheckForNull
        Long certificateId() {
            return outcome == null ? null : outcome.certificateId();
        }

        boolean isFailure() {
            return outcome != null && !JobStatus.SUCCESS.equals(outcome.status());
        }
    }

    private CompletableFuture<IssuedCertificate> awaitEnd(Order order) {
        CompletableFuture<JobOutcome> waiting = end;
        if (waiting == null || waiting.isDone()) {
            waiting = run.underWay().begin(() -> ends.of(order.jobId()));
            end = waiting;
        }
        CompletableFuture<JobOutcome> told = waiting;
        CompletableFuture<Void> pause = run.pauses().pause(BETWEEN_LOOKS);
        CompletableFuture<Object> either = CompletableFuture.anyOf(told, pause);
        return run.underWay()
                .begin(() -> either)
                .handle((result, failure) -> {
                    pause.cancel(true);
                    if (either.isCancelled()) {
                        told.cancel(true);
                    }
                    return failure == null
                            ? result instanceof JobOutcome outcome ? ended(order, outcome) : lookMeanwhile(order)
                            : notTold(order, Failures.cause(failure));
                })
                .thenCompose(Function.identity());
    }

    private CompletableFuture<IssuedCertificate> ended(Order order, JobOutcome outcome) {
        outage.isOver();
        run.log("Job " + outcome.jobId() + " has ended as " + outcome.status());
        return look(order, new Ended(outcome, Duration.ZERO), FIRST_PAUSE);
    }

    /** The queue may be silent for ever; the certificate is not. */
    private CompletableFuture<IssuedCertificate> lookMeanwhile(Order order) {
        return certificate
                .at(order, null)
                .handle((seen, failure) -> failure == null && seen.shows() == CertificateLook.Shows.ORDERED
                        ? CompletableFuture.completedFuture(seen.certificate())
                        : awaitEnd(order))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<IssuedCertificate> notTold(Order order, Throwable cause) {
        if (cause instanceof ApiException trouble) {
            if (trouble.isPassing()) {
                outage.met(trouble);
            } else {
                tellOnce(trouble.getMessage());
            }
            return lookOrWait(order);
        }
        if (cause instanceof ReissueException lost) {
            if (lost.kind() == ReissueException.Kind.UNCLEAR) {
                tellOnce(lost.getMessage());
            }
            return lookOrWait(order);
        }
        return CompletableFuture.failedFuture(cause);
    }

    private void tellOnce(String trouble) {
        if (!unclear) {
            unclear = true;
            run.log(trouble);
            run.log("Asking for the certificate itself.");
        }
    }

    /** Where nobody tells of the job, the certificate does; if the service refuses that as well, so be it. */
    private CompletableFuture<IssuedCertificate> lookOrWait(Order order) {
        return certificate
                .at(order, null)
                .handle((seen, failure) -> {
                    if (failure == null) {
                        return seen.shows() == CertificateLook.Shows.ANOTHER && unclear
                                ? look(order, new Ended(null, Duration.ZERO), FIRST_PAUSE)
                                : seen.shows() == CertificateLook.Shows.ORDERED
                                        ? CompletableFuture.completedFuture(seen.certificate())
                                        : pauseAndAwait(order);
                    }
                    Throwable cause = Failures.cause(failure);
                    return cause instanceof ApiException trouble && trouble.isPassing()
                            ? pauseAndAwait(order)
                            : CompletableFuture.<IssuedCertificate>failedFuture(cause);
                })
                .thenCompose(Function.identity());
    }

    private CompletableFuture<IssuedCertificate> pauseAndAwait(Order order) {
        return isTimeUp()
                ? CompletableFuture.failedFuture(timeLimit(order))
                : run.underWay()
                        .begin(() -> run.pauses().pause(PAUSE_AFTER_TROUBLE))
                        .thenCompose(over -> awaitEnd(order));
    }

    private CompletableFuture<IssuedCertificate> look(Order order, Ended ended, Duration pause) {
        return certificate
                .at(order, ended.certificateId())
                .handle((seen, failure) -> failure == null
                        ? seen(order, ended, pause, seen)
                        : notSeen(order, ended, pause, Failures.cause(failure)))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<IssuedCertificate> seen(
            Order order, Ended ended, Duration pause, CertificateLook.Seen seen) {
        outage.isOver();
        if (seen.shows() == CertificateLook.Shows.ORDERED) {
            return CompletableFuture.completedFuture(seen.certificate());
        }
        if (ended.isFailure()) {
            return failed(order, ended);
        }
        if (seen.shows() == CertificateLook.Shows.ANOTHER && ended.isLongerAgoThan(LATENESS)) {
            return superseded(order);
        }
        if (ended.isLongerAgoThan(LONGEST_LATENESS) || isTimeUp()) {
            return CompletableFuture.failedFuture(notThere(order, seen));
        }
        return lookAgain(order, ended, pause);
    }

    private CompletableFuture<IssuedCertificate> notSeen(Order order, Ended ended, Duration pause, Throwable cause) {
        if (cause instanceof ApiException trouble && trouble.isPassing() && !isTimeUp()) {
            outage.met(trouble);
            return lookAgain(order, ended, LONGEST_PAUSE);
        }
        return CompletableFuture.failedFuture(cause);
    }

    private CompletableFuture<IssuedCertificate> lookAgain(Order order, Ended ended, Duration pause) {
        Duration next = pause.multipliedBy(2);
        return run.underWay()
                .begin(() -> run.pauses().pause(pause))
                .thenCompose(over -> look(order, ended.after(pause), next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE));
    }

    private CompletableFuture<IssuedCertificate> failed(Order order, Ended ended) {
        ReissueException failure;
        try {
            ended.outcome().requireSuccess();
            throw new IllegalStateException("The job has failed");
        } catch (ReissueException e) {
            failure = e;
        }
        return run.advance(order, known -> known.ended(Stage.FAILED, failure.getMessage()))
                .thenCompose(done -> CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<IssuedCertificate> superseded(Order order) {
        String why = "Somebody else has had " + order.certificateName()
                + " re-issued since: the service shows a newer certificate for another key";
        return run.advance(order, known -> known.ended(Stage.SUPERSEDED, why))
                .thenCompose(done -> CompletableFuture.failedFuture(
                        new Superseded(why + ". The order of this job (" + order.id() + ") has ended as superseded")));
    }

    private boolean isTimeUp() {
        return !run.pauses().instant().isBefore(deadline);
    }

    private static ReissueException timeLimit(Order order) {
        return new ReissueException(
                ReissueException.Kind.TIME_LIMIT,
                "Job " + order.jobId() + " of " + order.certificateName()
                        + " had not ended at the time limit. It goes on at the service, and its key is kept: the next run goes"
                        + " on waiting");
    }

    private static ReissueException notThere(Order order, CertificateLook.Seen seen) {
        return new ReissueException(
                ReissueException.Kind.UNCLEAR,
                "Job " + order.jobId() + " has ended with success, but the service "
                        + (seen.shows() == CertificateLook.Shows.FORMER
                                ? "still shows the certificate as it was before"
                                : "shows a certificate for another key")
                        + ". The key of the order is kept: the next run looks again. If the certificate does not come, ask"
                        + " InterNetX's support about the job, or set 'force' to order anew");
    }
}
