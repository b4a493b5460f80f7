package io.jenkins.plugins.sslmanager.engine.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What was ordered, for which key, by whom, and how far it is. What a method says is on the disk when it returns, so its caller
 * may have the effect that it announces.
 *
 * <p>There is at most one open order for a certificate. A record that is damaged is never taken for none: as long as it lies in
 * the folder {@code damaged}, nothing is ordered for its certificate.
 *
 * <p>Methods block for the disk. They throw {@link StorageException} if something cannot be kept, and then nothing has changed
 * that an effect may follow from.
 */
public final class OrderBook {

    /** How long a key waits for its order, and the key of an order that was given up for its certificate. */
    public static final Duration KEY_KEPT = Duration.ofDays(30);

    private static final int ID_BYTES = 12;

    private final Sealing sealing;
    private final Holders holders;
    private final InstantSource clock;
    private final EndedOrders ended;
    private final KeptKeys keys;
    private final CertificateNumbers numbers;
    private final OrderRecords orders;
    private final DamagedRecords damage;
    private final SecureRandom random = new SecureRandom();
    private final OrderListener listener;

    private OrderBook(
            Path folder,
            Sealing sealing,
            Holders holders,
            InstantSource clock,
            Consumer<String> report,
            OrderListener listener)
            throws IOException {
        this.listener = listener;
        this.sealing = sealing;
        this.holders = holders;
        this.clock = clock;
        ended = new EndedOrders(folder.resolve("ended"));
        keys = new KeptKeys(folder.resolve("keys"), sealing, clock, report);
        numbers = new CertificateNumbers(folder.resolve("numbers"), report);
        orders = new OrderRecords(folder.resolve("open"), ended, numbers, report);
        damage = new DamagedRecords(orders, numbers);
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
     * The same, with somebody who is told of each record.
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

    /** The number that a certificate has now, after all re-issues that gave it another. */
    public synchronized CertificateId current(CertificateId given) {
        return numbers.current(given);
    }

    /**
     * The open order for a certificate, by whatever number it has or had.
     *
     * @throws OrderBookException of the kind DAMAGED if a damaged record may be it
     */
    public synchronized Optional<Order> openFor(CertificateId given) {
        CertificateId now = numbers.current(given);
        requireUndamaged(now);
        return orders.open().stream()
                .filter(order -> order.certificates().stream()
                        .anyMatch(each -> numbers.current(each).equals(now)))
                // A disk that refuses to sync what it has renamed may leave one that nobody has heard of beside it.
                .max(Comparator.comparing(order -> order.stage().mayBeAtService()));
    }

    private void requireUndamaged(CertificateId certificate) {
        try {
            Optional<String> damaged = damage.concerning(certificate);
            if (damaged.isPresent()) {
                throw new OrderBookException(
                        OrderBookException.Kind.DAMAGED,
                        "The order book's record " + damaged.get()
                                + " is damaged, so it is not known whether certificate "
                                + certificate
                                + " is ordered. Nothing is ordered for it until an administrator has looked"
                                + " at the certificate's jobs in the SSL Manager and deleted that file");
            }
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    /**
     * What is about to be ordered.
     *
     * @param privateKey null where the CSR was brought along
     * @param previousSerialNumber null where the certificate had never been issued
     * @param repeatable whether it costs nothing and disturbs nobody if it is sent a second time
     * @param names that the new certificate has to have, in ASCII
     */
    public record Draft(
            CertificateId certificate,
            String certificateName,
            String account,
            CertificateSigningRequest csr,
            @CheckForNull PrivateKey privateKey,
            @CheckForNull String previousSerialNumber,
            boolean repeatable,
            Collection<String> names) {}

    /**
     * Begins an order: its key is sealed and on the disk from here on, and nobody else begins one for this certificate.
     *
     * @param draft of a certificate by whatever number it has or had; the order has the present one
     * @param ctids how the client transaction id shall begin
     * @throws OrderBookException of the kind NOT_YOURS if there is an open one already, and of the kind DAMAGED if that cannot be
     *     told or the key cannot be sealed
     */
    public synchronized Order begin(Draft draft, String ctids, Owner owner, Holder holder) {
        sealing.requireUsable();
        openFor(draft.certificate()).ifPresent(other -> {
            throw new OrderBookException(
                    OrderBookException.Kind.NOT_YOURS,
                    "Certificate " + draft.certificate() + " has been ordered already (" + other.stage() + ", order "
                            + other.id() + "). One certificate has one open order at a time");
        });
        String id = newId();
        PrivateKey key = draft.privateKey();
        Instant now = clock.instant();
        Order order = new Order(
                id,
                Stage.PREPARED,
                numbers.current(draft.certificate()),
                draft.certificateName(),
                draft.account(),
                new Order.Request(
                        draft.csr().toPem(),
                        draft.csr().publicKeySha256(),
                        ctids + id,
                        draft.previousSerialNumber(),
                        draft.repeatable(),
                        List.copyOf(draft.names())),
                null,
                owner,
                holder,
                0,
                0,
                0,
                null,
                null,
                key == null ? null : SealedKeys.seal(sealing, id, key),
                now,
                now);
        return write(order);
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
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
        Holder other = ownedBy(me, order).holder();
        return other == null || other.equals(me) || holders.isOver(other)
                ? takeFrom(other, order, me)
                : Optional.empty();
    }

    private synchronized Optional<Order> takeFrom(@CheckForNull Holder other, Order order, Holder me) {
        Order now = ownedBy(me, order);
        Holder holder = now.holder();
        if (me.equals(holder)) {
            return Optional.of(now);
        }
        return holder == null || holder.equals(other) ? Optional.of(write(now.heldBy(me))) : Optional.empty();
    }

    private synchronized Order ownedBy(Holder me, Order order) {
        Order now = stillOpen(order);
        if (!now.owner().isJob(me.job())) {
            throw new OrderBookException(
                    OrderBookException.Kind.NOT_YOURS, "Order " + order.id() + " belongs to another job");
        }
        return now;
    }

    /** Has nobody work on an order any more, if this one still does. */
    public synchronized void release(String orderId, Holder me) {
        Order now = orders.open(orderId);
        Holder holder = now == null ? null : now.holder();
        if (holder != null && holder.withJob("").equals(me.withJob(""))) {
            write(now.heldBy(null));
        }
    }

    /**
     * The next record of an order, before the effect that it announces or after one that has been seen.
     *
     * @param before the record that the caller knows
     * @throws OrderBookException of the kind CHANGED if that is not the record any more, so that the caller must do nothing
     */
    public synchronized Order advance(Order before, UnaryOperator<Order> change) {
        Order now = stillOpen(before);
        if (!now.isAsBefore(before)) {
            throw changed(before, "it is held by " + (now.holder() == null ? "nobody" : now.holder()));
        }
        return write(change.apply(now));
    }

    private Order stillOpen(Order order) {
        Order now = orders.open(order.id());
        if (now == null) {
            throw changed(order, "it has ended");
        }
        return now;
    }

    private static OrderBookException changed(Order order, String how) {
        return new OrderBookException(
                OrderBookException.Kind.CHANGED,
                "The order of " + order.certificateName() + " (" + order.id() + ") has changed meanwhile: " + how
                        + ". Nothing more is done here");
    }

    private Order write(Order next) {
        Order stamped = next.at(clock.instant());
        if (!stamped.stage().isOpen() && stamped.stage() != Stage.DELIVERED && stamped.sent() > 0) {
            // Its certificate may still come, or its CSR be ordered once more.
            keys.keep(required(stamped.id()));
        }
        try {
            Order before = orders.open(stamped.id());
            if (stamped.stage().isOpen()) {
                orders.put(stamped);
            } else {
                orders.end(stamped);
            }
            listener.written(before, stamped);
        } catch (IOException e) {
            throw cannotKeep(stamped, e);
        }
        return stamped;
    }

    private static StorageException cannotRead(IOException cause) {
        return new StorageException("The order book cannot be read", "Check the folder's permissions.", cause);
    }

    private static StorageException cannotKeep(Order order, IOException cause) {
        return new StorageException(
                "The order of " + order.certificateName() + " cannot be written into the order book",
                "Nothing more was done for it. Check the permissions of the folder and the space on its disk.",
                cause);
    }

    /**
     * The private key of an order.
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

    /** Keeps a key that nothing is ordered for yet, for {@link #KEY_KEPT}. */
    public synchronized void keepKey(PrivateKey key, CertificateSigningRequest csr, Owner owner) {
        sealing.requireUsable();
        keys.keep(key, csr, owner);
    }

    /**
     * The key of a CSR that an earlier step of this job has made.
     *
     * @throws OrderBookException of the kind NOT_YOURS if another job has made it
     */
    public synchronized Optional<PrivateKey> keptKey(String publicKeySha256, String job) {
        return keys.find(publicKeySha256, job);
    }

    /** Once an order carries it, or nobody needs it. */
    public synchronized void forgetKey(String publicKeySha256) {
        keys.forget(publicKeySha256);
    }

    /** The open order for a key, whichever certificate it is for. */
    public synchronized Optional<Order> openForKey(String publicKeySha256) {
        return orders.open().stream()
                .filter(order -> order.request().publicKeySha256().equals(publicKeySha256))
                .findFirst();
    }

    /** The open order that one of the service's jobs works on. */
    public synchronized Optional<Order> openForJob(String system, long jobId) {
        return orders.open().stream()
                .filter(order ->
                        order.jobId() == jobId && order.certificate().system().equals(system))
                .findFirst();
    }

    /** All open orders, oldest first. */
    public synchronized List<Order> openOrders() {
        return orders.open().stream()
                .sorted(Comparator.comparing(Order::created))
                .toList();
    }

    /** The open order with this id. */
    public synchronized Optional<Order> openOrder(String id) {
        return Optional.ofNullable(orders.open(id));
    }

    /**
     * Orders that have ended within a year, latest first.
     *
     * @param most how many
     */
    public List<Order> endedOrders(int most) {
        return endedOrders(any -> true, most);
    }

    /** The same of one job alone. */
    public List<Order> endedOrders(String job, int most) {
        return endedOrders(order -> order.owner().isJob(job), most);
    }

    private List<Order> endedOrders(Predicate<Order> which, int most) {
        try {
            return ended.latest(which, most);
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    /** The order with this id, if it has ended within a year. */
    public Optional<Order> endedOrder(String id) {
        try {
            return ended.withId(id);
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    /** A person gives an order up, whoever works on it. Its key stays for {@link #KEY_KEPT}. */
    public synchronized Order giveUp(String orderId, String why) {
        Order now = required(orderId);
        return write(now.ended(now.sent() == 0 ? Stage.WITHDRAWN : Stage.GIVEN_UP, why));
    }

    /**
     * A person gives an order to another job. Whoever works on it does nothing more.
     *
     * @param next the new job, and who has decided so
     */
    public synchronized Order handOver(String orderId, Owner next) {
        return write(required(orderId).givenTo(next));
    }

    private Order required(String orderId) {
        Order now = orders.open(orderId);
        if (now == null) {
            throw new OrderBookException(
                    OrderBookException.Kind.CHANGED, "There is no open order " + orderId + " any more");
        }
        return now;
    }

    /**
     * Lets what belongs to a job, or to jobs in a folder, belong to another from now on, or to none. Whoever works on an order
     * goes on with it under the job's new name.
     *
     * @param next gives the new full name for the old one; null where the job is deleted
     * @throws StorageException if not all of it could be kept; the same call again makes up for it
     */
    public synchronized void jobsMoved(Predicate<String> which, UnaryOperator<String> next) {
        IndependentChanges all = new IndependentChanges();
        for (Order order : List.copyOf(orders.open())) {
            String job = order.owner().job();
            if (job != null && which.test(job)) {
                all.attempt(() -> write(order.movedTo(next.apply(job))));
            }
        }
        all.attempt(() -> keys.jobsMoved(which, next));
        all.throwFailure();
    }

    /**
     * The same for orders that have ended. It reads all of them, so it is for a thread that may take its time.
     *
     * @param next gives the new full name for the old one; null where the job is deleted
     */
    public void endedJobsMoved(Predicate<String> which, UnaryOperator<String> next) {
        try {
            ended.jobsMoved(which, next);
        } catch (IOException e) {
            throw new StorageException(
                    "Orders that have ended cannot follow their job",
                    "Check the permissions of the folder and the space on its disk.",
                    e);
        }
    }

    /** Deletes what is past its time: kept keys after {@link #KEY_KEPT}, ended orders after a year. */
    public void clean() {
        Instant now = clock.instant();
        try {
            cleanOpen(now);
            ended.clean(now);
        } catch (IOException e) {
            throw new StorageException(
                    "Old records of the order book cannot be deleted", "Check the folder's permissions.", e);
        }
    }

    private synchronized void cleanOpen(Instant now) throws IOException {
        orders.removeStrays();
        keys.clean(now.minus(KEY_KEPT));
    }

    /** What is damaged, for an administrator: the names of the files that were put aside. Empty if all is well. */
    public synchronized List<String> damaged() {
        try {
            return Stream.of(orders.damaged(), keys.damaged(), numbers.damaged())
                    .flatMap(List::stream)
                    .toList();
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    /** @throws OrderBookException of the kind DAMAGED if nothing can be sealed or opened, so that nothing can be ordered */
    public void requireSealing() {
        sealing.requireUsable();
    }

    /** Why nothing can be sealed or opened; empty if it can. */
    public Optional<String> sealingTrouble() {
        try {
            sealing.requireUsable();
            return Optional.empty();
        } catch (ExpectedFailure e) {
            return Optional.of(e.getMessage());
        }
    }
}
