package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.inbox.JobEnds;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The way of one certificate, from "is it due?" to "delivered". It begins with what the order book says, so that it is the same
 * whether it is the first run for an order, goes on after a restart, or takes up what an earlier run of its job has left.
 */
public final class Rotation {

    /**
     * Who rotates what, and with what.
     *
     * @param account by which it is ordered: its lasting id
     * @param ctids how client transaction ids shall begin
     * @param me the run that works on the order
     * @param disk for what blocks
     */
    public record Context(
            SslManagerApi api,
            JobEnds ends,
            OrderBook book,
            Pauses pauses,
            Executor disk,
            String account,
            String ctids,
            Owner owner,
            Holder me) {}

    private static final int MOST_GIVEN_UP = 1000;

    private final Context context;
    private final RotationSettings settings;
    private final RotationPort port;
    private final CertificateId given;
    private final OrderRun run;
    private final OrderProcess process;
    private final Function<KeyAlgorithm, KeyPair> keys;

    public Rotation(Context context, RotationSettings settings, RotationPort port, CertificateId given) {
        this(context, settings, port, given, JobIdentity.BY_KEY_OR_CTID, KeyAlgorithm::generate);
    }

    /** @param keys makes a key of the wanted kind */
    Rotation(
            Context context,
            RotationSettings settings,
            RotationPort port,
            CertificateId given,
            JobIdentity identity,
            Function<KeyAlgorithm, KeyPair> keys) {
        this.keys = keys;
        this.context = context;
        this.settings = settings;
        this.port = port;
        this.given = given;
        run = new OrderRun(
                context.api(),
                context.book(),
                context.pauses(),
                context.disk(),
                port::log,
                new Cancellation(),
                identity);
        process = new OrderProcess(run, settings.deadline());
    }

    /**
     * @param followed the order that this very run has begun or gone on with before a restart; null at its first start
     * @return fails with {@link io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure}, or as the port does. Whatever
     *     becomes of it, an order that was sent stays in the book until its certificate is delivered or nothing can come of it
     */
    public CompletableFuture<RotationOutcome> run(@CheckForNull String followed) {
        return blocking(() -> start(followed)).thenCompose(Function.identity()).whenComplete((outcome, failure) -> {
            if (!port.isInterrupted()) {
                context.disk().execute(this::release);
            }
        });
    }

    /** Ends the request or wait under way. The order stays in the book. */
    public void end() {
        run.cancellation().cancel();
    }

    private void release() {
        try {
            context.book().openFor(given).ifPresent(order -> context.book().release(order.id(), context.me()));
        } catch (ExpectedFailure e) {
            // Whoever comes next finds that this run is over all the same.
            port.log(e.getMessage());
        }
    }

    private CompletableFuture<RotationOutcome> start(@CheckForNull String followed) {
        OrderBook book = context.book();
        CertificateId current = book.current(given);
        if (!current.equals(given)) {
            port.log("Certificate " + given.number() + " has the id " + current.number()
                    + " since it was re-issued. Going on with that one");
        }
        Optional<Order> open = book.openFor(given);
        if (open.isEmpty()) {
            return followed == null ? begin(current) : afterTheEnd(current, followed);
        }
        Order order = open.get();
        if (!context.me().job().equals(order.owner().job())) {
            return existing(current, Kind.ORDERED_BY_ANOTHER_JOB, order);
        }
        boolean mine = order.id().equals(followed) || context.me().equals(order.holder());
        Optional<Order> taken = book.take(order, context.me());
        if (taken.isEmpty()) {
            return existing(current, Kind.UNDER_WAY, order);
        }
        return mine ? goOn(current, taken.get()) : takeOver(current, taken.get());
    }

    private CompletableFuture<RotationOutcome> existing(CertificateId id, Kind kind, @CheckForNull Order order) {
        return ask(id).thenApply(certificate -> new RotationOutcome(kind, certificate, order));
    }

    private CompletableFuture<IssuedCertificate> ask(CertificateId id) {
        return run.cancellation()
                .begin(() -> context.api().certificateInfo(id.number()))
                .thenApply(IssuedCertificate::of);
    }

