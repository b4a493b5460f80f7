package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.Connections;
import io.jenkins.plugins.sslmanager.account.VisibleRecords;
import io.jenkins.plugins.sslmanager.delivery.CertificateOutcome;
import io.jenkins.plugins.sslmanager.delivery.CertificatesAction;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.rotation.Rotation;
import io.jenkins.plugins.sslmanager.execution.OrderExecution;
import io.jenkins.plugins.sslmanager.orders.ControllerShutdown;
import io.jenkins.plugins.sslmanager.orders.JobCertificates;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Rotates certificates side by side; one that fails does not keep the others from being done. */
class RotateCertificateExecution extends OrderExecution implements RotatingStep {

    @Serial
    private static final long serialVersionUID = 1L;

    private final RotationParameters parameters;

    /** In the order in which they are begun. */
    private final ArrayList<RotationProgress> rotations = new ArrayList<>();

    private boolean isListed;
    private transient Map<String, Long> targets;

    RotateCertificateExecution(RotationStep step, StepContext context) {
        super(step.getAccount(), step.getCredentialsId(), context);
        parameters = new RotationParameters(step);
        parameters.selection().references().forEach(each -> rotations.add(new RotationProgress(each)));
    }

    final List<RotationProgress> rotations() {
        return rotations;
    }

    final RotationParameters parameters() {
        return parameters;
    }

    @Override
    protected final CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException {
        parameters.checkNames(getContext());
        if (!parameters.isForSeveral()) {
            RotationProgress only = rotations.get(0);
            return only.result() != null
                    ? CompletableFuture.completedFuture(RotationTable.result(List.of(only.result())))
                    : rotate(access, only).thenApply(done -> RotationTable.result(List.of(only.result())));
        }
        return listed(access).thenComposeAsync(listed -> rotateAll(access), pool());
    }

    /** Finds what a pattern stands for, and has those that end first in front. A restart does not change what was found. */
    private CompletableFuture<Void> listed(AccountAccess access) throws IOException, InterruptedException {
        CertificateSelection selection = parameters.selection();
        if (isListed || !selection.wantsList()) {
            return CompletableFuture.completedFuture(null);
        }
        UntouchedCertificates untouched = new UntouchedCertificates(getContext(), access, parameters);
        return abortable(JobCertificates.of(access).all())
                .handleAsync(
                        (rows, failure) -> failure == null
                                ? selection.listed(rows, untouched::result)
                                : selection.unlisted(Failures.cause(failure)),
                        pool())
                .thenAccept(found -> {
                    rotations.clear();
                    rotations.addAll(found);
                    isListed = true;
                })
                .thenCompose(found -> saveState());
    }

    private CompletableFuture<Map<String, Object>> rotateAll(AccountAccess access) {
        return new RotationQueue(
                        parameters.selection(),
                        Connections.get().pauses(),
                        rotations,
                        rotation -> rotate(access, rotation))
                .run()
                .thenApply(done -> {
                    RotationTable table = new RotationTable(
                            CertificatesAction.of(build()), access.system(), parameters.selection(), rotations);
                    table.lines().forEach(this::log);
                    return table.result();
                });
    }

    private CompletableFuture<Void> rotate(AccountAccess access, RotationProgress progress) {
        return found(access, progress)
                .thenComposeAsync(number -> inFuture(() -> rotateFound(access, progress)), pool())
                .whenComplete((done, failure) -> {
                    if (isFailed(failure)) {
                        progress.fail(String.valueOf(Failures.cause(failure).getMessage()));
                        saveProgress();
                    }
                });
    }

    /** Gives the rotation the certificate's number. */
    private CompletableFuture<Void> found(AccountAccess access, RotationProgress progress) {
        if (progress.certificateId() != 0) {
            return CompletableFuture.completedFuture(null);
        }
        return number(access, progress.reference()).thenAccept(progress::isAt).whenComplete((found, failure) -> {
            if (isFailed(failure)) {
                String name = progress.reference().toString();
                CertificatesAction.of(build())
                        .put(CertificateOutcome.failed(
                                access.system(),
                                0,
                                name,
                                String.valueOf(Failures.cause(failure).getMessage()),
                                null));
                logFailure(name);
            }
        });
    }

    private CompletableFuture<Void> rotateFound(AccountAccess access, RotationProgress progress)
            throws IOException, InterruptedException {
        BuildRotation port = new BuildRotation(this, getContext(), access, parameters, progress);
        Holder holder = holder(progress.reference().toString());
        Rotation rotation = new Rotation(
                rotationContext(access, parameters.deadline(), holder, port::waits),
                parameters.settings(),
                port,
                new CertificateId(access.system(), progress.certificateId()));
        return atWork(holder, rotation::end, () -> rotation.run(progress.orderId()))
                .thenApplyAsync(outcome -> inFuture(() -> port.result(outcome)), pool())
                .thenCompose(result -> {
                    progress.end(result);
                    return saveState();
                })
                .whenComplete((done, failure) -> {
                    if (isFailed(failure)) {
                        port.failed(Failures.cause(failure));
                        logFailure(port.name());
                    }
                });
    }

    /** What ends with the build or with Jenkins has not failed. */
    private static boolean isFailed(@CheckForNull Throwable failure) {
        return failure != null
                && !(Failures.cause(failure) instanceof CancellationException)
                && !ControllerShutdown.hasBegun();
    }

    /** Each failure is told once in the log: at the end, with those of the other certificates. */
    private void logFailure(String name) {
        if (parameters.isForSeveral()) {
            log(name + ": failed. The reason follows when all others have ended");
        }
    }

    @Override
    public final void tell(String line) {
        log(line);
    }

    @Override
    public final void makeUnstable(String reason) throws IOException, InterruptedException {
        unstable(reason);
    }

    @Override
    public final void saveProgress() {
        saveState();
    }

    @Override
    public final synchronized void requireOwnTargets(long certificateId, List<String> wanted) {
        if (targets == null) {
            targets = new HashMap<>();
        }
        for (String target : wanted) {
            Long other = targets.putIfAbsent(target, certificateId);
            if (other != null && other != certificateId) {
                throw new IllegalArgumentException("Certificates " + other + " and " + certificateId
                        + " would both go to " + target
                        + ". Nothing was ordered for this one: rotate it in a step of its own, with another name");
            }
        }
    }

    @Override
    public CompletableFuture<Void> prove(RotationProgress rotation, Order order, Consumer<String> log) {
        return abortable(VisibleRecords.check()
                .require(
                        Objects.requireNonNull(order.proof(), "An order is proved after its check"),
                        order.certificateName()));
    }

    @Override
    public final String getStatus() {
        return "rotating " + parameters.selection();
    }
}
