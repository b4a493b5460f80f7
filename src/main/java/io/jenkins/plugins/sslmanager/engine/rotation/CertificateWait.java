package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.inbox.JobEnds;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Waits for the certificate of an order. That its job has ended is a hint of when to look; done it is when CertificateInfo shows
 * a certificate for the ordered key, and as long as it does not and no job has failed, it is not.
 */
final class CertificateWait {

    private final OrderRun run;
    private final JobEnds ends;
    private final Instant deadline;

    /** @param deadline when to give up; the order stays in the book */
    CertificateWait(OrderRun run, JobEnds ends, Instant deadline) {
        this.run = run;
        this.ends = ends;
        this.deadline = deadline;
    }

    /**
     * @param order {@link Stage#ORDERED} or {@link Stage#ISSUED}
     * @return the certificate for the ordered key. Fails with ReissueException if the job ended without one, which ends the
     *     order, or at the deadline, which leaves it, and with {@link Superseded} if somebody else's re-issue took its place
     */
    CompletableFuture<IssuedCertificate> of(Order order) {
        boolean hasBeenSeen = order.stage() == Stage.ISSUED || order.jobId() == 0;
        return hasBeenSeen
                ? new CertificateArrival(run, order, null, null, deadline).certificate()
                : new JobEndWait(run, ends, deadline, order)
                        .end()
                        .thenCompose(end -> end.certificate() != null
                                ? CompletableFuture.completedFuture(end.certificate())
                                : new CertificateArrival(run, order, end.outcome(), told(order), deadline)
                                        .certificate());
    }

    @CheckForNull
    private Certificate told(Order order) {
        return ends.certificateOf(order.jobId()).orElse(null);
    }
}
