package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.inbox.JobLookup;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Looks, without waiting, whether an order has come to its end whose key was brought along. */
public final class OrderInspection {

    private final OrderBook book;
    private final CertificateLook certificate;
    private final JobLookup jobs;

    public OrderInspection(SslManagerApi api, OrderBook book) {
        this.book = book;
        certificate = new CertificateLook(api, new Cancellation(), InstantSource.system());
        jobs = new JobLookup(api);
    }

    /** @return the order's record after the look: ended if its certificate is there, or if its job ended without one */
    public CompletableFuture<Order> of(Order order) {
        return certificate.at(order, null).thenCompose(seen -> {
            IssuedCertificate issued = seen.certificate();
            if (issued != null && seen.shows() == CertificateLook.Shows.ORDERED) {
                return CompletableFuture.completedFuture(isThere(order, issued));
            }
            return order.jobId() == 0
                    ? CompletableFuture.completedFuture(order)
                    : jobs.ask(order.jobId())
                            .handle((job, failure) ->
                                    failure == null ? ended(order, job) : unlessRefused(order, failure));
        });
    }

    /** Its certificate is the service's to give to whoever has the key: nothing is left to be delivered. */
    private Order isThere(Order order, IssuedCertificate issued) {
        Long id = issued.data().id();
        Order known = book.advance(
                order,
                before -> before.issuedAs(new Order.Issued(
                        id == null ? before.certificateIdNow() : id,
                        Certificates.serialNumber(issued.chain().leaf()),
                        issued.chain().leaf().getNotAfter().toInstant())));
        return book.advance(known, Order::delivered);
    }

    private Order ended(Order order, ObjectJob job) {
        JobStatus status = job.job() == null ? null : job.job().status();
        return JobStatus.FAILED.equals(status) || JobStatus.CANCELED.equals(status)
                ? book.advance(order, before -> before.ended(Stage.FAILED, "Its job ended as " + status))
                : order;
    }

    private static Order unlessRefused(Order order, Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof ApiException refusal && !refusal.isPassing()) {
            return order;
        }
        throw new CompletionException(cause);
    }
}
