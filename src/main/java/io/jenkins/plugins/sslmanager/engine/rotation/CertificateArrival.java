package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Repeat;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.inbox.JobLookup;
import io.jenkins.plugins.sslmanager.engine.inbox.JobOutcome;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Looks for the certificate of an order whose job has ended, or whose certificate was there before. It may be late. */
final class CertificateArrival {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** How long somebody else's certificate is shown until that is the last word. */
    private static final Duration OVERTAKEN_AFTER = Duration.ofMinutes(10);

    /** How late it is when it is looked for under other numbers, and how long after that again. */
    private static final Duration BETWEEN_SEARCHES = Duration.ofMinutes(10);

    /** How late the certificate may be before a later run has to look again. */
    private static final Duration LONGEST_LATENESS = Duration.ofHours(1);

    private final OrderRun run;
    private final Order order;

    @CheckForNull
    private final JobOutcome outcome;

    @CheckForNull
    private final Certificate told;

    private final Instant deadline;
    private final CertificateLook certificate;
    private final CertificateSearch search;
    private final OutageLog outage;
    private final AnotherCertificateTimer overtaken = new AnotherCertificateTimer(OVERTAKEN_AFTER);
    private Duration pause = FIRST_PAUSE;
    private Duration sinceLastLook = Duration.ZERO;
    private Duration lateness = Duration.ZERO;

    /** The number that the certificate has since the job, as far as anybody told; null if nobody did. */
    @CheckForNull
    private Long toldNumber;

    private boolean hasAskedJob;
    private Duration nextSearch = LONGEST_PAUSE;

    /**
     * @param outcome how its job ended; null where its certificate was there before
     * @param told the certificate that came with the news of the end; null if none did
     * @param deadline when to leave it to a later run
     */
    CertificateArrival(
            OrderRun run,
            Order order,
            @CheckForNull JobOutcome outcome,
            @CheckForNull Certificate told,
            Instant deadline) {
        this.run = run;
        this.order = order;
        this.outcome = outcome;
        this.told = told;
        this.deadline = deadline;
        toldNumber = outcome == null ? null : outcome.certificateId();
        certificate = new CertificateLook(run.api(), run.cancellation(), run.pauses());
        search = new CertificateSearch(run.api(), run.cancellation(), certificate);
        outage = new OutageLog(run::log);
    }

    CompletableFuture<IssuedCertificate> certificate() {
        return ifProven(told).map(CompletableFuture::completedFuture).orElseGet(() -> Repeat.until(this::look));
    }

    /** What a notification carries needs no other word if its key and its chain say that it is the one that was ordered. */
    private Optional<IssuedCertificate> ifProven(@CheckForNull Certificate data) {
        if (data == null || data.id() == null || data.name() == null || data.payable() == null) {
            return Optional.empty();
        }
        try {
            Instant now = run.pauses().instant();
            CertificateLook.Seen seen = CertificateLook.judge(order, data, now);
            IssuedCertificate issued = seen.certificate();
            if (issued == null || seen.shows() != CertificateLook.Shows.ORDERED) {
                return Optional.empty();
            }
            CertificateLook.requireOrdered(order, issued, now);
            return Optional.of(issued);
        } catch (ExpectedFailure e) {
            return Optional.empty();
        }
    }

