package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.inbox.RunningJobList;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A look for what others have ordered, so that two orders do not cross.
 *
 * @param list shared by all who order by this account at that time
 */
record RunningJobs(OrderRun run, RunningJobList list) {

    /**
     * Fails with ReissueException if a job works on the certificate. An account that may not list jobs is no reason not to
     * order, since this is a precaution.
     *
     * @param known orders whose jobs do not count
     */
    CompletableFuture<Void> requireNone(Certificate existing, List<Order> known) {
        return sharedLook()
                .thenCompose(all ->
                        all.isPresent() && crossing(all.get(), existing, known).isEmpty()
                                ? CompletableFuture.completedFuture(List.<ObjectJob>of())
                                : run.cancellation().begin(() -> run.api().jobSearch(Query.jobsOf(existing.name()))))
                .exceptionally(this::noneIfRefused)
                .thenAccept(jobs -> requireNoneOf(jobs, existing, known));
    }

    private void requireNoneOf(List<ObjectJob> jobs, Certificate existing, List<Order> known) {
        crossing(jobs, existing, known).ifPresent(job -> {
            throw refusal(existing, job);
        });
    }

    /**
     * The same before something is billed: it is asked anew, an account that may not list jobs orders nothing, and a job that
     * does not say that it has ended counts as running.
     *
     * @param known orders whose jobs do not count
     */
    CompletableFuture<Void> requireNoneForCertain(Certificate existing, List<Order> known) {
        return run.cancellation()
                .begin(() -> run.api().jobSearch(Query.jobsOf(existing.name())))
                .thenAccept(jobs -> jobs.stream()
                        .filter(job -> isOfCertificate(job, existing.name()))
                        .filter(job -> !hasEnded(job))
                        .filter(job -> !hasNumber(job) || isOfNone(known, job))
                        .findFirst()
                        .ifPresent(job -> {
                            throw refusal(existing, job.job());
                        }));
    }

    private static boolean hasEnded(ObjectJob job) {
        JobStatus status = status(job.job());
        return status != null && status.ended();
    }

    @CheckForNull
    private static JobStatus status(@CheckForNull Job job) {
        return job == null ? null : job.status();
    }

    /** Without one, a job is like all orders that have none yet. */
    static boolean hasNumber(ObjectJob job) {
        return job.job() != null && job.job().id() != null;
    }

    /** Empty where it does not tell of every job which certificate it is about. What it shows may have ended since. */
    private CompletableFuture<Optional<List<ObjectJob>>> sharedLook() {
        return run.cancellation()
                .begin(() -> list.all(run.api()))
                .thenApply(all -> all.filter(jobs -> jobs.stream().allMatch(RunningJobs::isNamed)))
                .exceptionally(failure -> {
                    Throwable cause = Failures.cause(failure);
                    if (cause instanceof ApiException) {
                        throw new CompletionException(cause);
                    }
                    // The trouble of the build that asked for all, such as credentials that are gone.
                    return Optional.empty();
                });
    }

    private Optional<Job> crossing(List<ObjectJob> jobs, Certificate existing, List<Order> known) {
        return jobs.stream()
                .filter(job -> status(job.job()) != null && !hasEnded(job))
                .filter(job -> isOfCertificate(job, existing.name()))
                .filter(job -> isOfNone(known, job))
                .findFirst()
                .map(ObjectJob::job);
    }

    private List<ObjectJob> noneIfRefused(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof ApiException refusal && !refusal.isPassing()) {
            run.log("Whether somebody else has ordered is not known: " + refusal.getMessage());
            return List.of();
        }
        throw new CompletionException(cause);
    }

    /** Whether it can be told from a list of all jobs which certificate it is about. */
    static boolean isNamed(ObjectJob job) {
        return job.object() != null
                && job.object().value() != null
                && !job.object().value().isBlank();
    }

    /** A job that does not say which certificate it is about was asked for by that one's name. */
    private static boolean isOfCertificate(ObjectJob job, String name) {
        return (!isNamed(job) || CertificateNames.areSame(name, job.object().value()))
                && mayBeOfCertificate(job.object());
    }

    /** Jobs are about domains as well. */
    static boolean mayBeOfCertificate(@CheckForNull ResponseObject object) {
        return object == null || object.type() == null || ResponseObject.CERTIFICATE.equalsIgnoreCase(object.type());
    }

    private boolean isOfNone(List<Order> known, ObjectJob job) {
        return known.stream().noneMatch(order -> isOf(order, job));
    }

    private boolean isOf(Order order, ObjectJob job) {
        return Objects.equals(job.job().id(), order.jobId())
                || run.identity().of(order, job) == JobIdentity.Verdict.OURS;
    }

    private static ReissueException refusal(Certificate existing, @CheckForNull Job job) {
        String number =
                job == null || job.id() == null ? "without a number" : job.id().toString();
        JobStatus status = status(job);
        return new ReissueException(
                ReissueException.Kind.UNFIT,
                "Job " + number + " of " + existing.name() + " is under way ("
                        + (status == null ? "the service does not tell its status" : status)
                        + "), and its private key is not here. Nothing was ordered. Have it finish, or cancel it in the SSL"
                        + " Manager, then run this again");
    }
}