    /** A restart came between the end of the order and the end of the run. */
    private CompletableFuture<RotationOutcome> afterTheEnd(CertificateId current, String followed) {
        Order last = context.book().endedOrder(followed).orElse(null);
        if (last != null && last.stage() == Stage.DELIVERED) {
            return existing(current, Kind.DELIVERED_BEFORE, last);
        }
        if (last != null && (last.stage() == Stage.FAILED || last.stage() == Stage.GIVEN_UP)) {
            // What ends this run without a restart ends it with one, too. A person may have decided so.
            return CompletableFuture.failedFuture(new ReissueException(
                    ReissueException.Kind.JOB_FAILED,
                    "The order of this run (" + last.id() + ") has ended as " + last.stage() + ": " + last.remark()));
        }
        return begin(current);
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
            return begin(current);
        }
        if (order.stage() == Stage.PREPARED) {
            // Nothing was sent for it, and this run may want another CSR.
            context.book().advance(order, known -> known.ended(Stage.WITHDRAWN, "Begun anew by " + context.me()));
            return begin(current);
        }
        requireSameKey(order);
        port.log("Going on with the order of an earlier run: " + order);
        return goOn(current, order)
                .handle((outcome, failure) -> failure != null && cause(failure) instanceof Superseded superseded
                        ? beginAfter(current, superseded)
                        : settled(outcome, failure))
                .thenCompose(Function.identity());
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

    private CompletableFuture<RotationOutcome> beginAfter(CertificateId current, Superseded superseded) {
        port.log(superseded.getMessage());
        return begin(current);
    }

    private static CompletableFuture<RotationOutcome> settled(
            @CheckForNull RotationOutcome outcome, @CheckForNull Throwable failure) {
        return failure == null
                ? CompletableFuture.completedFuture(outcome)
                : CompletableFuture.failedFuture(cause(failure));
    }

    private static Throwable cause(Throwable failure) {
        return Failures.cause(failure);
    }

    private CompletableFuture<RotationOutcome> begin(CertificateId current) {
        return ask(current)
                .thenComposeAsync(certificate -> unchecked(() -> judge(current, certificate)), context.disk());
    }

    private CompletableFuture<RotationOutcome> judge(CertificateId current, IssuedCertificate certificate)
            throws Exception {
        port.check(certificate);
        RotationVerdict verdict = RotationVerdict.of(
                certificate,
                port.inUse(certificate).orElse(null),
                settings.dueRule(),
                context.pauses().instant());
        port.log(verdict.reason());
        if (!verdict.isToBeReissued() && !settings.evenIfNotDue()) {
            return CompletableFuture.completedFuture(new RotationOutcome(
                    verdict.isRenewalNeeded() ? Kind.RENEWAL_NEEDED : Kind.NOT_DUE, certificate, null));
        }
        if (!verdict.isToBeReissued()) {
            port.log("Re-issuing it all the same, as asked");
        }
        return new RunningJobs(run)
                .requireNone(certificate.data(), ordersThatDoNotCross(current))
                .thenComposeAsync(nothing -> unchecked(() -> order(current, certificate)), context.disk());
    }

    /** Those of other certificates of that name and, since 'force' puts up with them, those that were given up. */
    private List<Order> ordersThatDoNotCross(CertificateId current) {
        Stream<Order> givenUp = settings.givesUpOpenOrder()
                ? context.book().endedOrders(MOST_GIVEN_UP).stream().filter(order -> order.stage() == Stage.GIVEN_UP)
                : Stream.empty();
        return Stream.concat(context.book().openOrders().stream(), givenUp)
                .filter(order -> order.certificate().system().equals(current.system()))
                .toList();
    }

    private CompletableFuture<RotationOutcome> order(CertificateId current, IssuedCertificate certificate) {
        Certificate existing = certificate.data();
        CertificateSigningRequest csr = settings.csr();
        PrivateKey key = null;
        if (csr == null) {
            KeyPair made = keys.apply(settings.newKey().algorithm());
            csr = newCsr(made, existing);
            key = made.getPrivate();
        }
        OrderDraft.requireSameName(existing, csr);
        OrderNames names = OrderNames.of(existing, csr, settings.changes().namesToRemove());
        names.tell(csr, port::log);
        if (settings.dryRun()) {
            return rehearse(certificate, csr);
        }
        Order order;
        try {
            order = context.book()
                    .begin(
                            new OrderBook.Draft(
                                    current,
                                    existing.name(),
                                    context.account(),
                                    csr,
                                    key,
                                    existing.serialNumber(),
                                    isRepeatable(existing, names),
                                    names.all()),
                            context.ctids(),
                            context.owner(),
                            context.me());
        } catch (OrderBookException e) {
            Optional<Order> other = e.kind() == OrderBookException.Kind.NOT_YOURS
                    ? context.book().openFor(current)
                    : Optional.empty();
            if (other.isEmpty()) {
                throw e;
            }
            // Another run was quicker by a moment.
            boolean ours = context.me().job().equals(other.get().owner().job());
            return CompletableFuture.completedFuture(
                    new RotationOutcome(ours ? Kind.UNDER_WAY : Kind.ORDERED_BY_ANOTHER_JOB, certificate, other.get()));
        }
        if (key != null) {
            port.log("The new key (" + settings.newKey().algorithm() + ") waits, sealed, in the order book (order "
                    + order.id() + ")");
        }
        return goOn(current, order);
    }

