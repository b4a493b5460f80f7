package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxAccount;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import java.security.KeyPair;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** One run of everything, which follows from its seed: who orders what, what goes wrong and who dies where. */
final class Schedule {

    private static final Duration AFTER_THE_FAULTS = Duration.ofHours(24);
    private static final Duration AFTER_THE_BUILDS = Duration.ofMinutes(15);
    private static final Duration LAST_FOREIGN_MESSAGE = Duration.ofMinutes(40);
    private static final int MOST_EVENTS = 500_000;

    private static final List<Behaviour> BEHAVIOURS = List.of(
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
            Behaviour.UNKNOWN_STATE);

    /** One, and an RSA key, since to make keys and to check other kinds takes longer than all else here. */
    private static final KeyPair KEYS = KeyAlgorithm.RSA_2048.generate();

    private static final Map<String, CertificateSigningRequest> CSRS = new ConcurrentHashMap<>();

    /** What a schedule broke, and its last events. */
    record Violation(long seed, String rule, List<String> lastEvents) {}

    private final World world;
    private final ForeignMessages foreign;
    private final QueuePolicy policy;
    private final List<Controller> controllers;

    private Schedule(long seed, Seams seams, Tally tally) {
        VirtualTime time = new VirtualTime();
        Dice dice = new Dice(seed);
        Sandbox sandbox = Sandbox.builder()
                .clock(time)
                .account("user", "secret", 1)
                .rateLimit(false)
                .jobDelay(dice.of(List.of(
                        Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMinutes(2), Duration.ofMinutes(10))))
                .build();
        SandboxAccount account = sandbox.account("user", 1);
        world = new World(
                time,
                dice,
                new Story(time),
                tally,
                new Faults(time, dice, tally),
                new SandboxCalls(sandbox, protocolOf(seed), "user", "secret"),
                account,
                seams);
        policy = dice.chance(0.3) ? QueuePolicy.EXCLUSIVE : QueuePolicy.SHARED;
        foreign = new ForeignMessages(world, policy == QueuePolicy.SHARED);
        int count = policy == QueuePolicy.SHARED && dice.chance(0.4) ? 2 : 1;
        controllers = IntStream.range(0, count).mapToObj(this::controller).toList();
    }

    /** Every second one is over XML. */
    private static Protocol protocolOf(long seed) {
        return seed % 2 == 0 ? Protocol.JSON : Protocol.XML;
    }

    /** @return empty if all rules were kept */
    static Optional<Violation> run(long seed, Seams seams, Tally tally) {
        Schedule schedule = new Schedule(seed, seams, tally);
        schedule.planForeignMessages();
        schedule.controllers.forEach(Controller::boot);
        schedule.planBuilds();
        schedule.play();
        tally.count("schedules");
        return schedule.world
                .story()
                .violation()
                .map(rule -> new Violation(seed, rule, schedule.world.story().lastEvents()));
    }

    private Controller controller(int index) {
        Set<Controller.PlannedCrash> plan = new HashSet<>();
        IntStream.range(0, world.dice().between(0, 4))
                .forEach(each -> plan.add(new Controller.PlannedCrash(
                        world.dice().of(List.of(CrashPoint.values())),
                        world.dice().between(1, 4))));
        Controller controller = new Controller(world, String.valueOf((char) ('A' + index)), policy, plan);
        if (world.dice().chance(0.3)) {
            world.time().after(world.dice().upTo(Duration.ofHours(1)), controller::crashAtAnyTime);
        }
        return controller;
    }

    private void planForeignMessages() {
        IntStream.range(0, world.dice().between(0, 3))
                .forEach(each -> foreign.plan(
                        world.dice().chance(0.5) ? Duration.ZERO : world.dice().upTo(LAST_FOREIGN_MESSAGE)));
    }

    private void planBuilds() {
        Duration spread = world.dice().of(List.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofMinutes(30)));
        IntStream.rangeClosed(1, world.dice().between(1, 8)).forEach(number -> {
            Controller controller = world.dice().of(controllers);
            SimulatedBuild build = build(number, controller);
            controller.add(build);
            world.time().after(world.dice().upTo(spread), () -> controller.start(build));
        });
    }

    private SimulatedBuild build(int number, Controller controller) {
        Behaviour behaviour = world.dice().of(BEHAVIOURS);
        String certificateName = behaviour.label() + ".b" + number + ".example.com";
        CertificateSigningRequest csr =
                CSRS.computeIfAbsent(certificateName, name -> CertificateSigningRequest.create(KEYS, name, List.of()));
        return new SimulatedBuild(
                world,
                new SimulatedBuild.Plan(
                        "#" + number,
                        world.account().addCertificate(certificateName, AuthMethod.DNS),
                        csr,
                        controller.ownCtids() + number,
                        behaviour,
                        behaviour == Behaviour.JOB_SUPPORT ? Duration.ofHours(2) : Duration.ofDays(14),
                        world.dice().chance(0.05) ? world.dice().upTo(Duration.ofMinutes(5)) : null));
    }

    private void play() {
        Duration limit = world.faults().end().plus(AFTER_THE_FAULTS);
        Duration end = limit;
        int events = 0;
        boolean more = true;
        while (more
                && world.story().violation().isEmpty()
                && world.time().elapsed().compareTo(end) < 0) {
            more = next();
            if (end == limit && isQuiet()) {
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
        return !world.faults().goOn()
                && controllers.stream()
                        .flatMap(controller -> controller.builds().stream())
                        .allMatch(SimulatedBuild::isOver)
                && (policy == QueuePolicy.SHARED || foreign.areAllTaken());
    }

    private void requireAllWell() {
        controllers.forEach(Controller::requireConfirmedStored);
        controllers.stream()
                .flatMap(controller -> controller.builds().stream())
                .forEach(SimulatedBuild::requireRightEnd);
        if (policy == QueuePolicy.EXCLUSIVE && !foreign.areAllTaken()) {
            world.story().violated("a foreign message was left in an exclusive queue");
        }
    }
}
