package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderProcess.IssuedOrder;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.security.PrivateKey;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Brings an open order from whatever stage it has reached to its end: proof of control, order, wait, delivery. */
final class OrderCompletion {

    private final RotationContext context;
    private final OrderChanges changes;
    private final RotationPort port;
    private final OrderRun run;
    private final OrderProcess process;
    private final RenewalCheck renewals;

    OrderCompletion(
            RotationContext context,
            OrderChanges changes,
            RotationPort port,
            OrderRun run,
            OrderProcess process,
            RenewalCheck renewals) {
        this.context = context;
        this.changes = changes;
        this.port = port;
        this.run = run;
        this.process = process;
        this.renewals = renewals;
    }

    /**
     * @param current the order's certificate, by the number that it has now
     * @param order held by this run
     */
    CompletableFuture<RotationOutcome> of(CertificateId current, Order order) {
        port.follows(order);
        return proven(current, order)
                .thenCompose(proven -> renewable(current, proven))
                .thenCompose(proven -> process.place(proven, proven.proof(), changes))
                .whenComplete((placed, failure) -> {
                    if (failure != null && !port.isInterrupted()) {
                        withdraw(order.id(), Failures.cause(failure));
                    }
                })
                .thenCompose(placed -> run.blocking(() -> {
                    port.placed(placed);
                    return placed;
                }))
                .thenCompose(placed -> process.awaitCertificate(placed, context.ends()))
                // Whoever has lost the order meanwhile, or was ended, delivers nothing.
                .thenCompose(issued -> run.advance(issued.order(), UnaryOperator.identity())
                        .thenApply(own -> new IssuedOrder(own, issued.certificate())))
                .thenCompose(issued -> run.blocking(() -> deliver(issued)));
    }

    /** What was seen of a renewal before it was begun may be hours old, and others may have begun theirs. */
    private CompletableFuture<Order> renewable(CertificateId current, Order order) {
        return order.isRenewal() && order.stage() == Stage.PREPARED
                ? run.lookAt(current)
                        .thenCompose(certificate -> renewals.require(current, IssuedCertificate.of(certificate), order))
                        .thenApply(may -> order)
                : CompletableFuture.completedFuture(order);
    }

    private CompletableFuture<Order> proven(CertificateId current, Order order) {
        if (order.stage() != Stage.PREPARED) {
            return CompletableFuture.completedFuture(order);
        }
        CompletableFuture<Order> offered = order.proof() != null
                ? CompletableFuture.completedFuture(order)
                : run.certificateInfo(current).thenCompose(existing -> offered(order, existing));
        return offered.thenCompose(
                known -> run.cancellation().begin(() -> port.prove(known)).thenApply(done -> known));
    }

    private CompletableFuture<Order> offered(Order order, Certificate existing) {
        return process.offer(existing, OrderProcess.csr(order), changes.productFor(existing))
                .thenCompose(proof -> {
                    ProofOfControl.explanation(proof).forEach(port::log);
                    return run.advance(order, known -> known.provenBy(proof));
                });
    }

    /** Whatever fails before the order is sent ends it: nothing can come of it. */
    private void withdraw(String orderId, Throwable why) {
        context.disk().execute(() -> {
            try {
                context.book()
                        .openOrder(orderId)
                        .filter(order ->
                                order.stage() == Stage.PREPARED && context.me().equals(order.holder()))
                        .ifPresent(order -> context.book()
                                .advance(order, known -> known.ended(Stage.WITHDRAWN, OrderRun.why(why))));
            } catch (ExpectedFailure e) {
                // Nothing was sent for it, and the next run begins anew.
                port.log(e.getMessage());
            }
        });
    }

    private RotationOutcome deliver(IssuedOrder issued) throws Exception {
        Order order = issued.order();
        PrivateKey key = order.hasKey() ? context.book().key(order) : null;
        port.keep(order, issued.certificate(), key);
        port.deliver(order, issued.certificate(), key);
        if (order.wonTooLittle()) {
            port.log("The new certificate ends on "
                    + issued.certificate().chain().leaf().getNotAfter().toInstant() + ", and the one before it on "
                    + order.request().previousNotAfter()
                    + ": the order won less than " + Order.WORTHWHILE.toDays()
                    + " days, and is not repeated for now. Ask InterNetX why it lasts no longer");
        }
        Order delivered = context.book().advance(order, Order::delivered);
        return new RotationOutcome(Kind.ROTATED, issued.certificate(), delivered);
    }
}
