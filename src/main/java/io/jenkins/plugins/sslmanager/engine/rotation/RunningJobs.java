package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A look for what others have ordered, so that two orders do not cross. */
record RunningJobs(OrderRun run) {

    /** How many of the orders that ended last are looked through for the one that a running job belongs to. */
    private static final int LATEST_ENDED = 200;

    /**
     * Fails with ReissueException if a job works on the certificate, other than that of an order that was given up here. An account
     * that may not list jobs is no reason not to order, since this is a precaution.
     *
     * @param decided whether a person wants an order whatever became of the earlier one, so that a job that may belong to one that
     *     was given up in doubt is no reason not to order either
     */
    CompletableFuture<Void> requireNone(Certificate existing, CertificateId certificate, boolean decided) {
        return run.underWay()
                .begin(() -> run.api().jobSearch(Query.jobsOf(existing.name())))
                .exceptionally(this::noneIfRefused)
                .thenAcceptAsync(
                        jobs -> jobs.stream()
                                .filter(RunningJobs::isOfCertificate)
                                .map(ObjectJob::job)
                                .filter(job -> !job.status().ended())
                                .filter(job -> !isGivenUp(job, certificate, decided))
                                .findFirst()
                                .ifPresent(job -> {
                                    throw crossing(existing, job);
                                }),
                        run.disk());
    }

    private boolean isGivenUp(Job job, CertificateId certificate, boolean decided) {
        return run.book().endedOrders(LATEST_ENDED).stream()
                .filter(order -> order.stage() == Stage.GIVEN_UP)
                .filter(order -> order.certificate().system().equals(certificate.system()))
                .anyMatch(order -> order.jobId() == 0
                        ? decided && order.certificate().equals(certificate)
                        : Long.valueOf(order.jobId()).equals(job.id()));
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

    private static ReissueException crossing(Certificate existing, Job job) {
        return new ReissueException(
                ReissueException.Kind.UNFIT,
                "Job " + job.id() + " of " + existing.name() + " is under way (" + job.status()
                        + "), and its private key is not here. Nothing was ordered. Have it finish, or cancel it in the SSL"
                        + " Manager, then run this again");
    }
}
