package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.sslmanager.account.VisibleRecords;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.io.IOException;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code sslRotateWithValidation}: rotates certificates, and has its block publish the record or the file that proves control
 * of the domains before it orders.
 */
public final class RotateWithValidationStep extends RotationStep {

    private boolean awaitDns;

    @DataBoundConstructor
    public RotateWithValidationStep() {}

    /** Tells whether to order only when all name servers in charge show the record. */
    public boolean isAwaitDns() {
        return awaitDns;
    }

    @DataBoundSetter
    public void setAwaitDns(boolean awaitDns) {
        this.awaitDns = awaitDns;
    }

    @Override
    StepExecution execution(StepContext context) {
        return new Execution(this, context);
    }

    /**
     * Runs the block for one record or file after the other, since a step has only one thread of the Pipeline: once for each, so
     * that it reads like a function of its variables, and not once with a list, which a shell could not take apart.
     */
    static final class Execution extends RotateCertificateExecution {

        @Serial
        private static final long serialVersionUID = 1L;

        private final boolean awaitDns;
        private volatile boolean blocksAreOver;

        /** They are in the order of their turns. */
        private transient Map<RotationProgress, Turn> turns;

        Execution(RotateWithValidationStep step, StepContext context) {
            super(step, context);
            awaitDns = step.isAwaitDns();
        }

        private record Turn(ValidationData data, CompletableFuture<Void> over) {}

        @Override
        public CompletableFuture<Void> prove(RotationProgress rotation, Order order, Consumer<String> log) {
            List<ValidationData> all = ValidationData.of(
                    Objects.requireNonNull(order.proof(), "An order is proved after its check"),
                    order.certificateName());
            CompletableFuture<Void> published = CompletableFuture.completedFuture(null);
            for (ValidationData each : all) {
                published = published.thenCompose(before -> blockOver(rotation, each));
            }
            return awaitDns ? published.thenCompose(over -> propagated(all, log)) : published;
        }

        private CompletableFuture<Void> propagated(List<ValidationData> all, Consumer<String> log) {
            return abortable(CompletableFuture.allOf(all.stream()
                    .map(ValidationData::record)
                    .filter(Objects::nonNull)
                    .map(record -> abortable(VisibleRecords.propagation(log)
                            .await(record, parameters().deadline())))
                    .toArray(CompletableFuture[]::new)));
        }

        private synchronized CompletableFuture<Void> blockOver(RotationProgress rotation, ValidationData data) {
            if (rotation.hasBlockEnded(data.domain())) {
                return CompletableFuture.completedFuture(null);
            }
            if (blocksAreOver || rotation.hasBlockFailed()) {
                return CompletableFuture.failedFuture(
                        new AbortException("The block was aborted or failed, so nothing was ordered"));
            }
            CompletableFuture<Void> over = new CompletableFuture<>();
            turns().put(rotation, new Turn(data, over));
            beginNext();
            return abortable(over);
        }

        private Map<RotationProgress, Turn> turns() {
            if (turns == null) {
                turns = new LinkedHashMap<>();
            }
            return turns;
        }

        /** A block that a restart has interrupted goes on by itself, and the others wait for it. */
        private synchronized void beginNext() {
            if (blocksAreOver || rotations().stream().anyMatch(RotationProgress::isInBlock) || turns().isEmpty()) {
                return;
            }
            RotationProgress next = turns().keySet().iterator().next();
            Turn turn = turns().get(next);
            next.beginBlock(turn.data().domain());
            try {
                BodyInvoker block = getContext().newBodyInvoker();
                block.withContext(EnvironmentExpander.merge(
                                getContext().get(EnvironmentExpander.class),
                                EnvironmentExpander.constant(turn.data().variables())))
                        .withCallback(new Callback(next))
                        .start();
            } catch (IOException | RuntimeException e) {
                // Otherwise all others would wait for a block that has not begun.
                endBlock(next, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                endBlock(next, e);
            }
        }

        private void endBlock(RotationProgress rotation, @CheckForNull Throwable failure) {
            Map<RotationProgress, Turn> ended = new LinkedHashMap<>();
            synchronized (this) {
                if (failure == null) {
                    rotation.endBlock();
                } else {
                    rotation.failBlock();
                }
                Turn turn = turns().remove(rotation);
                if (turn != null) {
                    // After a restart the block may be quicker than the rotation, which will see that it has ended.
                    ended.put(rotation, turn);
                }
                if (isAbort(failure)) {
                    // An abort means the whole step, not this certificate alone, so no other block begins.
                    blocksAreOver = true;
                    ended.putAll(turns());
                    turns().clear();
                }
                beginNext();
            }
            // Nobody waits for this: a crash can only lose that a block is over, which Jenkins knows by itself.
            saveState();
            ended.values().forEach(turn -> {
                if (failure == null) {
                    turn.over().complete(null);
                } else {
                    turn.over().completeExceptionally(failure);
                }
            });
            if (isAbort(failure)) {
                endWith(failure);
            }
        }

        private static boolean isAbort(@CheckForNull Throwable failure) {
            return failure instanceof FlowInterruptedException interruption && interruption.isActualInterruption();
        }

        /** In the build's state together with its step, of which it finds the same one again after a restart. */
        private final class Callback extends BodyExecutionCallback {

            @Serial
            private static final long serialVersionUID = 1L;

            private final RotationProgress rotation;

            Callback(RotationProgress rotation) {
                this.rotation = rotation;
            }

            @Override
            public void onSuccess(StepContext context, Object result) {
                endBlock(rotation, null);
            }

            @Override
            public void onFailure(StepContext context, Throwable failure) {
                endBlock(rotation, failure);
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends RotationStepDescriptor {

        @Override
        public String getFunctionName() {
            return "sslRotateWithValidation";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RotateWithValidationStep_displayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }
    }
}