    private CompletableFuture<Optional<IssuedCertificate>> look() {
        return certificate
                .at(order, toldNumber)
                .handle((seen, failure) -> failure == null ? seen(seen) : notSeen(Failures.cause(failure)))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Optional<IssuedCertificate>> seen(CertificateLook.Seen seen) {
        outage.isOver();
        lateness = lateness.plus(sinceLastLook);
        if (seen.shows() == CertificateLook.Shows.ORDERED) {
            return CompletableFuture.completedFuture(Optional.ofNullable(seen.certificate()));
        }
        if (outcome != null && !JobStatus.SUCCESS.equals(outcome.status())) {
            return failed(outcome);
        }
        if (overtaken.isEnough(seen.shows(), sinceLastLook)) {
            return Superseded.end(run, order);
        }
        if (lateness.compareTo(LONGEST_LATENESS) >= 0 || isTimeUp()) {
            return CompletableFuture.failedFuture(notThere(seen));
        }
        if (toldNumber == null && !hasAskedJob && order.jobId() != 0) {
            return askJob();
        }
        if (toldNumber == null && lateness.compareTo(nextSearch) >= 0) {
            nextSearch = lateness.plus(BETWEEN_SEARCHES);
            return search.find(order)
                    .handle((found, failure) -> failure == null ? orLater(found) : notSeen(Failures.cause(failure)))
                    .thenCompose(Function.identity());
        }
        return later();
    }

    private CompletableFuture<Optional<IssuedCertificate>> orLater(Optional<IssuedCertificate> found) {
        return found.isPresent() ? CompletableFuture.completedFuture(found) : later();
    }

    private CompletableFuture<Optional<IssuedCertificate>> later() {
        Duration now = pause;
        Duration twice = now.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        sinceLastLook = now;
        return pause(now);
    }

    /** A notification may keep the new number to itself, and the job's own record tell it. */
    private CompletableFuture<Optional<IssuedCertificate>> askJob() {
        hasAskedJob = true;
        sinceLastLook = Duration.ZERO;
        return run.cancellation()
                .begin(() -> new JobLookup(run.api()).ask(order.jobId()))
                .handle((job, failure) -> failure == null ? tellNumber(job) : jobNotTold(Failures.cause(failure)))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Optional<IssuedCertificate>> tellNumber(ObjectJob job) {
        toldNumber = job.object() == null || job.object().data() == null
                ? null
                : job.object().data().id();
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /** Its certificate is asked for all the same. */
    private CompletableFuture<Optional<IssuedCertificate>> jobNotTold(Throwable cause) {
        if (!(cause instanceof ApiException trouble)) {
            return CompletableFuture.failedFuture(cause);
        }
        hasAskedJob = !trouble.isPassing();
        sinceLastLook = LONGEST_PAUSE;
        return pause(LONGEST_PAUSE);
    }

    /** An outage is no lateness of the certificate. */
    private CompletableFuture<Optional<IssuedCertificate>> notSeen(Throwable cause) {
        if (cause instanceof ApiException trouble && trouble.isPassing() && !isTimeUp()) {
            outage.met(trouble);
            sinceLastLook = Duration.ZERO;
            return pause(LONGEST_PAUSE);
        }
        return CompletableFuture.failedFuture(cause);
    }

    private CompletableFuture<Optional<IssuedCertificate>> pause(Duration now) {
        return run.cancellation().begin(() -> run.pauses().pause(now)).thenApply(over -> Optional.empty());
    }

    private CompletableFuture<Optional<IssuedCertificate>> failed(JobOutcome ended) {
        ReissueException failure = ended.failure();
        return run.record(order, known -> known.ended(Stage.FAILED, failure.getMessage()))
                .thenCompose(done -> CompletableFuture.failedFuture(failure));
    }

    private boolean isTimeUp() {
        return !run.pauses().instant().isBefore(deadline);
    }

    private ReissueException notThere(CertificateLook.Seen seen) {
        return new ReissueException(
                ReissueException.Kind.UNCLEAR,
                (outcome == null
                                ? "The certificate of " + order.certificateName() + " that was ordered had been there"
                                : "Job " + order.jobId() + " has ended with success")
                        + ", but the service "
                        + (seen.shows() == CertificateLook.Shows.FORMER
                                ? "still shows the certificate as it was before"
                                : "shows a certificate for another key")
                        + ". The key of the order is kept: the next run looks again. If the certificate does not come, ask"
                        + " InterNetX's support about it, or set 'force' to order anew");
    }
}