    private CertificateSigningRequest newCsr(KeyPair keys, Certificate existing) {
        try {
            return settings.newKey().csr(keys, existing, settings.changes().namesToRemove());
        } catch (PkiException | IllegalArgumentException e) {
            throw new ReissueException(
                    ReissueException.Kind.UNFIT,
                    "No CSR can be made for certificate " + given
                            + ", and nothing was ordered. Bring a CSR of your own, or change what is told here: "
                            + e.getMessage(),
                    e);
        }
    }

    private CompletableFuture<RotationOutcome> rehearse(IssuedCertificate certificate, CertificateSigningRequest csr) {
        return process.offer(certificate.data(), csr, product(certificate.data()))
                .thenApply(proof -> {
                    port.log("Dry run: the service takes a CSR for " + csr.dnsNames());
                    ProofOfControl.explanation(proof).forEach(port::log);
                    port.log("Nothing was ordered, and the key is gone");
                    return new RotationOutcome(Kind.DRY_RUN, certificate, null);
                });
    }

    private String product(Certificate existing) {
        String changed = settings.changes().product();
        return changed == null ? existing.product() : changed;
    }

    /** An order that costs nothing more and disturbs nobody if the service gets it twice. */
    private boolean isRepeatable(Certificate existing, OrderNames names) {
        return existing.authentication() != null
                && !AuthMethod.EMAIL.equals(existing.authentication().method())
                && !settings.changes().isBilled()
                && names.added().isEmpty();
    }

    private CompletableFuture<RotationOutcome> goOn(CertificateId current, Order order) {
        port.follows(order);
        return proven(current, order)
                .thenCompose(proven -> process.place(proven, proven.proof(), settings.changes()))
                .whenComplete((placed, failure) -> {
                    if (failure != null && !port.isInterrupted()) {
                        withdraw(order.id(), cause(failure));
                    }
                })
                .thenCompose(placed -> process.awaitCertificate(placed, context.ends()))
                // Whoever has lost the order meanwhile, or was ended, delivers nothing.
                .thenCompose(issued -> run.advance(issued.order(), UnaryOperator.identity())
                        .thenApply(own -> new OrderProcess.IssuedOrder(own, issued.certificate())))
                .thenApplyAsync(issued -> unchecked(() -> deliver(issued)), context.disk());
    }

    private CompletableFuture<Order> proven(CertificateId current, Order order) {
        if (order.stage() != Stage.PREPARED) {
            return CompletableFuture.completedFuture(order);
        }
        CompletableFuture<Order> offered = order.proof() != null
                ? CompletableFuture.completedFuture(order)
                : run.cancellation()
                        .begin(() -> context.api().certificateInfo(current.number()))
                        .thenCompose(existing -> process.offer(existing, OrderProcess.csr(order), product(existing)))
                        .thenCompose(proof -> {
                            ProofOfControl.explanation(proof).forEach(port::log);
                            return run.advance(order, known -> known.provenBy(proof));
                        });
        return offered.thenCompose(
                known -> run.cancellation().begin(() -> port.prove(known)).thenApply(done -> known));
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

    private RotationOutcome deliver(OrderProcess.IssuedOrder issued) throws Exception {
        Order order = issued.order();
        PrivateKey key = order.hasKey() ? context.book().key(order) : null;
        port.deliver(order, issued.certificate(), key);
        Order delivered = context.book().advance(order, Order::delivered);
        return new RotationOutcome(Kind.ROTATED, issued.certificate(), delivered);
    }

    private <T> CompletableFuture<T> blocking(Callable<T> work) {
        return CompletableFuture.supplyAsync(() -> unchecked(work), context.disk());
    }

    /** As futures want what fails. */
    private static <T> T unchecked(Callable<T> work) {
        try {
            return work.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
