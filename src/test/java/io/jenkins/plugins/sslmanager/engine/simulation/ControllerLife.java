package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A controller from its start to its crash: all that is in memory. Once it is dead, nothing of it has an effect. */
final class ControllerLife implements Pauses, SimulatedDisk.Watch {

    private final World world;
    private final Controller controller;
    private final int number;
    private final SslManagerApi inboxApi;
    private final SslManagerApi orderApi;
    private boolean alive = true;
    private boolean booted;
    private Inbox inbox;

    ControllerLife(World world, Controller controller, int number) {
        this.world = world;
        this.controller = controller;
        this.number = number;
        FaultyApi api = new FaultyApi(world, this);
        inboxApi = world.seams().inboxApi().apply(api);
        orderApi = world.seams().orderApi().apply(api);
    }

    /** @throws IOException never, unless the engine makes one up: the disk does not refuse while a controller starts */
    void boot() throws IOException {
        MessageStore store = MessageStore.open(controller.disk().directory(Controller.INBOX, this), this::tell);
        booted = true;
        inbox = new Inbox(InboxSettings.standard(controller.policy(), controller.ownCtids()), store, this, this::tell);
        if (controller.policy() == QueuePolicy.EXCLUSIVE) {
            inbox.runAlways(this::inboxApi);
        }
    }

    /** The last words of a dead controller are heard by nobody. */
    private void tell(String line) {
        if (alive) {
            world.story().tell(toString(), line);
        }
    }

    Inbox inbox() {
        return inbox;
    }

    SslManagerApi inboxApi() {
        return inboxApi;
    }

    SslManagerApi orderApi() {
        return orderApi;
    }

    boolean isAlive() {
        return alive;
    }

    void die() {
        alive = false;
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
        if (booted && world.faults().strikes(Fault.DISK_FULL)) {
            throw new IOException("No space left on device");
        }
    }

    /** May come after its death, for a request that was on its way. */
    void confirmed(PollMessage message) {
        controller.confirmed(message);
    }

    @Override
    public Instant instant() {
        return world.time().instant();
    }

    @Override
    public CompletableFuture<Void> pause(Duration duration) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        world.time().after(duration, () -> {
            if (alive) {
                over.complete(null);
            }
        });
        return over;
    }

    @Override
    public String toString() {
        return controller.name() + number;
    }
}
