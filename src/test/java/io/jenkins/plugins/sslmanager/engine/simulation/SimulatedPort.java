package io.jenkins.plugins.sslmanager.engine.simulation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.KeptCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationPort;
import io.jenkins.plugins.sslmanager.engine.vault.JobVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a rotation asks of a step, with the faults that a build may have: a target that is away, a log that is closed. */
final class SimulatedPort implements RotationPort {

    private static final String SYSTEM = "sandbox";
    private static final int MOST_RENEWALS = 9;
    private static final Duration SAVING = Duration.ofMillis(200);
    private static final Duration LONGEST_PROOF = Duration.ofMinutes(2);

    private static final List<String> MILESTONES = List.of(
            "Going on with the order of an earlier run",
            "is given up, as 'force' says",
            "Asking the service whether the order",
            "had arrived: its certificate is there",
            "had arrived: job",
            "may be the order for",
            "Ordering again, with the same CSR",
            "ended as superseded",
            "Asking for the certificate itself");

    private final World world;
    private final SimulatedStep.Plan plan;
    private final Holder me;

    @CheckForNull
    private ControllerLife life;

    @CheckForNull
    private String saved;

    @CheckForNull
    private String followed;

    SimulatedPort(World world, SimulatedStep.Plan plan, Holder me) {
        this.world = world;
        this.plan = plan;
        this.me = me;
    }

    /** A controller has started. */
    void begin(ControllerLife now) {
        life = now;
    }

    /** The order that the step goes on with after a restart; null where none was saved. */
    @CheckForNull
    String saved() {
        return saved;
    }

    /** That whoever has something in the vault has it where it was wanted, too. */
    void requireTarget() {
        life.vault()
                .find(number(), plan.job().name())
                .filter(entry ->
                        !entry.newest().certificate().equals(plan.job().inUse().get(plan.certificate())))
                .ifPresent(entry -> world.story().violated(this + " has left its target without " + entry));
    }

    @Override
    public void log(String line) {
        world.story().tell(toString(), line);
        if (line.contains("ended as superseded")) {
            requireEnded();
        }
        MILESTONES.stream()
                .filter(line::contains)
                .forEach(milestone -> world.tally().count("told: " + milestone));
    }

    /** That nothing can come any more of an order that is said to have come to its end. */
    void requireEnded() {
        String ended = followed;
        if (ended != null) {
            plan.job().controller().rules().requireEnded(ended);
        }
    }

    void waitLog(String line) {
        log(line);
        if (world.faults().strikes(Fault.DEAD_LOG, 0.5)) {
            throw new UncheckedIOException(new IOException("The build's log is closed"));
        }
    }

    @Override
    public void check(IssuedCertificate current) throws IOException {
        life.requireAlive();
        if (world.faults().strikes(Fault.DELIVERY_FAILED, 0.2)) {
            throw new PlantedTrouble("The target is away");
        }
        if (world.faults().strikes(Fault.TARGET_EMPTIED, 0.3)) {
            plan.job().inUse().remove(plan.certificate());
        }
    }

    @Override
    public Optional<X509Certificate> inUse(IssuedCertificate current) {
        return plan.job().plan().knowsTarget()
                ? Optional.ofNullable(plan.job().inUse().get(plan.certificate()))
                : Optional.empty();
    }

    CertificateId number() {
        return new CertificateId(SYSTEM, plan.certificate().firstNumber());
    }

    private JobVault vault() {
        return new JobVault(
                life.vault(), life.wanted(), life.book(), "account", plan.job().name(), "", entry -> false);
    }

    @Override
    public Optional<KeptCertificate> kept(IssuedCertificate current) {
        life.requireAlive();
        return vault().usable(number(), current.chain().leaf())
                .map(entry ->
                        new KeptCertificate(entry.newest().chain(), life.vault().key(entry)));
    }

