package io.jenkins.plugins.sslmanager.engine.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What was ordered, for which key, by whom, and how far it is. What a method says is on the disk when it returns, so its caller
 * may have the effect that it announces.
 *
 * <p>At the service there is at most one order for a certificate. Several jobs may prepare one; the first that is sent ends the
 * others. A record that is damaged is never taken for none: as long as it lies in
 * the folder {@code damaged}, nothing is ordered for its certificate.
 *
 * <p>Methods block for the disk. They throw {@link StorageException} if something cannot be kept, and then nothing has changed
 * that an effect may follow from.
 */
public final class OrderBook {

    /** How long a key waits for its order, and the key of an order that was given up for its certificate. */
    public static final Duration KEY_KEPT = Duration.ofDays(30);

    private final Sealing sealing;
    private final Holders holders;
    private final InstantSource clock;
    private final OpenOrders open;
    private final EndedOrders ended;
    private final KeptKeys keys;
    private final DamagedRecords damage;
    private final FirstRecords firstRecords;

    private OrderBook(
            Path folder,
            Sealing sealing,
            Holders holders,
            InstantSource clock,
            Consumer<String> report,
            OrderListener listener)
            throws IOException {
        this.sealing = sealing;
        this.holders = holders;
        this.clock = clock;
        ended = new EndedOrders(folder.resolve("ended"), report);
        keys = new KeptKeys(folder.resolve("keys"), sealing, clock, report);
        CertificateNumbers numbers = new CertificateNumbers(folder.resolve("numbers"), report);
        OrderRecords records = new OrderRecords(folder.resolve("open"), ended, numbers, report);
        damage = new DamagedRecords(records, numbers, keys);
        firstRecords = new FirstRecords(sealing, clock);
        open = new OpenOrders(records, numbers, damage, keys, clock, listener);
    }

    /**
     * Opens the book in a folder, which is made if it is not there.
     *
     * @param holders who of those that work on orders still lives
     * @param report a line for an administrator for each file that is damaged
     * @throws IOException if the folder cannot be made or read
     */
    public static OrderBook open(
            Path folder, Sealing sealing, Holders holders, InstantSource clock, Consumer<String> report)
            throws IOException {
        return open(folder, sealing, holders, clock, report, (before, now) -> {});
    }

    /**
     * Opens it with somebody who is told of each record.
     *
     * @throws IOException if the folder cannot be made or read
     */
    public static OrderBook open(
            Path folder,
            Sealing sealing,
            Holders holders,
            InstantSource clock,
            Consumer<String> report,
            OrderListener listener)
            throws IOException {
        return new OrderBook(SafeFiles.createDirectories(folder), sealing, holders, clock, report, listener);
    }

    /** Returns the number that a certificate has now, after all re-issues that gave it another. */
    public CertificateId current(CertificateId given) {
        return open.current(given);
    }

    /**
     * Returns the open order for a certificate, by whatever number it has or had.
     *
     * @throws OrderBookException of the kind DAMAGED if a damaged record may be it
     */
    public Optional<Order> openFor(CertificateId given) {
        return open.forCertificate(given);
    }

    /**
     * Returns the open order for a certificate that a job has to do with: what the service may know, whose ever it is, or else
     * what this job has prepared.
     *
     * @param job its full name, as in {@link Holder}
     * @throws OrderBookException of the kind DAMAGED if a damaged record may be it
     */
    public Optional<Order> openFor(CertificateId given, String job) {
        return open.forCertificate(given, job);
    }

    /** Returns the open order for a key, whichever certificate it is for. */
    public Optional<Order> openForKey(String publicKeySha256) {
        return open.first(order -> order.request().publicKeySha256().equals(publicKeySha256));
    }

    /** Returns the open order that one of the service's jobs works on. */
    public Optional<Order> openForJob(String system, long jobId) {
        return open.first(
                order -> order.jobId() == jobId && order.certificate().system().equals(system));
    }

    /** Returns the open order with this id. */
    public Optional<Order> openOrder(String id) {
        return open.withId(id);
    }

    /** Returns all open orders, oldest first. */
    public List<Order> openOrders() {
        return open.all();
    }

    /** Returns the orders that have ended within a year. */
    public EndedOrders ended() {
        return ended;
    }

    /** Returns the private keys that no open order carries. */
    public KeptKeys keys() {
        return keys;
    }

    /**
     * Begins an order: its key is sealed and on the disk from here on. Until it is sent, it keeps no other job from the
     * certificate.
     *
     * @param entry of a certificate by whatever number it has or had; the order has the present one
     * @param ctids how the client transaction id shall begin
     * @throws OrderBookException of the kind NOT_YOURS if there is one of this job or at the service already, and of the kind DAMAGED if that cannot be
     *     told or the key cannot be sealed
     */
    public Order begin(OrderEntry entry, String ctids, Owner owner, Holder holder) {
        sealing.requireUsable();
        return open.add(
                entry.certificate(),
                holder.job(),
                () -> firstRecords.of(entry, open.current(entry.certificate()), ctids, owner, holder));
    }

    /**
     * Has somebody work on an order from now on, if nobody else does who still lives. {@link Holders} are asked while the book is
     * free for others, since their answer may need locks of Jenkins.
     *
     * @return empty if somebody else works on it
     * @throws OrderBookException of the kind NOT_YOURS if it belongs to another job, and of the kind CHANGED if it is not open any
     *     more
     */
    public Optional<Order> take(Order order, Holder me) {
        Holder other = holderOf(open.withId(order.id()).orElseThrow(() -> hasEnded(order)), me);
        if (other != null && !other.equals(me) && !holders.isOver(other)) {
            return Optional.empty();
        }
        Order taken = open.change(order.id(), now -> {
                    Holder holder = holderOf(now, me);
                    boolean isFree = holder == null || holder.equals(other);
                    return isFree && !me.equals(holder) ? now.heldBy(me) : now;
                })
                .orElseThrow(() -> hasEnded(order));
        return me.equals(taken.holder()) ? Optional.of(taken) : Optional.empty();
    }

