package io.jenkins.plugins.sslmanager.engine.simulation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxJobEnds;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.rotation.AtTermEnd;
import io.jenkins.plugins.sslmanager.engine.rotation.CurrentApi;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.NewKey;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import io.jenkins.plugins.sslmanager.engine.rotation.Rotation;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationContext;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationSettings;
import io.jenkins.plugins.sslmanager.engine.rotation.Superseded;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** A step that rotates one certificate, as a Pipeline step does it. */
final class SimulatedStep {

    private static final DueRule DUE = DueRule.parse("99%");
    private static final NewKey KEY = new NewKey("RSA_2048", null, null, null);
    private static final Duration LONGEST_UNTIL_ENDED = Duration.ofMinutes(1);

    /** With nothing to win, the certificate is there; the build has told that it was ordered twice, since a clock jumped. */
    private static final Set<RotationOutcome.Kind> DONE = EnumSet.of(
            RotationOutcome.Kind.ROTATED,
            RotationOutcome.Kind.DELIVERED_BEFORE,
            RotationOutcome.Kind.NOT_DUE,
            RotationOutcome.Kind.NOTHING_TO_WIN,
            RotationOutcome.Kind.REISSUED_ELSEWHERE);

    /** Of these no certificate ever comes, so that a step finds another one at it each time. */
    private static final Set<Behaviour> NEVER_DONE =
            EnumSet.of(Behaviour.JOB_SUPPORT, Behaviour.JOB_FAILED, Behaviour.JOB_CANCELED);

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
    private final SimulatedPort port;

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
        port = new SimulatedPort(world, plan, me);
    }

    void goOn(ControllerLife now) {
        if (isOver()) {
            return;
        }
        life = now;
        port.begin(now);
        Rotation begun = world.seams()
                .identity()
                .rotation(
                        new RotationContext(
                                new CurrentApi(now::orderApi),
                                new InboxJobEnds(now.inbox(), plan.deadline(), now::inboxApi, port::waitLog),
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
                                AtTermEnd.RENEW,
                                plan.force(),
                                false,
                                KEY,
                                null,
                                OrderChanges.NONE,
                                plan.deadline()),
                        world.seams().port().apply(port, now.book()),
                        port.number(),
                        world.keys()::next);
        rotation = begun;
        begun.run(port.saved()).whenComplete((ended, thrown) -> {
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
            port.requireEnded();
        }
        if (thrown instanceof OrderBookException damage && damage.kind() == OrderBookException.Kind.DAMAGED) {
            plan.job().controller().callAnAdministrator();
        }
        if (ended != null && isLeftAsItIs(ended)) {
            port.requireTarget();
        }
        plan.job().controller().rules().requireKeys();
        plan.job().controller().rules().requireKnownJobs();
    }

    private static boolean isLeftAsItIs(RotationOutcome ended) {
        return ended.kind() == RotationOutcome.Kind.NOT_DUE || ended.kind() == RotationOutcome.Kind.REISSUED_ELSEWHERE;
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
            return DONE.contains(ended.kind()) || NEVER_DONE.contains(behaviour) || isRenewalInDoubt(ended);
        }
        return (behaviour == Behaviour.JOB_SUPPORT || isLeftToAPerson()) && failure instanceof ReissueException
                || (behaviour == Behaviour.JOB_FAILED || behaviour == Behaviour.JOB_CANCELED)
                        && failure instanceof ReissueException reissue
                        && reissue.kind() == ReissueException.Kind.JOB_FAILED;
    }

    /** What is billed is not ordered where anything is unclear. */
    private boolean isLeftToAPerson() {
        String told = String.valueOf(failure == null ? null : failure.getMessage());
        return told.contains("A renewal is billed") || told.contains(" is not renewed: ");
    }

    /** Another job's, which never sends it again. */
    private static boolean isRenewalInDoubt(RotationOutcome ended) {
        Order order = ended.order();
        return ended.kind() == RotationOutcome.Kind.ORDERED_BY_ANOTHER_JOB
                && order != null
                && order.isRenewal()
                && order.stage() == Stage.ORDERING;
    }

    String told() {
        return plan.certificate() + ": " + (outcome == null ? failure : outcome.kind() + ", " + outcome.order());
    }

    @Override
    public String toString() {
        return me + " " + plan.step();
    }
}
