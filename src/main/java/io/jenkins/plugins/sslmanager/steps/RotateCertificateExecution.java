package io.jenkins.plugins.sslmanager.steps;

import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.CertificateSuccessors;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Rotates certificates side by side; one that fails does not keep the others from being done. */
class RotateCertificateExecution extends SslManagerExecution {

    @Serial
    private static final long serialVersionUID = 1L;

    private final RotationPlan plan;
    private final ArrayList<Rotation> rotations = new ArrayList<>();

    RotateCertificateExecution(RotationStep step, StepContext context) {
        super(step, context);
        plan = new RotationPlan(step);
        plan.certificateIds().forEach(id -> rotations.add(new Rotation(id)));
    }

    final List<Rotation> rotations() {
        return rotations;
    }

    final RotationPlan plan() {
        return plan;
    }

    @Override
    final CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException {
        plan.checkNames(getContext());
        Run<?, ?> build = getContext().get(Run.class);
        Map<Rotation, CompletableFuture<Void>> all = new LinkedHashMap<>();
        rotations.forEach(rotation -> all.put(rotation, rotate(access, rotation, build)));
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

    private CompletableFuture<Void> rotate(AccountAccess access, Rotation rotation, Run<?, ?> build) {
        follow(access, rotation);
        OrdersUnderWay orders = OrdersUnderWay.get();
        Optional<OrdersUnderWay.Claim> claim = rotation.isBegun()
                ? Optional.of(orders.claimAgain(access.service(), rotation.certificateId(), build))
                : orders.tryClaim(access.service(), rotation.certificateId(), build);
        if (claim.isEmpty()) {
            log("Certificate " + rotation.certificateId() + " is being re-issued by "
                    + orders.holder(access.service(), rotation.certificateId()) + ". Nothing is left to do here");
            rotation.end(StepResults.underWay(rotation.certificateId()));
            return CompletableFuture.completedFuture(null);
        }
        return new RotationFlow(this, access, plan, rotation).run().whenComplete((done, failure) -> {
            claim.get().release();
            if (failure != null && plan.isForSeveral() && !isJenkinsEnding()) {
                log("Certificate " + rotation.certificateId() + " failed: "
                        + Failures.cause(failure).getMessage());
            }
        });
    }

    private void follow(AccountAccess access, Rotation rotation) {
        long given = rotation.certificateId();
        long current = CertificateSuccessors.get().current(access.service(), given);
        if (current != given && !rotation.isBegun()) {
            log("Certificate " + given + " has the id " + current + " since it was re-issued. Going on with that one");
            rotation.follow(current);
        }
    }

    /** Has what proves control of the domains be there before the order. */
    CompletableFuture<Void> prove(Rotation rotation, Proof proof, Consumer<String> log) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public final String getStatus() {
        return "rotating " + plan.certificateIds();
    }
}
