package io.jenkins.plugins.sslmanager.engine.simulation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxJobEnds;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.rotation.CurrentApi;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.KeptCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.NewKey;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import io.jenkins.plugins.sslmanager.engine.rotation.Rotation;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationContext;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationPort;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationSettings;
import io.jenkins.plugins.sslmanager.engine.rotation.Superseded;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.vault.JobVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** A step that rotates one certificate, as a Pipeline step does it. */
final class SimulatedStep implements RotationPort {

    private static final String SYSTEM = "sandbox";
    private static final DueRule DUE = DueRule.parse("99%");
    private static final NewKey KEY = new NewKey("RSA_2048", null, null, null);
    private static final Duration SAVING = Duration.ofMillis(200);
    private static final Duration LONGEST_PROOF = Duration.ofMinutes(2);
    private static final Duration LONGEST_UNTIL_ENDED = Duration.ofMinutes(1);
    private static final Set<RotationOutcome.Kind> DONE = EnumSet.of(
            RotationOutcome.Kind.ROTATED,
            RotationOutcome.Kind.DELIVERED_BEFORE,
            RotationOutcome.Kind.NOT_DUE,
            RotationOutcome.Kind.REISSUED_ELSEWHERE);

    /** Of these no certificate ever comes, so that a step finds another one at it each time. */
    private static final Set<Behaviour> NEVER_DONE =
            EnumSet.of(Behaviour.JOB_SUPPORT, Behaviour.JOB_FAILED, Behaviour.JOB_CANCELED);

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

    /** What a step is to do, in which build. */
    record Plan(
            SimulatedJob job,
            String build,
            String step,
            SimulatedCertificate certificate,
            boolean force,
            Instant deadline) {}

    private final World world;
    private final Plan plan;
    private final Holder me;

    @CheckForNull
    private String saved;

    @CheckForNull
    private String followed;

    private boolean aborted;

    @CheckForNull
    private ControllerLife life;

    @CheckForNull
    private Rotation rotation;

    @CheckForNull
    private RotationOutcome outcome;

    @CheckForNull
    private Throwable failure;

    SimulatedStep(World world, Plan plan) {
        this.world = world;
        this.plan = plan;
        // No other step has its execution, as in Jenkins.
        me = new Holder(plan.job().name(), plan.build(), plan.job().name() + plan.build() + plan.step());
    }

    void goOn(ControllerLife now) {
        if (isOver()) {
            return;
        }
        life = now;
        Rotation begun = world.seams()
                .identity()
                .rotation(
                        new RotationContext(
                                new CurrentApi(now::orderApi),
                                new InboxJobEnds(now.inbox(), plan.deadline(), now::inboxApi, this::waitLog),
                                now.inbox().runningJobs(),
                                now.book(),
                                now,
                                Runnable::run,
                                "account",
                                now.controller().ownCtids(),
                                new Owner(plan.job().name(), "timer"),
                                me),
                        new RotationSettings(
                                DUE,
                                plan.force(),
                                false,
                                plan.force(),
                                false,
                                KEY,
                                null,
                                OrderChanges.NONE,
                                plan.deadline()),
                        world.seams().port().apply(this, now.book()),
                        number(),
                        world.keys()::next);
        rotation = begun;
        begun.run(saved).whenComplete((ended, thrown) -> {
            if (now.isAlive() && !now.isStopping()) {
                isOver(ended, thrown == null ? null : innermost(thrown));
            }
        });
    }

    private static Throwable innermost(Throwable thrown) {
        Throwable cause = Failures.cause(thrown);
        return cause instanceof UncheckedIOException wrapped ? wrapped.getCause() : cause;
    }

    private void isOver(@CheckForNull RotationOutcome ended, @CheckForNull Throwable thrown) {
        outcome = ended;
        failure = thrown;
        world.story().tell(toString(), "ends: " + (ended == null ? String.valueOf(thrown) : ended.kind()));
        world.tally()
                .count("steps: " + (ended == null ? kind(thrown) : ended.kind().toString()));
        if (thrown != null && !isForeseen(thrown)) {
            world.story().violated(this + " failed of what nobody foresaw: " + thrown);
        }
        if (thrown instanceof Superseded
                || thrown instanceof ReissueException reissue && reissue.kind() == ReissueException.Kind.JOB_FAILED) {
            requireEnded();
        }
        if (thrown instanceof OrderBookException damage && damage.kind() == OrderBookException.Kind.DAMAGED) {
            plan.job().controller().callAnAdministrator();
        }
        if (ended != null && isLeftAsItIs(ended)) {
            requireTarget();
        }
        plan.job().controller().rules().requireKeys();
        plan.job().controller().rules().requireKnownJobs();
    }

