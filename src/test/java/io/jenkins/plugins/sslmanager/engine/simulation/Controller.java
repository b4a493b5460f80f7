package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.inbox.StoredMessage;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;

/** A controller over all its lives: its disk, its builds, its planned crashes, and the rules for what it confirms. */
final class Controller {

    static final String INBOX = "inbox";

    private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(10);
    private static final JsonCodec CODEC = new JsonCodec();

    /** At the nth time that it comes to this point. */
    record PlannedCrash(CrashPoint point, int occurrence) {}

    private final World world;
    private final String name;
    private final QueuePolicy policy;
    private final SimulatedDisk disk;
    private final Set<PlannedCrash> plan;
    private final Map<CrashPoint, Integer> reached = new EnumMap<>(CrashPoint.class);
    private final List<SimulatedBuild> builds = new ArrayList<>();
    private final Set<Long> confirmed = new TreeSet<>();
    private final Set<Long> damaged = new TreeSet<>();
    private final Set<Long> everDamaged = new HashSet<>();
    private int lives;
    private ControllerLife life;

    Controller(World world, String name, QueuePolicy policy, Set<PlannedCrash> plan) {
        this.world = world;
        this.name = name;
        this.policy = policy;
        this.plan = plan;
        disk = new SimulatedDisk(world.dice(), world.seams().diskForces());
    }

    String name() {
        return name;
    }

    QueuePolicy policy() {
        return policy;
    }

    String ownCtids() {
        return "jenkins-" + name + "-";
    }

    SimulatedDisk disk() {
        return disk;
    }

    void add(SimulatedBuild build) {
        builds.add(build);
    }

    /** Starts it, and all builds that were running. */
    void boot() {
        ControllerLife next = new ControllerLife(world, this, ++lives);
        life = next;
        world.story().tell(next.toString(), "starts");
        // Put aside already, or taken away again by a power cut, since its name had never been certain.
        damaged.removeIf(id -> !disk.isFile(file(id)));
        try {
            next.boot();
            requireDamagedPutAside();
            builds.forEach(build -> build.goOn(next));
        } catch (Crash e) {
            // and comes back, as after any other crash
        } catch (IOException | RuntimeException e) {
            world.story().violated(next + " cannot start: " + e);
        }
    }

    /** Starts a build, now or when there is somebody to run it. */
    void start(SimulatedBuild build) {
        build.start();
        if (life.isAlive()) {
            build.goOn(life);
        }
    }

    boolean diesAt(CrashPoint point) {
        if (!world.faults().goOn() || !plan.remove(new PlannedCrash(point, reached.merge(point, 1, Integer::sum)))) {
            return false;
        }
        crash(point);
        return true;
    }

    void crashAtAnyTime() {
        if (world.faults().goOn() && life.isAlive()) {
            crash(CrashPoint.AT_ANY_TIME);
        }
    }

    private void crash(CrashPoint point) {
        life.die();
        world.faults().killed(point);
        boolean powerCut = world.dice().chance(0.5);
        world.story().tell(life.toString(), (powerCut ? "loses power: " : "is killed: ") + point);
        world.tally().count(powerCut ? "crashes by power cut" : "crashes by kill");
        if (powerCut) {
            disk.cutPower();
        }
        if (world.dice().chance(0.2)) {
            damageAMessage();
        }
        world.time().after(world.dice().upTo(LONGEST_ABSENCE), this::boot);
    }

    private void damageAMessage() {
        List<Long> stored = disk.list("/" + INBOX).stream()
                .filter(file -> file.endsWith(".json"))
                .map(file -> Long.valueOf(file.replaceAll("\\D", "")))
                .sorted()
                .toList();
        if (!stored.isEmpty()) {
            long id = world.dice().of(stored);
            disk.damage(file(id));
            damaged.add(id);
            everDamaged.add(id);
            world.tally().count("messages damaged on disk");
            world.story().tell(name, "its stored message " + id + " is damaged");
        }
    }

    private void requireDamagedPutAside() {
        for (long id : damaged) {
            if (disk.isFile(file(id)) || !disk.isFile("/" + INBOX + "/damaged/" + id + ".json")) {
                world.story().violated("the damaged message " + id + " was not put aside");
            }
        }
        damaged.clear();
    }

    private static String file(long messageId) {
        return "/" + INBOX + "/" + messageId + ".json";
    }

    /** At the instant when the service has taken the message out of the queue for this controller. */
    void confirmed(PollMessage message) {
        world.tally().count("messages confirmed");
        confirmed.add(message.id());
        boolean ours = message.ctid() != null && message.ctid().startsWith(ownCtids());
        if (policy == QueuePolicy.SHARED && !ours) {
            world.story().violated(name + " confirmed message " + message.id() + ", which is not its own");
        } else if (!isStored(message.id())) {
            world.story().violated(name + " confirmed message " + message.id() + " before it was on disk");
        }
    }

    void requireConfirmedStored() {
        confirmed.stream()
                .filter(id -> !isStored(id))
                .forEach(id -> world.story().violated(name + " confirmed message " + id + " and has lost it"));
    }

    /** Whether no power cut could take it away; a file that the disk itself has destroyed counts for nothing. */
    private boolean isStored(long messageId) {
        return everDamaged.contains(messageId)
                || disk.certain(file(messageId))
                        .filter(json -> isMessage(json, messageId))
                        .isPresent();
    }

    private static boolean isMessage(byte[] json, long id) {
        try {
            return CODEC.decode(json, StoredMessage.class).id() == id;
        } catch (JacksonException e) {
            return false;
        }
    }

    List<SimulatedBuild> builds() {
        return List.copyOf(builds);
    }
}
