package io.jenkins.plugins.sslmanager.engine.simulation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.inbox.Wait;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.reissue.JobOutcome;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueException;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueProcess;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueState;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A build that orders and waits, as the Pipeline steps do it: what it has saved is all that it knows after a crash. */
final class SimulatedBuild {

    private static final Duration SAVING = Duration.ofMillis(200);

    private sealed interface Saved {}

    private record Nothing() implements Saved {}

    private record Ordering(ReissueState state) implements Saved {}

    private record Waiting(long jobId, Instant deadline) implements Saved {}

    /** Either ended while ordering or while waiting, with an outcome or a failure. */
    private record Over(
            boolean ordered,
            @CheckForNull JobOutcome outcome,
            @CheckForNull Throwable failure) implements Saved {}

    /**
     * Who the build is.
     *
     * @param abortedAfter this long into its wait; null if never
     */
    record Plan(
            String name,
            long certificateId,
            CertificateSigningRequest csr,
            String ctid,
            Behaviour behaviour,
            Duration patience,
            @CheckForNull Duration abortedAfter) {}

    private final World world;
    private final Plan plan;
    private boolean started;
    private boolean aborted;
    private Saved saved = new Nothing();

    @CheckForNull
    private ControllerLife deliveredIn;

    SimulatedBuild(World world, Plan plan) {
        this.world = world;
        this.plan = plan;
    }

    void start() {
        started = true;
    }

    boolean isOver() {
        return saved instanceof Over;
    }

    /** From where it was saved. */
    void goOn(ControllerLife life) {
        if (!started) {
            return;
        }
        if (saved instanceof Waiting waiting) {
            await(life, waiting);
        } else if (!(saved instanceof Over)) {
            order(life);
        }
    }

    private void order(ControllerLife life) {
        ReissueProcess process = new ReissueProcess(
                life.orderApi(), life, plan.csr(), state -> save(life, new Ordering(state)), this::tell);
        CompletableFuture<ReissueState> prepared = saved instanceof Ordering ordering
                ? CompletableFuture.completedFuture(ordering.state())
                : process.prepare(plan.certificateId(), plan.ctid());
        prepared.thenCompose(state -> process.order(state, null)).whenComplete((ordered, failure) -> {
            if (life.isAlive()) {
                Saved next = failure == null
                        ? new Waiting(ordered.jobId(), life.instant().plus(plan.patience()))
                        : new Over(false, null, Failures.cause(failure));
                save(life, next).thenRun(() -> goOn(life));
            }
        });
    }

    private void await(ControllerLife life, Waiting waiting) {
        Wait wait = life.inbox().await(waiting.jobId(), waiting.deadline(), life::inboxApi, line -> log(life, line));
        wait.ended().whenComplete((outcome, failure) -> {
            if (life.isAlive()) {
                delivered(life, waiting, new Over(true, outcome, failure));
            }
        });
        if (plan.abortedAfter() != null) {
            world.time().after(plan.abortedAfter(), () -> {
                if (life.isAlive() && !wait.ended().isDone()) {
                    aborted = true;
                    wait.ended().cancel(false);
                }
            });
        }
    }

    private void delivered(ControllerLife life, Waiting waiting, Over over) {
        tell("its wait for job " + waiting.jobId() + " is over: " + over);
        if (saved instanceof Over || life == deliveredIn) {
            world.story().violated(plan.name() + " was told the end of its job twice");
        }
        deliveredIn = life;
        life.surviveOrThrow(CrashPoint.DELIVERED);
        save(life, over);
    }

    private CompletableFuture<Void> save(ControllerLife life, Saved next) {
        life.surviveOrThrow(CrashPoint.BEFORE_SAVE);
        CompletableFuture<Void> done = new CompletableFuture<>();
        world.time().after(world.dice().upTo(SAVING), () -> {
            if (life.isAlive()) {
                saved = next;
                if (life.survives(CrashPoint.SAVED)) {
                    done.complete(null);
                }
            }
        });
        return done;
    }

    /** Of a dead controller's last words nobody hears. */
    private void log(ControllerLife life, String line) {
        if (!life.isAlive()) {
            return;
        }
        tell(line);
        if (world.faults().strikes(Fault.DEAD_LOG)) {
            throw new UncheckedIOException(new IOException("The build's log is closed"));
        }
    }

    private void tell(String line) {
        world.story().tell(plan.name(), line);
    }

    /** That it ended, as its job did, or for a reason. */
    void requireRightEnd() {
        if (!(saved instanceof Over over)) {
            world.story().violated(plan.name() + " never ends; it has saved " + saved);
        } else if (over.outcome() != null) {
            requireOwnOutcome(over.outcome());
        } else if (!isExcused(over)) {
            world.story().violated(plan.name() + " failed without a reason: " + over.failure());
        }
    }

    private void requireOwnOutcome(JobOutcome outcome) {
        world.tally().count("jobs ended as " + outcome.status());
        if (!world.service().mayTell(outcome.status(), plan.behaviour())
                || world.account().orders(certificateName()) != 1) {
            world.story().violated(plan.name() + " was told a wrong end: " + outcome);
        } else if (JobStatus.SUCCESS.equals(outcome.status())
                && outcome.certificateId() != null
                && !plan.csr()
                        .toPem()
                        .equals(world.account()
                                .certificate(outcome.certificateId())
                                .csr())) {
            world.story().violated(plan.name() + " was told another's certificate: " + outcome);
        }
    }

    private String certificateName() {
        return plan.csr().dnsNames().get(0);
    }

    private boolean isExcused(Over over) {
        if (over.ordered()) {
            world.tally().count(aborted ? "waits aborted" : "waits at their time limit");
            return aborted
                    || isOfKind(over.failure(), ReissueException.Kind.TIME_LIMIT)
                            && SandboxCalls.endOf(plan.behaviour()).isEmpty();
        }
        world.tally().count("orders given up");
        return world.faults().happened()
                && (over.failure() instanceof ApiException trouble && trouble.isPassing()
                        || isOfKind(over.failure(), ReissueException.Kind.UNCLEAR));
    }

    private static boolean isOfKind(Throwable failure, ReissueException.Kind kind) {
        return failure instanceof ReissueException reissue && reissue.kind() == kind;
    }
}
