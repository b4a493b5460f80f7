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

    private static final List<Fault> OF_REQUESTS =
            EnumSet.complementOf(EnumSet.of(Fault.DISK_FULL, Fault.DEAD_LOG)).stream()
                    .toList();

    private static final Set<Fault> OF_POLLS_ONLY = EnumSet.of(Fault.OLDER_POLL);

    private final VirtualTime time;
    private final Dice dice;
    private final Tally tally;
    private final Duration end;
    private final double rate;
    private int injected;

    Faults(VirtualTime time, Dice dice, Tally tally) {
        this.time = time;
        this.dice = dice;
        this.tally = tally;
        end = dice.upTo(Duration.ofHours(2));
        rate = dice.of(List.of(0.0, 0.03, 0.1, 0.3));
    }

    Duration end() {
        return end;
    }

    boolean goOn() {
        return time.elapsed().compareTo(end) < 0;
    }

    /** Whether anything has gone wrong at all, or anybody was killed. */
    boolean happened() {
        return injected > 0;
    }

    void killed(CrashPoint point) {
        injected++;
        tally.count(point);
    }

    Optional<Fault> of(Task task) {
        if (!goOn() || !dice.chance(rate)) {
            return Optional.empty();
        }
        Optional<Fault> fault = Optional.of(dice.of(OF_REQUESTS)).filter(drawn -> isPossible(drawn, task));
        fault.ifPresent(this::inject);
        return fault;
    }

    /** The client never repeats an order by itself. */
    private static boolean isPossible(Fault fault, Task task) {
        return task == Task.POLL_INFO
                || !OF_POLLS_ONLY.contains(fault) && (fault != Fault.REPEATED || task != Task.REISSUE);
    }

    boolean strikes(Fault fault) {
        boolean strikes = goOn() && dice.chance(rate / 2);
        if (strikes) {
            inject(fault);
        }
        return strikes;
    }

    private void inject(Fault fault) {
        injected++;
        tally.count(fault);
    }
}
