package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.inbox.JobEnds;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An order of the book in its stages, from the sending to the checked certificate. Each can be walked alone and taken up again
 * by a later run.
 *
 * <p>All futures fail with {@link io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure}. {@link #end} ends what is under
 * way, and nothing more is sent.
 */
public final class OrderProcess {

    /** A clock that is further off is worth a failure that says so. */
    private static final Duration MOST_CLOCK_DIFFERENCE = Duration.ofMinutes(10);

    private final OrderRun run;
    private final Instant deadline;

    /**
     * @param api with the credentials of the moment, see {@link CurrentApi}
     * @param disk for what blocks
     * @param log a line for whoever watches the build
     * @param deadline when to leave the order to a later run
     */
    public OrderProcess(
            SslManagerApi api, OrderBook book, Pauses pauses, Executor disk, Consumer<String> log, Instant deadline) {
        this(new OrderRun(api, book, pauses, disk, log, new Cancellation(), JobIdentity.BY_KEY_OR_CTID), deadline);
    }

    OrderProcess(OrderRun run, Instant deadline) {
        this.run = run;
        this.deadline = deadline;
    }

    /** Ends the request or wait under way; its future fails with CancellationException. */
    public void end() {
        run.cancellation().cancel();
    }

    /**
     * Sends an order, or finds out what became of it.
     *
     * @param order {@link Stage#PREPARED} or {@link Stage#ORDERING}; any later one is given back as it is
     * @param proof what proves control of the domains; null to take what PrepareOrder (400110) offers for the method that the
     *     certificate has
     * @return {@link Stage#ORDERED}, or later
     */
    public CompletableFuture<Order> place(Order order, @CheckForNull CertAuthentication proof, OrderChanges changes) {
        return place(order, proof, changes, offered -> CompletableFuture.completedFuture(null));
    }

    /** @param check of a proof that is taken as PrepareOrder offers it; nothing is ordered if it fails */
    CompletableFuture<Order> place(
            Order order,
            @CheckForNull CertAuthentication proof,
            OrderChanges changes,
            Function<CertAuthentication, CompletableFuture<Void>> check) {
        return order.stage().compareTo(Stage.ORDERING) > 0
                ? CompletableFuture.completedFuture(order)
                : new OrderPlacement(
                                run,
                                order,
                                () -> draft(order, proof, changes, check),
                                order.request().repeatable() && !changes.isBilled(),
                                deadline)
                        .place()
                        .thenApply(placed -> {
                            run.log("Ordered " + placed.certificateName()
                                    + (placed.jobId() == 0 ? "" : ": job " + placed.jobId()));
                            return placed;
                        });
    }

    private CompletableFuture<CertificateOrder> draft(
            Order order,
            @CheckForNull CertAuthentication proof,
            OrderChanges changes,
            Function<CertAuthentication, CompletableFuture<Void>> check) {
        CertificateSigningRequest csr = csr(order);
        return run.certificateInfo(order.certificate())
                .thenCompose(existing -> proof == null
                        ? offer(existing, csr, existing.product())
                                .thenCompose(offered -> check.apply(offered)
                                        .thenApply(checked -> OrderDraft.of(existing, csr, offered, changes)))
                        : CompletableFuture.completedFuture(OrderDraft.of(existing, csr, proof, changes)))
                .thenApply(content -> {
                    run.log((order.isRenewal()
                                    ? "Renewing " + content.name() + " (400106), which is billed: "
                                            + order.request().billedFor()
                                    : "Ordering " + content.product() + " for " + content.name())
                            + ", validated by " + content.authentication().method());
                    return content;
                });
    }

    /** What PrepareOrder (400110) offers for the validation method that the certificate has. */
    CompletableFuture<CertAuthentication> offer(Certificate existing, CertificateSigningRequest csr, String product) {
        return run.cancellation()
                .begin(() -> run.api().prepareOrder(asked(existing, csr, product)))
                .thenApply(prepared -> ProofOfControl.offered(existing, prepared));
    }

    private static CertificateData asked(Certificate existing, CertificateSigningRequest csr, String product) {
        return CertificateData.of(csr.toPem(), product, existing.id(), null);
    }

    static CertificateSigningRequest csr(Order order) {
        return CertificateSigningRequest.parse(order.request().csr());
    }

    /** An order whose certificate is there. */
    public record IssuedOrder(Order order, IssuedCertificate certificate) {}

    /**
     * Waits for the certificate of an order and makes sure that it is what was ordered.
     *
     * @param order {@link Stage#ORDERED} or {@link Stage#ISSUED}
     * @return {@link Stage#ISSUED}
     */
    public CompletableFuture<IssuedOrder> awaitCertificate(Order order, JobEnds ends) {
        return new CertificateWait(run, ends, deadline).of(order).thenCompose(issued -> issued(order, issued));
    }

    /**
     * Checks the certificate of an order, and writes down that it is there. If it becomes valid in a few minutes, which means
     * that clocks differ, that is waited for.
     *
     * @throws io.jenkins.plugins.sslmanager.engine.pki.PkiException in the future, if it is not what was ordered; the order and its
     *     key stay
     */
    public CompletableFuture<IssuedOrder> issued(Order order, IssuedCertificate issued) {
        Duration untilValid = issued.chain().untilValid(run.pauses().instant());
        if (untilValid.isZero() || untilValid.compareTo(MOST_CLOCK_DIFFERENCE) > 0) {
            return checked(order, issued);
        }
        run.log("The certificate of " + order.certificateName() + " becomes valid in " + (untilValid.toSeconds() + 1)
                + " seconds, by the clock of this machine. Waiting for that");
        return run.cancellation()
                .begin(() -> run.pauses().pause(untilValid))
                .thenCompose(over -> checked(order, issued));
    }

    private CompletableFuture<IssuedOrder> checked(Order order, IssuedCertificate issued) {
        try {
            CertificateLook.requireOrdered(order, issued, run.pauses().instant());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        Order.Issued what = new Order.Issued(
                issued.data().id() == null
                        ? order.certificateIdNow()
                        : issued.data().id(),
                Certificates.serialNumber(issued.chain().leaf()),
                issued.chain().leaf().getNotAfter().toInstant());
        if (order.stage() == Stage.ISSUED && what.equals(order.issued())) {
            return CompletableFuture.completedFuture(new IssuedOrder(order, issued));
        }
        run.log("Certificate and chain of " + order.certificateName() + " are checked");
        return run.advance(order, known -> known.issuedAs(what)).thenApply(next -> new IssuedOrder(next, issued));
    }
}
