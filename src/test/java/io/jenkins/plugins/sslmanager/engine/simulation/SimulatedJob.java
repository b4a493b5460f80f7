package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job that rotates certificates, build by build. */
final class SimulatedJob {

    /** Builds in a row that failed and named a person's decision, before the person takes it. */
    private static final int FAILURES_BEFORE_FORCE = 3;

    /**
     * What a job does.
     *
     * @param certificates that each of its builds rotates side by side
     * @param patience how long a build waits
     * @param force how likely a build forces
     */
    record Plan(
            String name,
            List<SimulatedCertificate> certificates,
            Duration patience,
            double force,
            boolean knowsTarget) {}

    private final World world;
    private final Controller controller;
    private final Plan plan;
    private final List<SimulatedBuild> builds = new ArrayList<>();
    private final Map<SimulatedCertificate, X509Certificate> inUse = new HashMap<>();
    private final Map<SimulatedCertificate, X509Certificate> kept = new HashMap<>();

    SimulatedJob(World world, Controller controller, Plan plan) {
        this.world = world;
        this.controller = controller;
        this.plan = plan;
    }

    String name() {
        return plan.name();
    }

    /** What was delivered last. */
    Map<SimulatedCertificate, X509Certificate> inUse() {
        return inUse;
    }

    /** What was kept last in the vault. */
    Map<SimulatedCertificate, X509Certificate> kept() {
        return kept;
    }

    /** That what was kept is on the disk, whatever has happened since. */
    void requireKept() {
        kept.forEach((certificate, leaf) -> {
            String line = Pem.encode(leaf).lines().skip(2).findFirst().orElseThrow();
            if (!controller.disk().surelyHolds("/" + Controller.VAULT + "/", text -> text.contains(line))) {
                world.story().violated(this + " has lost what was kept of " + certificate);
            }
        });
    }

    Plan plan() {
        return plan;
    }

    Controller controller() {
        return controller;
    }

    /** @return empty if nobody is there to run it */
    Optional<SimulatedBuild> build() {
        ControllerLife life = controller.life();
        if (!life.isAlive() || life.isStopping()) {
            return Optional.empty();
        }
        boolean force = isForceWanted() || world.faults().goOn() && world.dice().chance(plan.force());
        SimulatedBuild build = new SimulatedBuild(world, this, builds.size() + 1, force);
        builds.add(build);
        world.tally().count("builds");
        build.goOn(life);
        return Optional.of(build);
    }

    private boolean isForceWanted() {
        List<SimulatedBuild> last = builds.subList(Math.max(0, builds.size() - FAILURES_BEFORE_FORCE), builds.size());
        return last.size() == FAILURES_BEFORE_FORCE && last.stream().allMatch(SimulatedBuild::asksForForce);
    }

    void goOn(ControllerLife life) {
        builds.forEach(build -> build.goOn(life));
    }

    void interrupt() {
        builds.forEach(SimulatedBuild::interrupt);
    }

    void crash() {
        builds.forEach(SimulatedBuild::crash);
    }

    boolean isRunning(Holder holder) {
        return builds.stream()
                .anyMatch(build -> !build.isOver() && build.number().equals(holder.build()));
    }

    boolean isIdle() {
        return builds.stream().allMatch(SimulatedBuild::isOver);
    }

    /** Whether its last build has found or left nothing to do, with no fault about. */
    boolean isSettled() {
        return isIdle() && last().filter(SimulatedBuild::endedWell).isPresent();
    }

    Optional<SimulatedBuild> last() {
        return builds.isEmpty() ? Optional.empty() : Optional.of(builds.get(builds.size() - 1));
    }

    @Override
    public String toString() {
        return plan.name();
    }
}
