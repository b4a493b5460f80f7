package io.jenkins.plugins.sslmanager.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.Connections;
import io.jenkins.plugins.sslmanager.account.Inboxes;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationContext;
import io.jenkins.plugins.sslmanager.orders.ControllerShutdown;
import io.jenkins.plugins.sslmanager.orders.Orders;
import io.jenkins.plugins.sslmanager.orders.RunsAtWork;
import java.io.Serial;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A step that works on orders of the order book. */
public abstract class OrderExecution extends SslManagerExecution {

    @Serial
    private static final long serialVersionUID = 1L;

    protected OrderExecution(@CheckForNull String account, @CheckForNull String credentialsId, StepContext context) {
        super(account, credentialsId, context);
    }

    /**
     * Works on an order, as long as the build lives.
     *
     * @param end ends the work
     */
    protected final <T> CompletableFuture<T> atWork(Holder holder, Runnable end, Supplier<CompletableFuture<T>> work) {
        RunsAtWork.get().begins(holder, build(), this::endAll);
        return abortable(end, work.get())
                .whenComplete((result, failure) -> RunsAtWork.get().ends(holder));
    }

    /** Works on an order that was taken for this, and frees it in the end. */
    protected final <T> CompletableFuture<T> atWorkOn(
            Order taken, Holder holder, Runnable end, Supplier<CompletableFuture<T>> work) {
        return atWork(holder, end, work)
                .whenCompleteAsync(
                        (result, failure) -> {
                            if (!ControllerShutdown.hasBegun()) {
                                Orders.get().book().release(taken.id(), holder);
                            }
                        },
                        pool());
    }

    /** Tells whether an order belongs to the job of this build. */
    protected final boolean isOwn(Order order) {
        return build().getParent().getFullName().equals(order.owner().job());
    }

    /** @param told takes what the service tells of the job while it is waited for */
    protected final RotationContext rotationContext(
            AccountAccess access, Instant deadline, Holder holder, Consumer<String> told) {
        Run<?, ?> build = build();
        return new RotationContext(
                access.api(),
                new BuildJobEnds(access, deadline, build, told),
                Inboxes.get().runningJobs(access),
                Orders.get().book(),
                Connections.get().pauses(),
                pool(),
                access.account().getId(),
                Inboxes.ownCtids(),
                Orders.owner(build),
                holder);
    }
}