    @Override
    public void fill(IssuedCertificate kept, PrivateKey key) throws IOException {
        life.requireAlive();
        requireFits(kept, key);
        if (!kept.chain().leaf().equals(plan.job().inUse().get(plan.certificate()))) {
            life.surviveOrThrow(CrashPoint.BEFORE_DELIVERY);
            plan.job().inUse().put(plan.certificate(), kept.chain().leaf());
            world.tally().count("targets filled from the vault");
            life.surviveOrThrow(CrashPoint.DELIVERED);
        }
    }

    @Override
    public void keep(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key) throws IOException {
        life.requireAlive();
        requireFits(order, issued, key);
        vault().keep(number(), issued.data().name(), "shop", issued.chain(), key);
        plan.job().kept().put(plan.certificate(), issued.chain().leaf());
        plan.job().requireKept();
    }

    @Override
    public int renewals(IssuedCertificate current) {
        return MOST_RENEWALS;
    }

    /** Saved a moment later, if the controller lives so long. */
    @Override
    public void follows(Order order) {
        ControllerLife there = life;
        followed = order.request().ctid();
        there.surviveOrThrow(CrashPoint.BEFORE_SAVE);
        there.after(world.dice().upTo(SAVING), () -> {
            saved = order.id();
            there.survives(CrashPoint.SAVED);
        });
    }

    @Override
    public CompletableFuture<Void> prove(Order order) {
        life.requireAlive();
        world.others().meddleWith(plan.certificate());
        return world.faults().strikes(Fault.PROOF_REFUSED, 0.5)
                ? CompletableFuture.failedFuture(new PlantedTrouble("No such zone"))
                : life.pause(world.dice().upTo(LONGEST_PROOF));
    }

    @Override
    public void deliver(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key) throws IOException {
        life.surviveOrThrow(CrashPoint.BEFORE_DELIVERY);
        plan.job().controller().rules().requireKeys();
        if (world.faults().strikes(Fault.DELIVERY_FAILED, 1)) {
            throw new PlantedTrouble("The agent is gone");
        }
        requireFits(order, issued, key);
        requireKept(issued);
        log("is given " + issued.data().name() + " of order " + order.id());
        plan.job().inUse().put(plan.certificate(), issued.chain().leaf());
        plan.job().controller().rules().isDelivered(order.request().publicKeySha256());
        world.tally().count("deliveries");
        life.surviveOrThrow(CrashPoint.DELIVERED);
    }

    private void requireKept(IssuedCertificate issued) {
        if (!issued.chain().leaf().equals(plan.job().kept().get(plan.certificate()))) {
            world.story().violated(this + " delivers what the vault does not keep");
        }
    }

    private void requireFits(IssuedCertificate issued, @CheckForNull PrivateKey key) {
        try {
            KeyStores.requirePair(key, issued.chain().leaf());
        } catch (PkiException | NullPointerException e) {
            world.story().violated(this + " was given a key that is not the certificate's: " + e.getMessage());
        }
    }

    private void requireFits(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key) {
        X509Certificate leaf = issued.chain().leaf();
        if (!order.request()
                .publicKeySha256()
                .equals(Certificates.sha256Hex(leaf.getPublicKey().getEncoded()))) {
            world.story().violated(this + " was given a certificate for another key than it has ordered");
        }
        requireFits(issued, key);
        if (!plan.job().name().equals(order.owner().job())) {
            world.story().violated(this + " was given what belongs to " + order.owner());
        }
        if (world.ledger().certificate(issued.data().id()) != plan.certificate()) {
            world.story()
                    .violated(this + " was given another certificate: "
                            + issued.data().id());
        }
        Optional<Holder> holder = life.book().openOrder(order.id()).map(Order::holder);
        if (holder.filter(me::equals).isEmpty()) {
            world.story().violated(this + " delivers an order that is not its own any more: " + holder);
        }
    }

    @Override
    public boolean isInterrupted() {
        return life.isStopping();
    }

    @Override
    public String toString() {
        return me + " " + plan.step();
    }
}
