package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A look for what others have ordered, so that two orders do not cross. */
record RunningJobs(OrderRun run) {

    /**
     * Fails with ReissueException if a job works on the certificate. An account that may not list jobs is no reason not to
     * order, since this is a precaution.
     *
     * @param known orders whose jobs do not count
     */
    CompletableFuture<Void> requireNone(Certificate existing, List<Order> known) {
        return run.cancellation()
                .begin(() -> run.api().jobSearch(Query.jobsOf(existing.name())))
                .exceptionally(this::noneIfRefused)
                .thenAccept(jobs -> jobs.stream()
                        .filter(RunningJobs::isOfCertificate)
                        .filter(job -> !job.job().status().ended())
                        .filter(job -> known.stream().noneMatch(order -> isOf(order, job)))
                        .findFirst()
                        .ifPresent(job -> {
                            throw crossing(existing, job.job());
                        }));
    }

    private List<ObjectJob> noneIfRefused(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof ApiException refusal && !refusal.isPassing()) {
            run.log("Whether somebody else has ordered is not known: " + refusal.getMessage());
            return List.of();
        }
        throw new CompletionException(cause);
    }

    private static boolean isOfCertificate(ObjectJob job) {
        return job.job() != null
                && job.job().status() != null
                && (job.object() == null
                        || job.object().type() == null
                        || ResponseObject.CERTIFICATE.equalsIgnoreCase(
                                job.object().type()));
    }

    private boolean isOf(Order order, ObjectJob job) {
        return Objects.equals(job.job().id(), order.jobId())
                || run.identity().of(order, job) == JobIdentity.Verdict.OURS;
    }

    private static ReissueException crossing(Certificate existing, Job job) {
        return new ReissueException(
                ReissueException.Kind.UNFIT,
                "Job " + job.id() + " of " + existing.name() + " is under way (" + job.status()
                        + "), and its private key is not here. Nothing was ordered. Have it finish, or cancel it in the SSL"
                        + " Manager, then run this again");
    }
}
