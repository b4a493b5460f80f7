package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages about domains in the same queue, and their owner, who takes them out of it some time later, if there is one. */
final class ForeignMessages {

    private static final Duration LONGEST_INDIFFERENCE = Duration.ofHours(1);

    private final World world;
    private final boolean haveOwner;
    private final List<Long> ids = new ArrayList<>();
    private int planned;

    ForeignMessages(World world, boolean haveOwner) {
        this.world = world;
        this.haveOwner = haveOwner;
    }

    void plan(Duration delay) {
        planned++;
        world.time().after(delay, this::add);
    }

    private void add() {
        long id = world.account().addForeignMessage("example" + ids.size() + ".net");
        ids.add(id);
        world.tally().count("foreign messages");
        world.story().tell("owner", "foreign message " + id + " enters the queue");
        if (haveOwner) {
            lookAgain(id);
        }
    }

    private void lookAgain(long id) {
        world.time().after(world.dice().upTo(LONGEST_INDIFFERENCE), () -> confirm(id));
    }

    private void confirm(long id) {
        Optional<Long> head = world.service().pollInfo().message().map(PollMessage::id);
        if (head.filter(oldest -> oldest == id).isPresent()) {
            world.service().pollConfirm(id);
            world.story().tell("owner", "confirms foreign message " + id);
        } else {
            lookAgain(id);
        }
    }

    boolean areAllTaken() {
        return ids.size() == planned
                && world.account().queuedMessageIds().stream().noneMatch(ids::contains);
    }
}
