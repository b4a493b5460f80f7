package io.jenkins.plugins.sslmanager.rotation;

import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.VisibleRecords;
import io.jenkins.plugins.sslmanager.delivery.CertificatesAction;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.rotation.Rotation;
import io.jenkins.plugins.sslmanager.execution.OrderExecution;
import io.jenkins.plugins.sslmanager.orders.ControllerShutdown;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final ArrayList<RotationProgress> rotations = new ArrayList<>();
    private transient Map<String, Long> targets;

    RotateCertificateExecution(RotationStep step, StepContext context) {
        super(step.getAccount(), step.getCredentialsId(), context);
        parameters = new RotationParameters(step);
        parameters.certificateIds().forEach(id -> rotations.add(new RotationProgress(id)));
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
        Map<RotationProgress, CompletableFuture<Void>> all = new LinkedHashMap<>();
        for (RotationProgress rotation : rotations) {
            all.put(rotation, rotate(access, rotation));
        }
        if (!parameters.isList()) {
            return all.get(rotations.get(0)).thenApply(done -> rotations.get(0).result());
        }
        return CompletableFuture.allOf(all.values().toArray(CompletableFuture[]::new))
                .handle((done, anyFailure) -> RotationTable.of(CertificatesAction.of(build()), all))
                .thenApply(table -> {
                    table.lines().forEach(this::log);
                    return table.result();
                });
    }

    private CompletableFuture<Void> rotate(AccountAccess access, RotationProgress progress)
            throws IOException, InterruptedException {
        if (progress.result() != null) {
            return CompletableFuture.completedFuture(null);
        }
        BuildRotation port = new BuildRotation(this, getContext(), access, parameters, progress);
        Holder holder = holder(String.valueOf(progress.certificateId()));
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
                    if (failure != null && !ControllerShutdown.hasBegun()) {
                        tellFailure(port, Failures.cause(failure));
                    }
                });
    }

    /** Each failure is told once in the log: at the end, with those of the other certificates. */
    private void tellFailure(BuildRotation port, Throwable cause) {
        if (cause instanceof CancellationException) {
            return;
        }
        port.failed(cause);
        if (parameters.isForSeveral()) {
            log(port.name() + ": failed. The reason follows when all others have ended");
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
        return "rotating " + parameters.certificateIds();
    }
}