    @CheckForNull
    private static Holder holderOf(Order order, Holder me) {
        if (!order.owner().isJob(me.job())) {
            throw new OrderBookException(
                    OrderBookException.Kind.NOT_YOURS, "Order " + order.id() + " belongs to another job");
        }
        return order.holder();
    }

    /** Has nobody work on an order any more, if this one still does. */
    public void release(String orderId, Holder me) {
        open.change(orderId, now -> {
            Holder holder = now.holder();
            return holder != null && holder.withJob("").equals(me.withJob("")) ? now.heldBy(null) : now;
        });
    }

    /**
     * Writes the next record of an order, before the effect that it announces or after one that has been seen.
     *
     * @param before the record that the caller knows
     * @param change gives back the very record that it gets where the caller only makes sure that it still counts
     * @throws OrderBookException of the kind CHANGED if that is not the record any more, and of the kind OVERTAKEN if another
     *     order was sent first, so that the caller must do nothing
     */
    public Order advance(Order before, UnaryOperator<Order> change) {
        return open.change(before.id(), now -> {
                    if (!now.isAsBefore(before)) {
                        throw changed(before, "it is held by " + (now.holder() == null ? "nobody" : now.holder()));
                    }
                    return change.apply(now);
                })
                .orElseThrow(() -> hasEnded(before));
    }

    private OrderBookException hasEnded(Order order) {
        Optional<Order> overtaken = ended.withId(order.id()).filter(Order::isOvertaken);
        return overtaken.isPresent()
                ? new OrderBookException(
                        OrderBookException.Kind.OVERTAKEN,
                        "Nothing was ordered for " + order.certificateName() + " with order " + order.id() + ": "
                                + overtaken.get().remark())
                : changed(order, "it has ended");
    }

    private static OrderBookException changed(Order order, String how) {
        return new OrderBookException(
                OrderBookException.Kind.CHANGED,
                "The order of " + order.certificateName() + " (" + order.id() + ") has changed meanwhile: " + how
                        + ". Nothing more is done here");
    }

    /**
     * Returns the private key of an order.
     *
     * @throws OrderBookException of the kind DAMAGED if it cannot be opened
     * @throws IllegalArgumentException if the book has none
     */
    public PrivateKey key(Order order) {
        String sealed = order.sealedKey();
        if (sealed == null) {
            throw new IllegalArgumentException("The order book has no private key for order " + order.id());
        }
        return SealedKeys.open(sealing, order.id(), sealed);
    }

    /** A person gives an order up, whoever works on it. Its key stays for {@link #KEY_KEPT}. */
    public Order giveUp(String orderId, String why) {
        return decide(orderId, now -> now.ended(now.sent() == 0 ? Stage.WITHDRAWN : Stage.GIVEN_UP, why));
    }

    /**
     * A person gives an order to another job. Whoever works on it does nothing more.
     *
     * @param next the new job, and who has decided so
     */
    public Order handOver(String orderId, Owner next) {
        return decide(orderId, now -> now.givenTo(next));
    }

    private Order decide(String orderId, UnaryOperator<Order> change) {
        return open.change(orderId, change)
                .orElseThrow(() -> new OrderBookException(
                        OrderBookException.Kind.CHANGED, "There is no open order " + orderId + " any more"));
    }

    /**
     * Lets what belongs to a job, or to jobs in a folder, belong to another from now on, or to none. Whoever works on an order
     * goes on with it under the job's new name. Ended orders follow by {@link EndedOrders#jobsMoved}, which takes longer.
     *
     * @param next gives the new full name for the old one; null where the job is deleted
     * @throws StorageException if not all of it could be kept; the same call again makes up for it
     */
    public void jobsMoved(Predicate<String> which, UnaryOperator<String> next) {
        IndependentChanges all = new IndependentChanges();
        for (Order order : open.all()) {
            all.attempt(() -> open.change(order.id(), now -> {
                String job = now.owner().job();
                return job != null && which.test(job) ? now.movedTo(next.apply(job)) : now;
            }));
        }
        all.attempt(() -> keys.jobsMoved(which, next));
        all.throwFailure();
    }

    /** Deletes what is past its time: kept keys after {@link #KEY_KEPT}, ended orders after a year. */
    public void clean() {
        Instant now = clock.instant();
        try {
            open.clean();
            keys.clean(now.minus(KEY_KEPT));
            ended.clean(now);
        } catch (IOException e) {
            throw new StorageException(
                    "Old records of the order book cannot be deleted", "Check the folder's permissions.", e);
        }
    }

    /** Returns what is damaged, for an administrator: the names of the files that were put aside. Empty if all is well. */
    public List<String> damaged() {
        return damage.all();
    }

    /** @throws OrderBookException of the kind DAMAGED if nothing can be sealed or opened, so that nothing can be ordered */
    public void requireSealing() {
        sealing.requireUsable();
    }

    /** Tells why nothing can be sealed or opened; empty if it can. */
    public Optional<String> sealingTrouble() {
        try {
            sealing.requireUsable();
            return Optional.empty();
        } catch (ExpectedFailure e) {
            return Optional.of(e.getMessage());
        }
    }
}
