package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxAccount;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** One run of everything, which follows from its seed: who rotates what, what goes wrong and who dies where. */
final class Schedule {

    /** From then on the first certificates are due. */
    /** So old that the service renews a certificate whose paid term ends with it. */
    private static final Duration RENEWABLE = Duration.ofDays(150);

    private static final Duration UNTIL_DUE = Duration.ofDays(5);

    /** Within so many builds after the last fault, each job has come to an end. */
    private static final int BUILDS_AFTER_THE_FAULTS = 30;

    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_BUILDS = Duration.ofHours(6);
    private static final Duration AFTER_THE_BUILDS = Duration.ofMinutes(15);
    private static final int MOST_EVENTS = 500_000;

    private static final List<Behaviour> BEHAVIOURS = List.of(
            Behaviour.ORDINARY,
            Behaviour.ORDINARY,
            Behaviour.ORDINARY,
            Behaviour.ORDINARY,
            Behaviour.JOB_SLOW,
            Behaviour.JOB_DEFERRED,
            Behaviour.JOB_FAILED,
            Behaviour.JOB_CANCELED,
            Behaviour.JOB_SUPPORT,
            Behaviour.NO_NOTIFICATION,
            Behaviour.NEW_ID,
            Behaviour.UNKNOWN_STATE,
            Behaviour.TERM_ENDS);

    /** Between the effects that count most. */
    private static final List<CrashPoint> RARE = List.of(
            CrashPoint.BEFORE_ORDER,
            CrashPoint.ORDERED,
            CrashPoint.ORDER_ANSWERED,
            CrashPoint.BEFORE_DELIVERY,
            CrashPoint.DELIVERED);

    /** What a schedule broke, and its last events. */
    record Violation(long seed, String rule, List<String> lastEvents) {}

    private final World world;
    private final QueuePolicy policy;
    private final List<Controller> controllers;
    private final List<SimulatedCertificate> certificates = new ArrayList<>();
    private int jobs;

    private Schedule(long seed, Seams seams, Tally tally) {
        VirtualTime time = new VirtualTime();
        Dice dice = new Dice(seed);
        Duration jobDelay = dice.of(
                List.of(Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMinutes(2), Duration.ofMinutes(10)));
        Sandbox sandbox = Sandbox.builder()
                .clock(time)
                .account("user", "secret", 1)
                .rateLimit(false)
                .jobDelay(jobDelay)
                .ageAtFirst(RENEWABLE)
                .build();
        SandboxAccount account = sandbox.account("user", 1);
        Ledger ledger = new Ledger(time, account, jobDelay);
        policy = dice.chance(0.3) ? QueuePolicy.EXCLUSIVE : QueuePolicy.SHARED;
        int count = policy == QueuePolicy.SHARED && dice.chance(0.3) ? 2 : 1;
        List<List<SimulatedCertificate>> portfolios = IntStream.range(0, count)
                .mapToObj(index -> portfolio(index, dice, account, ledger))
                .toList();
        time.after(UNTIL_DUE, () -> {});
        time.next();
        Faults faults = new Faults(time, dice, tally);
        world = new World(
                time,
                dice,
                new Story(time),
                tally,
                faults,
                new SandboxCalls(sandbox, protocolOf(seed), "user", "secret"),
                account,
                ledger,
                new ShownJobs(time, dice, tally, faults),
                new ShownCertificates(time, dice, tally, ledger),
                new Passwords(),
                new Others(policy == QueuePolicy.SHARED),
                new Keys(),
                seams);
        world.others().live(world);
        controllers = IntStream.range(0, count)
                .mapToObj(index -> controller(index, portfolios.get(index)))
                .toList();
    }

    /** Every second one is over XML. */
    private static Protocol protocolOf(long seed) {
        return seed % 2 == 0 ? Protocol.JSON : Protocol.XML;
    }