    private static boolean isLeftAsItIs(RotationOutcome ended) {
        return ended.kind() == RotationOutcome.Kind.NOT_DUE || ended.kind() == RotationOutcome.Kind.REISSUED_ELSEWHERE;
    }

    /** That whoever has something in the vault has it where it was wanted, too. */
    private void requireTarget() {
        life.vault()
                .find(number(), plan.job().name())
                .filter(entry ->
                        !entry.newest().certificate().equals(plan.job().inUse().get(plan.certificate())))
                .ifPresent(entry -> world.story().violated(this + " has left its target without " + entry));
    }

    private static String kind(Throwable thrown) {
        return thrown instanceof ReissueException reissue
                ? reissue.kind().toString()
                : thrown instanceof OrderBookException book
                        ? "order book: " + book.kind()
                        : thrown.getClass().getSimpleName();
    }

    private boolean isForeseen(Throwable thrown) {
        return thrown instanceof ExpectedFailure && thrown.getMessage() != null
                || thrown instanceof PlantedTrouble
                || aborted && thrown instanceof CancellationException;
    }

    /** Its build was aborted. */
    void abort() {
        end();
        ControllerLife there = life;
        if (!isOver() && there != null) {
            aborted = true;
            there.after(LONGEST_UNTIL_ENDED, () -> {
                if (!isOver() && !there.isStopping()) {
                    world.story().violated(this + " does not end though it was aborted");
                }
            });
        }
    }

    /** The controller stops; the step goes on after its next start. */
    void interrupt() {
        end();
    }

    private void end() {
        Rotation begun = rotation;
        ControllerLife there = life;
        if (!isOver() && begun != null && there != null && there.isAlive()) {
            aborted |= !there.isStopping();
            begun.end();
        }
    }

    boolean isOver() {
        return outcome != null || failure != null;
    }

    boolean asksForForce() {
        return failure instanceof ExpectedFailure
                && String.valueOf(failure.getMessage()).contains("'force'");
    }

    SimulatedCertificate certificate() {
        return plan.certificate();
    }

    /** To another run of its job, or another job. */
    boolean leftItToAnother() {
        return outcome != null && !DONE.contains(outcome.kind());
    }

    boolean endedWell() {
        RotationOutcome ended = outcome;
        Behaviour behaviour = plan.certificate().behaviour();
        if (ended != null) {
            return DONE.contains(ended.kind()) || NEVER_DONE.contains(behaviour);
        }
        return behaviour == Behaviour.JOB_SUPPORT && failure instanceof ReissueException
                || (behaviour == Behaviour.JOB_FAILED || behaviour == Behaviour.JOB_CANCELED)
                        && failure instanceof ReissueException reissue
                        && reissue.kind() == ReissueException.Kind.JOB_FAILED;
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
    private void requireEnded() {
        String ended = followed;
        if (ended != null) {
            plan.job().controller().rules().requireEnded(ended);
        }
    }

    private void waitLog(String line) {
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

    private CertificateId number() {
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
        log("is given " + issued.data().name() + " of order " + order.id());
        plan.job().inUse().put(plan.certificate(), issued.chain().leaf());
        plan.job().controller().rules().isDelivered(order.request().publicKeySha256());
        world.tally().count("deliveries");
        life.surviveOrThrow(CrashPoint.DELIVERED);
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

    String told() {
        return plan.certificate() + ": " + (outcome == null ? failure : outcome.kind() + ", " + outcome.order());
    }

    @Override
    public String toString() {
        return me + " " + plan.step();
    }

    /** What went wrong where it was delivered, or where control was to be proved. */
    private static final class PlantedTrouble extends IOException {

        private static final long serialVersionUID = 1L;

        PlantedTrouble(String message) {
            super(message);
        }
    }
}
