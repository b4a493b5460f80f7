package io.jenkins.plugins.sslmanager.engine.reissue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.async.UnderWay;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * What an earlier run has left at the service, so that nothing is ordered a second time. Cancelling a future that a method
 * gave ends the request or wait under way.
 */
public final class EarlierOrder {

    private final SslManagerApi api;
    private final Pauses pauses;
    private final UnderWay underWay = new UnderWay();

    public EarlierOrder(SslManagerApi api, Pauses pauses) {
        this.api = api;
        this.pauses = pauses;
    }

    /**
     * The order that an earlier run has placed for a key, if it did and the order has not failed. Where there is none, it takes
     * 90 s to be certain, since a request may still be on its way.
     *
     * @param csr of that key, which need not be the one that was ordered with
     * @param ctid the client transaction id that an order for that key has
     * @param since when the key was made
     * @return the state {@link ReissueState.Stage#ORDERED}, for this CSR; empty if it is certain that there is none; fails with
     *     ApiException, or with {@link ReissueException} if that cannot be told
     */
    public CompletableFuture<Optional<ReissueState>> of(
            Certificate existing, CertificateSigningRequest csr, String ctid, Instant since) {
        ReissueState asked = ReissueState.prepared(existing, csr, ctid).ordering(since.toEpochMilli());
        return underWay.endedBy(find(asked, pauses.instant().plus(OrderPlacement.SETTLE)));
    }

    private CompletableFuture<Optional<ReissueState>> find(ReissueState asked, Instant settled) {
        Instant now = pauses.instant();
        return new OrderSearch(api, pauses, underWay).jobOf(asked).thenCompose(found -> {
            if (found.isEmpty() && now.isBefore(settled)) {
                return underWay.begin(() -> pauses.pause(Duration.between(now, settled)))
                        .thenCompose(over -> find(asked, settled));
            }
            return CompletableFuture.completedFuture(
                    found.filter(job -> !hasFailed(job)).map(job -> asked.ordered(job.id())));
        });
    }

    private static boolean hasFailed(Job job) {
        return JobStatus.FAILED.equals(job.status()) || JobStatus.CANCELED.equals(job.status());
    }

    /**
     * Fails with {@link ReissueException} if a job works on the certificate: another order would cross it. An account that may
     * not list jobs is no reason not to order, since this is a precaution.
     *
     * @param log lines for whoever watches the build
     */
    public CompletableFuture<Void> requireNoneRunning(Certificate existing, Consumer<String> log) {
        return underWay.endedBy(underWay.begin(() -> api.jobSearch(Query.jobsOf(existing.name())))
                .exceptionally(failure -> noneIfRefused(failure, log))
                .thenAccept(jobs -> jobs.stream()
                        .filter(EarlierOrder::isOfCertificate)
                        .filter(job -> !job.job().status().ended())
                        .findFirst()
                        .ifPresent(job -> {
                            throw crossing(existing, job.job());
                        })));
    }

    private static List<ObjectJob> noneIfRefused(Throwable failure, Consumer<String> log) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof ApiException refusal && !refusal.isPassing()) {
            log.accept("Whether somebody else has ordered is not known: " + refusal.getMessage());
            return List.of();
        }
        throw new CompletionException(cause);
    }

    private static boolean isOfCertificate(ObjectJob job) {
        return job.job() != null
                && job.job().status() != null
                && (job.object() == null
                        || job.object().type() == null
                        || ResponseObject.CERTIFICATE.equals(job.object().type()));
    }

    private static ReissueException crossing(Certificate existing, Job job) {
        return new ReissueException(
                ReissueException.Kind.UNFIT,
                "Job " + job.id() + " of " + existing.name() + " is under way (" + job.status()
                        + "), and its private key is not here. Nothing was ordered. Have it finish, or cancel it in the SSL"
                        + " Manager, then run this again");
    }
}
