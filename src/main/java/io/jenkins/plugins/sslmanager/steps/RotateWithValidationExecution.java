package io.jenkins.plugins.sslmanager.steps;

import io.jenkins.plugins.sslmanager.account.Connections;
import io.jenkins.plugins.sslmanager.engine.dns.DnsRecord;
import io.jenkins.plugins.sslmanager.engine.dns.Propagation;
import io.jenkins.plugins.sslmanager.engine.dns.Resolvers;
import java.io.IOException;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs the block for one certificate after the other, since a step has only one thread of the Pipeline. */
final class RotateWithValidationExecution extends RotateCertificateExecution {

    /** Tests have name servers of their own. */
    static Supplier<Resolvers> resolvers = Resolvers::ofThisMachine;

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean awaitDns;

    /** In the order of their turns. */
    private transient Map<Rotation, Turn> turns;

    RotateWithValidationExecution(RotateWithValidationStep step, StepContext context) {
        super(step, context);
        awaitDns = step.isAwaitDns();
    }

    private record Turn(Proof proof, CompletableFuture<Void> over) {}

    @Override
    CompletableFuture<Void> prove(Rotation rotation, Proof proof, Consumer<String> log) {
        return (proof.isForTheBlock() ? blockOver(rotation, proof) : CompletableFuture.<Void>completedFuture(null))
                .thenCompose(over -> {
                    DnsRecord record = proof.record();
                    return awaitDns && record != null
                            ? abortable(new Propagation(
                                            resolvers.get(), Connections.get().pauses(), log)
                                    .await(record, plan().deadline()))
                            : CompletableFuture.completedFuture(null);
                });
    }

    private synchronized CompletableFuture<Void> blockOver(Rotation rotation, Proof proof) {
        if (rotation.hasBlockEnded()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> over = new CompletableFuture<>();
        turns().put(rotation, new Turn(proof, over));
        beginNext();
        return over;
    }

    private Map<Rotation, Turn> turns() {
        if (turns == null) {
            turns = new LinkedHashMap<>();
        }
        return turns;
    }

    /** A block that a restart has interrupted goes on by itself, and the others wait for it. */
    private synchronized void beginNext() {
        if (rotations().stream().anyMatch(Rotation::isInBlock) || turns().isEmpty()) {
            return;
        }
        Rotation next = turns().keySet().iterator().next();
        Turn turn = turns().get(next);
        next.beginBlock();
        try {
            BodyInvoker block = getContext().newBodyInvoker();
            block.withContext(EnvironmentExpander.merge(
                            getContext().get(EnvironmentExpander.class),
                            EnvironmentExpander.constant(turn.proof().variables())))
                    .withCallback(new Callback(next))
                    .start();
        } catch (IOException e) {
            endBlock(next, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            endBlock(next, e);
        }
    }

    private void endBlock(Rotation rotation, Throwable failure) {
        Turn turn;
        synchronized (this) {
            if (failure == null) {
                rotation.endBlock();
            } else {
                rotation.leaveBlock();
            }
            turn = turns().remove(rotation);
            beginNext();
        }
        if (turn == null) {
            // After a restart the block was quicker than the rotation, which will see that it has ended.
            return;
        }
        if (failure == null) {
            turn.over().complete(null);
        } else {
            turn.over().completeExceptionally(failure);
        }
    }

    /** In the build's state together with its step, of which it finds the same one again after a restart. */
    private final class Callback extends BodyExecutionCallback {

        @Serial
        private static final long serialVersionUID = 1L;

        private final Rotation rotation;

        Callback(Rotation rotation) {
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
