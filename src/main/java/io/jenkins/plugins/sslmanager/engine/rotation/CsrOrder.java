package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.OrderReason;
import io.jenkins.plugins.sslmanager.engine.orders.OrderTask;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Orders a certificate for a given CSR. If the book has an open order for the same key, that one goes on, whichever run of the job
 * began it; one for another key is in the way.
 */
public final class CsrOrder {

    private final RotationContext context;
    private final Consumer<String> log;
    private final OrderRun run;
    private final OrderProcess process;

    /** @param deadline when to leave an order in doubt to a later run */
    public CsrOrder(RotationContext context, Consumer<String> log, Instant deadline) {
        this.context = context;
        this.log = log;
        run = context.run(log, JobIdentity.BY_KEY_OR_CTID);
        process = new OrderProcess(run, deadline);
    }

    /** Ends the request or pause under way. The order stays in the book. */
    public void end() {
        run.cancellation().cancel();
    }

    /**
     * @param proof what proves control of the domains; null to take what PrepareOrder (400110) offers
     * @param check of the proof that PrepareOrder offers
     * @param changes what the order does not take over from the certificate
     * @param force whether to give up an open order for another key
     * @return {@link Stage#ORDERED} or later. Fails with ReissueException if another order is in the way, and otherwise as
     *     {@link OrderProcess#place}
     */
    public CompletableFuture<Order> place(
            CertificateId given,
            CertificateSigningRequest csr,
            @CheckForNull CertAuthentication proof,
            OrderChanges changes,
            ProofCheck check,
            boolean force) {
        return mayKnow(given)
                .thenApplyAsync(allowed -> open(given, csr, force), context.disk())
                .thenCompose(known -> known.isPresent()
                        ? CompletableFuture.completedFuture(known.get())
                        : begin(context.book().current(given), csr, changes))
                .thenCompose(order -> process.place(
                        order, proof, changes, offered -> check.require(offered, order.certificateName())))
                .whenComplete((order, failure) -> context.disk().execute(() -> leave(given, failure)));
    }

    /** What another job has ordered is told only to those who may look at the certificate. */
    private CompletableFuture<?> mayKnow(CertificateId given) {
        return CompletableFuture.supplyAsync(
                        () -> context.book()
                                .openFor(given, context.me().job())
                                .filter(order -> !context.isOfMyJob(order)),
                        context.disk())
                .thenCompose(another -> another.isPresent()
                        ? run.certificateInfo(another.get().certificate())
                        : CompletableFuture.completedFuture(null));
    }

    private Optional<Order> open(CertificateId given, CertificateSigningRequest csr, boolean force) {
        OrderBook book = context.book();
        Order order = book.openFor(given, context.me().job()).orElse(null);
        if (order == null) {
            return Optional.empty();
        }
        if (!context.isOfMyJob(order)) {
            throw inTheWay(order, "another job has ordered it. Wait until that order has come to its end");
        }
        if (!order.request().publicKeySha256().equals(csr.publicKeySha256())) {
            if (!force) {
                throw inTheWay(
                        order,
                        "order " + order.id() + " (job " + order.jobId() + ", begun "
                                + order.created()
                                + ") is for another key. Wait for its certificate, or set 'force' to give"
                                + " that order up");
            }
            book.giveUp(order.id(), "Given up by " + context.me() + ", as 'force' says");
            log.accept("The open order " + order.id() + " is given up, as 'force' says. Its key is kept for "
                    + OrderBook.KEY_KEPT.toDays() + " days");
            return Optional.empty();
        }
        Order taken = book.take(order, context.me())
                .orElseThrow(() -> inTheWay(
                        order, order.holder() + " works on the order for this CSR. Run this again when it has ended"));
        log.accept("This CSR was ordered before. Going on with " + taken);
        return Optional.of(taken);
    }

    private static ReissueException inTheWay(Order order, String how) {
        return new ReissueException(
                ReissueException.Kind.UNFIT,
                "Certificate " + order.certificate().number() + " (" + order.certificateName() + ") is not ordered: "
                        + how);
    }

    private CompletableFuture<Order> begin(
            CertificateId certificate, CertificateSigningRequest csr, OrderChanges changes) {
        return run.certificateInfo(certificate)
                .thenApplyAsync(existing -> begin(certificate, existing, csr, changes), context.disk());
    }

    private Order begin(
            CertificateId certificate, Certificate existing, CertificateSigningRequest csr, OrderChanges changes) {
        NewOrder wanted = NewOrder.of(OrderTask.REISSUE, existing, csr, changes, log);
        PrivateKey key = context.book()
                .keys()
                .find(csr.publicKeySha256(), context.me().job())
                .orElse(null);
        Order order = wanted.begin(context, certificate, key, OrderReason.ON_DEMAND, null);
        if (key != null) {
            context.book().keys().forget(csr.publicKeySha256());
        }
        return order;
    }

    /** An order that was not sent is withdrawn, and its key waits on for another try. */
    private void leave(CertificateId given, @CheckForNull Throwable failure) {
        Optional<Order> open = context.book()
                .openFor(given, context.me().job())
                .filter(order -> context.me().equals(order.holder()));
        try {
            if (failure != null
                    && open.filter(order -> order.stage() == Stage.PREPARED).isPresent()) {
                withdraw(open.get());
            } else {
                open.ifPresent(order -> context.book().release(order.id(), context.me()));
            }
        } catch (ExpectedFailure e) {
            log.accept(e.getMessage());
        }
    }

    private void withdraw(Order order) {
        if (order.hasKey()) {
            context.book()
                    .keys()
                    .keep(
                            context.book().key(order),
                            CertificateSigningRequest.parse(order.request().csr()),
                            order.owner());
        }
        context.book().advance(order, known -> known.ended(Stage.WITHDRAWN, "It was not sent"));
    }
}
