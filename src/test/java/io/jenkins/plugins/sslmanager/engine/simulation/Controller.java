package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.inbox.StoredMessage;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** A controller over all its lives: its disk, its builds, its planned crashes, and the rules for what it confirms. */
final class Controller {

    static final String INBOX = "inbox";
    static final String ORDERS = "orders";
    static final String VAULT = "vault";
    static final String CTIDS = "jenkins-";

    private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(10);

    private static final Duration LONGEST_UNTIL_MENDED = Duration.ofHours(12);

    /** After a start, how long nothing is said of who lives. */
    private static final Duration RESUMING = Duration.ofMinutes(2);

    private static final Pattern KEY = Pattern.compile("\"publicKeySha256\":\"([0-9a-f]{64})\"");
    private static final JsonCodec CODEC = new JsonCodec();

    /** At the nth time that it comes to this point. */
    record PlannedCrash(CrashPoint point, int occurrence) {}

    private final World world;
    private final String name;
    private final QueuePolicy policy;
    private final SimulatedDisk disk;
    private final Set<PlannedCrash> plan;
    private final Map<CrashPoint, Integer> reached = new EnumMap<>(CrashPoint.class);
    private final List<SimulatedJob> jobs = new ArrayList<>();
    private final StoredSealingKey sealingKey = new StoredSealingKey();
    private final OrderRules rules;
    private final Set<Long> confirmed = new TreeSet<>();
    private final Set<Long> damaged = new TreeSet<>();
    private final Set<Long> everDamaged = new HashSet<>();
    private final Set<String> damagedRecords = new TreeSet<>();
    private boolean administratorComes;
    private int lives;
    private Duration clockIsAhead = Duration.ZERO;
    private ControllerLife life;

    Controller(World world, String name, QueuePolicy policy, Set<PlannedCrash> plan) {
        this.world = world;
        this.name = name;
        this.policy = policy;
        this.plan = plan;
        disk = new SimulatedDisk(
                world.dice(), world.seams().lies(), world.seams().hides());
        rules = new OrderRules(world, this);
    }

    String name() {
        return name;
    }

    QueuePolicy policy() {
        return policy;
    }

    String ownCtids() {
        return CTIDS + name + "-";
    }

    SimulatedDisk disk() {
        return disk;
    }

    OrderRules rules() {
        return rules;
    }

    StoredSealingKey sealingKey() {
        return sealingKey;
    }

    ControllerLife life() {
        return life;
    }

    Duration clockIsAhead() {
        return clockIsAhead;
    }

    void setClockAhead(Duration ahead) {
        world.story().tell(name, "its clock is " + ahead.toHours() + " hours ahead");
        clockIsAhead = ahead;
    }

    void add(SimulatedJob job) {
        jobs.add(job);
    }

    List<SimulatedJob> jobs() {
        return jobs;
    }

    /** Starts it, and all builds that were running. */
    void boot() {
        ControllerLife next = new ControllerLife(world, this, ++lives);
        life = next;
        world.story().tell(next.toString(), "starts");
        if (world.faults().happens(Fault.SEALING_KEY_AWAY, 0.05)) {
            sealingKey.setAway(true);
            world.after(world.dice().upTo(LONGEST_UNTIL_MENDED), () -> sealingKey.setAway(false));
        }
        // Put aside already, or taken away again by a power cut, since its name had never been certain.
        damaged.removeIf(id -> !disk.isFile(file(id)));
        damagedRecords.removeIf(file -> !disk.isFile(file));
        try {
            next.boot();
            requireDamagedPutAside();
            rules.requireKeys();
            rules.requireKnownJobs();
            jobs.forEach(SimulatedJob::requireKept);
            jobs.forEach(job -> job.goOn(next));
        } catch (Crash e) {
            // and comes back, as after any other crash
        } catch (IOException | RuntimeException e) {
            world.story().violated(next + " cannot start: " + e);
        }
    }

    /** Whether an execution does nothing any more, as far as that can be told. */
    boolean isOver(Holder holder) {
        return life.age().compareTo(RESUMING) > 0
                && jobs.stream().filter(job -> job.name().equals(holder.job())).noneMatch(job -> job.isRunning(holder));
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

    /** As an administrator does it. */
    void restart() {
        if (world.faults().goOn() && life.isAlive() && !life.isStopping()) {
            ControllerLife stopped = life;
            world.tally().count("restarts");
            world.story().tell(stopped.toString(), "is stopped");
            stopped.stop();
            jobs.forEach(SimulatedJob::interrupt);
            stopped.after(world.dice().upTo(Duration.ofSeconds(10)), () -> {
                stopped.die();
                world.after(world.dice().upTo(LONGEST_ABSENCE), this::boot);
            });
        }
    }

    private void crash(CrashPoint point) {
        life.die();
        world.tally().count(point);
        boolean powerCut = world.dice().chance(0.5);
        world.story().tell(life.toString(), (powerCut ? "loses power: " : "is killed: ") + point);
        world.tally().count(powerCut ? "crashes by power cut" : "crashes by kill");
        if (powerCut) {
            disk.cutPower();
            rules.requireKeys();
        }
        if (world.faults().happens(Fault.MESSAGE_DAMAGED, 0.2)) {
            damageAMessage();
        }
        if (world.faults().happens(Fault.RECORD_DAMAGED, 0.1)) {
            damageARecord();
        }
        jobs.forEach(SimulatedJob::crash);
        world.after(world.dice().upTo(LONGEST_ABSENCE), this::boot);
    }

    private void damageARecord() {
        List<String> records = disk.files("/" + ORDERS + "/").stream()
                .filter(file -> file.endsWith(".json") && !file.contains("/damaged/") && !file.contains("/ended/"))
                .toList();
        if (!records.isEmpty()) {
            String file = world.dice().of(records);
            Matcher keys = KEY.matcher(disk.text(file));
            while (keys.find()) {
                rules.isExcused(keys.group(1));
            }
            disk.damage(file);
            damagedRecords.add(file);
            world.story().tell(name, "its file " + file + " is damaged");
        }
    }

    /** Somebody was told that something is damaged. */
    void callAnAdministrator() {
        if (!administratorComes) {
            administratorComes = true;
            world.after(world.dice().upTo(LONGEST_UNTIL_MENDED), () -> {
                administratorComes = false;
                mendRecords();
            });
        }
    }

    /** An administrator deletes what is damaged, after a look at the service's jobs. */
    private void mendRecords() {
        if (rules.hasDamagedAndRunning()) {
            callAnAdministrator();
            return;
        }
        for (String file : disk.files("/" + ORDERS + "/")) {
            if (file.contains("/damaged/")) {
                world.story().tell(name, "an administrator deletes " + file);
                disk.erase(file);
            }
        }
        rules.isMended();
    }

    boolean hasDamagedRecord(long certificateNumber) {
        return disk.files("/" + ORDERS + "/open/damaged/").stream()
                .anyMatch(file -> file.contains("-" + certificateNumber + "-"));
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
        for (String file : damagedRecords) {
            int name = file.lastIndexOf('/');
            if (disk.isFile(file) || !disk.isFile(file.substring(0, name) + "/damaged" + file.substring(name))) {
                world.story().violated("the damaged record " + file + " was not put aside");
            }
        }
        damagedRecords.clear();
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
}