    /** @return empty if all rules were kept */
    static Optional<Violation> run(long seed, Seams seams, Tally tally) {
        Schedule schedule = new Schedule(seed, seams, tally);
        schedule.controllers.forEach(Controller::boot);
        schedule.planOthers();
        schedule.planTrouble();
        schedule.planBuilds();
        schedule.play();
        tally.count("schedules");
        return schedule.world
                .story()
                .violation()
                .map(rule -> new Violation(seed, rule, schedule.world.story().lastEvents()));
    }

    /** What one controller's jobs rotate; two of them may have one name. */
    private List<SimulatedCertificate> portfolio(int owner, Dice dice, SandboxAccount account, Ledger ledger) {
        List<SimulatedCertificate> all = new ArrayList<>();
        for (int i = dice.between(1, 3); i > 0; i--) {
            Behaviour behaviour = dice.of(BEHAVIOURS);
            String name = !all.isEmpty() && dice.chance(0.2)
                    ? all.get(0).name()
                    : behaviour.label() + "." + (char) ('a' + owner) + i + ".example.com";
            SimulatedCertificate certificate =
                    new SimulatedCertificate(name, account.addCertificate(name, AuthMethod.DNS), Behaviour.of(name));
            ledger.add(certificate);
            all.add(certificate);
        }
        certificates.addAll(all);
        return all;
    }

    private Controller controller(int index, List<SimulatedCertificate> portfolio) {
        Dice dice = world.dice();
        Set<Controller.PlannedCrash> plan = new HashSet<>();
        IntStream.range(0, dice.between(0, 5))
                .forEach(each -> plan.add(
                        dice.chance(0.3)
                                ? new Controller.PlannedCrash(dice.of(RARE), dice.between(1, 2))
                                : new Controller.PlannedCrash(
                                        dice.of(List.of(CrashPoint.values())),
                                        dice.between(1, dice.of(List.of(3, 12))))));
        Controller controller = new Controller(world, String.valueOf((char) ('A' + index)), policy, plan);
        for (int i = dice.between(1, 3); i > 0; i--) {
            controller.add(job(controller, portfolio));
        }
        return controller;
    }

    private SimulatedJob job(Controller controller, List<SimulatedCertificate> portfolio) {
        Dice dice = world.dice();
        List<SimulatedCertificate> rotated = new ArrayList<>(List.of(dice.of(portfolio)));
        if (dice.chance(0.3)) {
            rotated.add(dice.of(portfolio));
        }
        boolean endless = rotated.stream().anyMatch(each -> each.behaviour() == Behaviour.JOB_SUPPORT);
        return new SimulatedJob(
                world,
                controller,
                new SimulatedJob.Plan(
                        "job" + ++jobs,
                        rotated,
                        endless ? Duration.ofHours(2) : dice.of(List.of(Duration.ofHours(3), Duration.ofHours(20))),
                        dice.of(List.of(0.0, 0.0, 0.2)),
                        dice.chance(0.5)));
    }

    private void planOthers() {
        Dice dice = world.dice();
        for (int i = dice.between(0, 3); i > 0; i--) {
            world.others().planDomain(dice.chance(0.5) ? Duration.ZERO : withinTheFaults());
        }
        if (dice.chance(0.4)) {
            for (int i = dice.between(1, 3); i > 0; i--) {
                world.others()
                        .planReissue(
                                dice.upTo(dice.of(List.of(Duration.ofMinutes(5), untilNoFault()))),
                                dice.of(certificates));
            }
        }
    }

    private Duration untilNoFault() {
        return world.faults().end().minus(world.time().elapsed());
    }

    private Duration withinTheFaults() {
        return world.dice().upTo(untilNoFault());
    }

