package io.jenkins.plugins.sslmanager.engine.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One build: a step for each certificate. What its steps have saved is all that it knows after a crash. */
final class SimulatedBuild {

    private static final List<Duration> UNTIL_ABORT =
            List.of(Duration.ofSeconds(2), Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(2));
    private static final Duration SUPERVISION = Duration.ofMinutes(1);

    private final World world;
    private final SimulatedJob job;
    private final int number;
    private final boolean afterTheFaults;
    private final List<SimulatedStep> steps = new ArrayList<>();

    /** Whether it is over for Jenkins, whatever its steps do. */
    private boolean gone;

    SimulatedBuild(World world, SimulatedJob job, int number, boolean force) {
        this.world = world;
        this.job = job;
        this.number = number;
        afterTheFaults = !world.faults().goOn();
        Instant deadline = job.controller().life().instant().plus(job.plan().patience());
        for (SimulatedCertificate certificate : job.plan().certificates()) {
            steps.add(new SimulatedStep(
                    world, new SimulatedStep.Plan(job, number(), "step" + steps.size(), certificate, force, deadline)));
        }
        if (world.faults().happens(Fault.ABORT, 0.1)) {
            world.after(world.dice().upTo(world.dice().of(UNTIL_ABORT)), this::abort);
        } else if (world.faults().happens(Fault.TERMINATION, 0.05)) {
            world.after(world.dice().upTo(world.dice().of(UNTIL_ABORT)), this::terminate);
        }
    }

    String number() {
        return "#" + number;
    }

    /** From where it was saved. */
    void goOn(ControllerLife life) {
        if (!gone) {
            steps.forEach(step -> step.goOn(life));
        }
    }

    private void abort() {
        if (!isOver() && job.controller().life().isAlive()) {
            world.story().tell(toString(), "is aborted");
            steps.forEach(SimulatedStep::abort);
        }
    }

    /** As /term does it, or the build's deletion: its steps hear of it when the supervisor looks. */
    private void terminate() {
        if (!isOver() && job.controller().life().isAlive()) {
            world.story().tell(toString(), "is terminated");
            gone = true;
            world.after(world.dice().upTo(SUPERVISION), () -> steps.forEach(SimulatedStep::abort));
        }
    }

    void interrupt() {
        if (!gone) {
            steps.forEach(SimulatedStep::interrupt);
        }
    }

    /** Its controller has died; the build itself may be lost with it. */
    void crash() {
        if (!isOver() && world.faults().happens(Fault.LOST_BUILD, 0.2)) {
            world.story().tell(toString(), "is lost");
            gone = true;
        }
    }

    boolean isOver() {
        return gone || steps.stream().allMatch(SimulatedStep::isOver);
    }

    boolean isGone() {
        return gone;
    }

    boolean asksForForce() {
        return steps.stream().anyMatch(SimulatedStep::asksForForce);
    }

    /** Whether nothing is left to do for a later build. */
    boolean endedWell() {
        return afterTheFaults
                && steps.stream().allMatch(step -> step.endedWell() || step.leftItToAnother() && isDoneByAnother(step));
    }

    private boolean isDoneByAnother(SimulatedStep step) {
        return steps.stream().anyMatch(other -> other.certificate() == step.certificate() && other.endedWell());
    }

    @Override
    public String toString() {
        return job.name() + number();
    }

    String told() {
        return this + steps.stream().map(SimulatedStep::told).toList().toString();
    }
}
