package io.jenkins.plugins.sslmanager.rotation;

import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.orders.ControllerShutdown;
import io.jenkins.plugins.sslmanager.steps.SslManagerExecution;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Rotates certificates side by side; one that fails does not keep the others from being done. */
class RotateCertificateExecution extends SslManagerExecution {

    @Serial
    private static final long serialVersionUID = 1L;

    private final RotationParameters plan;
    private final ArrayList<RotationProgress> rotations = new ArrayList<>();
    private transient Map<String, Long> targets;

    RotateCertificateExecution(RotationStep step, StepContext context) {
        super(step, context);
        plan = new RotationParameters(step);
        plan.certificateIds().forEach(id -> rotations.add(new RotationProgress(id)));
    }

    final List<RotationProgress> rotations() {
        return rotations;
    }

    final RotationParameters plan() {
        return plan;
    }

    @Override
    protected final CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException {
        plan.checkNames(getContext());
        Map<RotationProgress, CompletableFuture<Void>> all = new LinkedHashMap<>();
        for (RotationProgress rotation : rotations) {
            all.put(rotation, rotate(access, rotation));
        }
        if (!plan.isList()) {
            return all.get(rotations.get(0)).thenApply(done -> rotations.get(0).result());
        }
        return CompletableFuture.allOf(all.values().toArray(CompletableFuture[]::new))
                .handle((done, anyFailure) -> RotationTable.of(all))
                .thenApply(table -> {
                    table.lines().forEach(this::log);
                    return table.result();
                });
    }

    private CompletableFuture<Void> rotate(AccountAccess access, RotationProgress progress)
            throws IOException, InterruptedException {
        BuildRotation rotation = new BuildRotation(this, access, progress);
        return rotation.run().whenComplete((done, failure) -> {
            if (failure != null && plan.isForSeveral() && !ControllerShutdown.hasBegun()) {
                log(rotation.name() + " failed: " + Failures.cause(failure).getMessage());
            }
        });
    }

    /**
     * Makes sure that no certificate of this step is written over another.
     *
     * @throws IllegalArgumentException if another one goes to one of these places
     */
    final synchronized void requireOwnTargets(long certificateId, List<String> wanted) {
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

    /** Has what proves control of the domains be there before the order. */
    CompletableFuture<Void> prove(RotationProgress rotation, ValidationData data, Consumer<String> log) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public final String getStatus() {
        return "rotating " + plan.certificateIds();
    }
}
