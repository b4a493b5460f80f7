package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.security.KeyPair;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The way of one certificate, from "is it due?" to "delivered". It begins with what the order book says, so that it is the same
 * whether it is the first run for an order, goes on after a restart, or takes up what an earlier run of its job has left.
 */
public final class Rotation {

    private final RotationContext context;
    private final RotationSettings settings;
    private final RotationPort port;
    private final CertificateId given;
    private final OrderRun run;
    private final OrderCompletion completion;
    private final OrderWhenDue orderWhenDue;

    public Rotation(RotationContext context, RotationSettings settings, RotationPort port, CertificateId given) {
        this(context, settings, port, given, JobIdentity.BY_KEY_OR_CTID, KeyAlgorithm::generate);
    }

    /** @param keys makes a key of the wanted kind */
    Rotation(
            RotationContext context,
            RotationSettings settings,
            RotationPort port,
            CertificateId given,
            JobIdentity identity,
            Function<KeyAlgorithm, KeyPair> keys) {
        this.context = context;
        this.settings = settings;
        this.port = port;
        this.given = given;
        run = context.run(port::log, identity);
        OrderProcess process = new OrderProcess(run, settings.deadline());
        RenewalCheck renewals = new RenewalCheck(context, port, run);
        completion = new OrderCompletion(context, settings.changes(), port, run, process, renewals);
        orderWhenDue = new OrderWhenDue(context, settings, port, given, run, process, completion, renewals, keys);
    }

    /**
     * @param followed the order that this very run has begun or gone on with before a restart; null at its first start
     * @return fails with {@link io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure}, or as the port does. Whatever
     *     becomes of it, an order that was sent stays in the book until its certificate is delivered or nothing can come of it
     */
    public CompletableFuture<RotationOutcome> run(@CheckForNull String followed) {
        return begin(followed).whenComplete((outcome, failure) -> {
            if (!port.isInterrupted()) {
                context.disk().execute(this::release);
            }
        });
    }

    private CompletableFuture<RotationOutcome> begin(@CheckForNull String followed) {
        return run.blocking(() -> start(followed))
                .thenCompose(Function.identity())
                .exceptionallyCompose(failure -> {
                    if (Failures.cause(failure) instanceof OrderBookException refusal
                            && refusal.kind() == OrderBookException.Kind.OVERTAKEN) {
                        port.log(refusal.getMessage());
                        return begin(null);
                    }
                    return CompletableFuture.failedFuture(Failures.cause(failure));
                });
    }

    /** Ends the request or wait under way. The order stays in the book. */
    public void end() {
        run.cancellation().cancel();
    }

    private void release() {
        try {
            context.book()
                    .openFor(given, context.me().job())
                    .ifPresent(order -> context.book().release(order.id(), context.me()));
        } catch (ExpectedFailure e) {
            // Whoever comes next finds that this run is over all the same.
            port.log(e.getMessage());
        }
    }

    private CompletableFuture<RotationOutcome> start(@CheckForNull String followed) {
        OrderBook book = context.book();
        CertificateId current = book.current(given);
        if (!current.equals(given)) {
            port.log("Certificate " + given.number() + " has the ID " + current.number()
                    + " since it was re-issued. Going on with that one");
        }
        Optional<Order> open = book.openFor(given, context.me().job());
        if (open.isEmpty()) {
            return followed == null ? orderWhenDue.of(current) : afterTheEnd(current, followed);
        }
        Order order = open.get();
        if (!context.isOfMyJob(order)) {
            return existing(current, Kind.ORDERED_BY_ANOTHER_JOB, order);
        }
        boolean mine = order.id().equals(followed) || context.me().equals(order.holder());
        Optional<Order> taken = book.take(order, context.me());
        if (taken.isEmpty()) {
            return existing(current, Kind.UNDER_WAY, order);
        }
        return mine ? completion.of(current, taken.get()) : takeOver(current, taken.get());
    }

    private CompletableFuture<RotationOutcome> existing(CertificateId id, Kind kind, @CheckForNull Order order) {
        return run.lookAt(id)
                .thenApply(certificate -> new RotationOutcome(kind, IssuedCertificate.of(certificate), order));
    }

    /** A restart came between the end of the order and the end of the run. */
    private CompletableFuture<RotationOutcome> afterTheEnd(CertificateId current, String followed) {
        Order last = context.book().ended().withId(followed).orElse(null);
        if (last != null && last.stage() == Stage.DELIVERED) {
            return existing(current, Kind.DELIVERED_BEFORE, last);
        }
        if (last != null && (last.stage() == Stage.FAILED || last.stage() == Stage.GIVEN_UP)) {
            // What ends this run without a restart ends it with one, too. A person may have decided so.
            return CompletableFuture.failedFuture(new ReissueException(
                    ReissueException.Kind.JOB_FAILED,
                    "The order of this run (" + last.id() + ") has ended as " + last.stage() + ": " + last.remark()));
        }
        return orderWhenDue.of(current);
    }

    private CompletableFuture<RotationOutcome> takeOver(CertificateId current, Order order) {
        if (settings.dryRun()) {
            port.log("Dry run: the order of an earlier run (" + order.id() + ") is left to another one");
            return existing(current, Kind.DRY_RUN, order);
        }
        if (settings.givesUpOpenOrder()) {
            // Or nothing would take its place.
            context.book().requireSealing();
            port.log("The order of an earlier run (" + order.id() + ", job " + order.jobId()
                    + ") is given up, as 'force' says. Its key is kept for "
                    + OrderBook.KEY_KEPT.toDays() + " days");
            context.book().giveUp(order.id(), "Given up by " + context.me() + ", as 'force' says");
            return orderWhenDue.of(current);
        }
        if (order.stage() == Stage.PREPARED) {
            // Nothing was sent for it, and this run may want another CSR.
            context.book().advance(order, known -> known.ended(Stage.WITHDRAWN, "Begun anew by " + context.me()));
            return orderWhenDue.of(current);
        }
        requireSameKey(order);
        port.log("Going on with the order of an earlier run: " + order);
        return completion.of(current, order).exceptionallyCompose(failure -> afterFailure(current, failure));
    }

    private void requireSameKey(Order order) {
        CertificateSigningRequest csr = settings.csr();
        if (csr != null && !csr.publicKeySha256().equals(order.request().publicKeySha256())) {
            throw new ReissueException(
                    ReissueException.Kind.UNFIT,
                    "Certificate " + order.certificate() + " has an open order with another CSR (" + order
                            + "), and nothing was ordered with this one. Leave the CSR out to go on with that order, or set"
                            + " 'force' to give it up");
        }
    }

    /** An order that somebody else's re-issue has taken the place of is no reason not to look whether another one is due. */
    private CompletableFuture<RotationOutcome> afterFailure(CertificateId current, Throwable failure) {
        if (Failures.cause(failure) instanceof Superseded superseded) {
            port.log(superseded.getMessage());
            return orderWhenDue.of(current);
        }
        return CompletableFuture.failedFuture(Failures.cause(failure));
    }
}