    private void planTrouble() {
        Dice dice = world.dice();
        for (Controller controller : controllers) {
            if (dice.chance(0.3)) {
                world.after(withinTheFaults(), controller::crashAtAnyTime);
            }
            if (dice.chance(0.2)) {
                world.after(withinTheFaults(), controller::restart);
            }
            if (dice.chance(0.3)) {
                planClockJumps(controller);
            }
        }
        if (dice.chance(0.2)) {
            Duration changed = withinTheFaults();
            world.after(changed, () -> {
                world.story().tell("admin", "changes the password at the service");
                world.tally().count(Fault.PASSWORD_CHANGED);
                world.passwords().changeAtService();
            });
            Duration stored = dice.chance(0.5) ? withinTheFaults() : changed.plusMinutes(1);
            world.after(stored, () -> {
                world.story().tell("admin", "changes the stored password");
                world.passwords().storeTheNewOne();
            });
        }
    }

    /** Until it is right again. */
    private void planClockJumps(Controller controller) {
        for (int i = world.dice().between(1, 3); i > 0; i--) {
            world.after(withinTheFaults(), () -> {
                world.tally().count(Fault.CLOCK_JUMP);
                controller.setClockAhead(Duration.ofDays(2).minus(world.dice().upTo(Duration.ofDays(4))));
            });
        }
        world.after(untilNoFault(), () -> controller.setClockAhead(Duration.ZERO));
    }

    private void planBuilds() {
        Duration spread = world.dice().of(List.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofMinutes(30)));
        for (Controller controller : controllers) {
            for (SimulatedJob job : controller.jobs()) {
                Duration pause =
                        untilNoFault().dividedBy(world.dice().between(1, 6)).plus(SHORTEST_PAUSE);
                world.after(world.dice().upTo(spread), () -> buildAmongFaults(job, pause));
            }
        }
    }

    private void buildAmongFaults(SimulatedJob job, Duration pause) {
        if (world.faults().goOn()) {
            job.build();
            world.after(pause, () -> buildAmongFaults(job, pause));
        } else {
            buildUntilSettled(job, 0);
        }
    }

    /** One after the other, as long as any job is not done: what one has left, another may wait for. */
    private void buildUntilSettled(SimulatedJob job, int builds) {
        if (areSettled()) {
            return;
        }
        if (builds > BUILDS_AFTER_THE_FAULTS && !job.isSettled()) {
            world.story()
                    .violated(job + " comes to no end in " + builds + " builds: "
                            + job.last().orElseThrow().told());
        }
        boolean built = job.isIdle() && job.build().isPresent();
        world.after(
                BETWEEN_BUILDS.plus(world.dice().upTo(SHORTEST_PAUSE)),
                () -> buildUntilSettled(job, built ? builds + 1 : builds));
    }

    private boolean areSettled() {
        return !world.faults().goOn()
                && controllers.stream()
                        .flatMap(controller -> controller.jobs().stream())
                        .allMatch(SimulatedJob::isSettled);
    }

    private void play() {
        Duration end = null;
        int events = 0;
        boolean more = true;
        while (more
                && world.story().violation().isEmpty()
                && (end == null || world.time().elapsed().compareTo(end) < 0)) {
            more = next();
            if (end == null && areSettled() && isQuiet()) {
                end = world.time().elapsed().plus(AFTER_THE_BUILDS);
            }
            if (++events > MOST_EVENTS) {
                world.story().violated("there is no end of events");
            }
        }
        if (world.story().violation().isEmpty()) {
            requireAllWell();
        }
    }

    private boolean next() {
        try {
            return world.time().next();
        } catch (Crash e) {
            return true;
        }
    }

    private boolean isQuiet() {
        return policy == QueuePolicy.SHARED
                || !world.others().run() && world.others().areAllTaken();
    }

    private void requireAllWell() {
        controllers.forEach(Controller::requireConfirmedStored);
        controllers.forEach(controller -> {
            controller.rules().requireKeys();
            controller.rules().requireKnownJobs();
            controller.rules().requireDelivered(certificates);
        });
        if (policy == QueuePolicy.EXCLUSIVE && !world.others().areAllTaken()) {
            world.story().violated("a foreign message was left in an exclusive queue");
        }
    }
}
