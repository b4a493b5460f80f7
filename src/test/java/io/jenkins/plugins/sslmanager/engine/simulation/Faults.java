package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides what goes wrong, until a time from which nothing does any more. */
final class Faults {

    private static final List<Fault> OF_REQUESTS = List.copyOf(EnumSet.range(Fault.NOT_SENT, Fault.LATE));

    private static final List<Fault> IN_DOUBT =
            List.of(Fault.LOST_BEFORE_THE_SERVICE_ACTED, Fault.LOST_AFTER_THE_SERVICE_ACTED);

    private static final Set<Fault> OF_POLLS_ONLY = EnumSet.of(Fault.OLDER_POLL);

    private final VirtualTime time;
    private final Dice dice;
    private final Tally tally;
    private final Duration end;
    private final double rate;

    /** How likely it is besides that the answer to an order is lost. */
    private final double doubt;

    /** They begin now. */
    Faults(VirtualTime time, Dice dice, Tally tally) {
        this.time = time;
        this.dice = dice;
        this.tally = tally;
        Duration longest = dice.of(List.of(Duration.ofHours(2), Duration.ofHours(4), Duration.ofDays(3)));
        end = time.elapsed().plus(dice.upTo(longest));
        rate = dice.of(List.of(0.0, 0.03, 0.1, 0.3));
        doubt = dice.of(List.of(0.0, 0.0, 0.4, 0.8));
    }

    Duration end() {
        return end;
    }

    boolean goOn() {
        return time.elapsed().compareTo(end) < 0;
    }

    Optional<Fault> of(Task task) {
        if (isOrder(task) && goOn() && dice.chance(doubt)) {
            Fault fault = dice.of(IN_DOUBT);
            tally.count(fault);
            return Optional.of(fault);
        }
        if (!goOn() || !dice.chance(rate)) {
            return Optional.empty();
        }
        Optional<Fault> fault = Optional.of(dice.of(OF_REQUESTS)).filter(drawn -> isPossible(drawn, task));
        fault.ifPresent(tally::count);
        return fault;
    }

    private static boolean isOrder(Task task) {
        return task == Task.REISSUE || task == Task.RENEW;
    }

    /** The client never repeats an order by itself. */
    private static boolean isPossible(Fault fault, Task task) {
        return task == Task.POLL_INFO || !OF_POLLS_ONLY.contains(fault) && (fault != Fault.REPEATED || !isOrder(task));
    }

    /** @param share of the rate at which requests fail */
    boolean strikes(Fault fault, double share) {
        boolean strikes = goOn() && dice.chance(rate * share);
        if (strikes) {
            tally.count(fault);
        }
        return strikes;
    }

    /** With a chance of its own, whatever the rate. */
    boolean happens(Fault fault, double chance) {
        boolean happens = goOn() && dice.chance(chance);
        if (happens) {
            tally.count(fault);
        }
        return happens;
    }
}
