package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.orders.KeySealing;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.vault.Vault;
import io.jenkins.plugins.sslmanager.engine.vault.WantedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A controller from its start to its crash: all that is in memory. Once it is dead, nothing of it has an effect. */
final class ControllerLife implements Pauses, SimulatedDisk.Watch {

    private final World world;
    private final Controller controller;
    private final int number;
    private final List<Poll> polls = new ArrayList<>();
    private final Instant begun;
    private boolean polling;
    private boolean alive = true;
    private boolean stopping;
    private boolean booted;
    private Inbox inbox;
    private OrderBook book;
    private Vault vault;
    private WantedKeys wanted;

    ControllerLife(World world, Controller controller, int number) {
        this.world = world;
        this.controller = controller;
        this.number = number;
        begun = world.time().instant();
    }

    /** @throws IOException never, unless the engine makes one up: the disk does not refuse while a controller starts */
    void boot() throws IOException {
        Path orders = controller.disk().directory(Controller.ORDERS, this);
        MessageStore store = MessageStore.open(controller.disk().directory(Controller.INBOX, this), this::tell);
        KeySealing sealing = new KeySealing(orders, controller.sealingKey());
        book = OrderBook.open(orders, sealing, controller::isOver, this, this::tell);
        Path kept = controller.disk().directory(Controller.VAULT, this);
        vault = Vault.open(kept, sealing, book::current, this, this::tell);
        wanted = WantedKeys.open(kept.resolve("wanted"), this, this::tell);
        booted = true;
        inbox = new Inbox(InboxSettings.standard(controller.policy(), controller.ownCtids()), store, this, this::tell);
        if (controller.policy() == QueuePolicy.EXCLUSIVE) {
            inbox.runAlways(this::inboxApi);
        }
    }

    /** The last words of a dead controller are heard by nobody. */
    void tell(String line) {
        if (alive) {
            world.story().tell(toString(), line);
        }
    }

    Inbox inbox() {
        return inbox;
    }

    OrderBook book() {
        return book;
    }

    Vault vault() {
        return vault;
    }

    WantedKeys wanted() {
        return wanted;
    }

    Controller controller() {
        return controller;
    }

    Duration age() {
        return Duration.between(begun, world.time().instant());
    }

    SslManagerApi inboxApi() {
        return world.seams().inboxApi().apply(new FaultyApi(world, this));
    }

    SslManagerApi orderApi() {
        return world.seams().orderApi().apply(new FaultyApi(world, this));
    }

    /** The answers of all polls so far. */
    List<Poll> polls() {
        return polls;
    }

    void beginsToPoll() {
        if (polling) {
            world.story().violated(this + " polls twice at a time");
        }
        polling = true;
    }

    void hasPolled() {
        polling = false;
    }

    boolean isAlive() {
        return alive;
    }

    void die() {
        alive = false;
    }

    /** It is about to be stopped, and its builds are to go on after its next start. */
    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** @return whether it is alive, also after this point */
    boolean survives(CrashPoint point) {
        return alive && !controller.diesAt(point);
    }

    void surviveOrThrow(CrashPoint point) {
        if (!survives(point)) {
            throw new Crash(point);
        }
    }

    @Override
    public void requireAlive() {
        if (!alive) {
            throw new Crash(CrashPoint.AT_ANY_TIME);
        }
    }

    @Override
    public void reach(CrashPoint point) throws IOException {
        surviveOrThrow(point);
        if (booted && world.faults().strikes(Fault.DISK_FULL, 0.1)) {
            throw new IOException("No space left on device");
        }
    }

    /** May come after its death, for a request that was on its way. */
    void confirmed(PollMessage message) {
        controller.confirmed(message);
    }

    /** The same. */
    void ordered(long certificateNumber, String csr, String ctid, boolean renewal, long jobId) {
        controller.rules().ordered(world.ledger().place(certificateNumber, csr, ctid, renewal, jobId, controller));
    }

    /** By a clock that may jump. */
    @Override
    public Instant instant() {
        return world.time().instant().plus(controller.clockIsAhead());
    }

    @Override
    public CompletableFuture<Void> pause(Duration duration) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        after(duration, () -> over.complete(null));
        return over;
    }

    /** If it lives so long. */
    void after(Duration delay, Runnable what) {
        world.after(delay, () -> {
            if (alive) {
                what.run();
            }
        });
    }

    @Override
    public String toString() {
        return controller.name() + number;
    }
}
