package io.jenkins.plugins.sslmanager.execution;

import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.orders.ControllerShutdown;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step that works in the background and can be aborted, also between two pauses; its failures are told without a stack trace. */
public abstract class BackgroundExecution extends StepExecution {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(BackgroundExecution.class.getName());

    private transient Set<Runnable> endings;
    private transient volatile boolean stopped;

    protected BackgroundExecution(StepContext context) {
        super(context);
    }

    /** Makes an abort of the build end this request or wait. */
    protected final <T> CompletableFuture<T> abortable(CompletableFuture<T> next) {
        return abortable(() -> next.cancel(true), next);
    }

    final <T> CompletableFuture<T> abortable(Runnable ending, CompletableFuture<T> next) {
        Set<Runnable> all = endings();
        all.add(ending);
        next.whenComplete((result, failure) -> all.remove(ending));
        if (stopped) {
            ending.run();
        }
        return next;
    }

    private synchronized Set<Runnable> endings() {
        if (endings == null) {
            endings = ConcurrentHashMap.newKeySet();
        }
        return endings;
    }

    /** Tells whether the build was aborted, so that nothing more is to be begun. */
    protected final boolean isStopped() {
        return stopped;
    }

    final void endAll() {
        stopped = true;
        endings().forEach(Runnable::run);
    }

    /** Ends the whole step, for an abort that one of its blocks was told of. */
    protected final void endWith(Throwable abort) {
        if (!stopped) {
            endAll();
            getContext().onFailure(abort);
        }
    }

    /** Work that may block; the step fails as it does. */
    @FunctionalInterface
    protected interface Work {
        void run() throws IOException, InterruptedException;
    }

    protected final void inBackground(Work work) {
        pool().execute(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                finish(null, e);
            } catch (IOException | RuntimeException | Error e) {
                finish(null, e);
            }
        });
    }

    /** Runs what blocks: work on a disk, a store of credentials or a workspace. */
    protected final Executor pool() {
        return Computer.threadPoolForRemoting;
    }

    protected final Run<?, ?> build() {
        try {
            return getContext().get(Run.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while the build was looked up");
        }
    }

    /** The state is on the disk when the future is done, if the Pipeline's durability keeps steps at all. */
    protected final CompletableFuture<Void> saveState() {
        CompletableFuture<Void> saved = new CompletableFuture<>();
        ListenableFuture<Void> save = getContext().saveState();
        save.addListener(
                () -> {
                    try {
                        saved.complete(save.get());
                    } catch (ExecutionException e) {
                        saved.completeExceptionally(e.getCause());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        saved.completeExceptionally(e);
                    }
                },
                Runnable::run);
        return saved;
    }

    /** Is work on a store or a workspace that a future does in between. */
    @FunctionalInterface
    protected interface Blocking<T> {
        T call() throws IOException, InterruptedException;
    }

    /** @throws CompletionException for what the work throws, as futures want it */
    protected static <T> T inFuture(Blocking<T> work) {
        try {
            return work.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** What ends because Jenkins ends is taken up again after the restart. */
    protected final void finish(@CheckForNull Object result, @CheckForNull Throwable failure) {
        if (stopped || ControllerShutdown.hasBegun()) {
            return;
        }
        try {
            if (failure == null) {
                getContext().onSuccess(result);
            } else {
                getContext().onFailure(asBuildFailure(failure));
            }
        } catch (IllegalStateException e) {
            // The build ended meanwhile, or is not loaded since Jenkins was killed. What matters is on the disk.
            LOGGER.log(Level.FINE, "The end of a step was not told", e);
        }
    }

    /** A failure whose message says all is shown without a stack trace. */
    private static Throwable asBuildFailure(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        return ExpectedFailure.isExpected(cause) ? new AbortException(cause.getMessage()) : cause;
    }

    @Override
    public final void stop(@NonNull Throwable cause) throws Exception {
        endAll();
        super.stop(cause);
    }

    /** Makes the build unstable, and has views of its stages show why. */
    protected final void unstable(String reason) throws IOException, InterruptedException {
        FlowNode node = getContext().get(FlowNode.class);
        if (node != null) {
            node.addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(reason));
        }
        build().setResult(Result.UNSTABLE);
    }

    protected final void log(String line) {
        try {
            getContext().get(TaskListener.class).getLogger().println("[SSL Manager] " + ForeignText.visible(line));
        } catch (IOException e) {
            throw new UncheckedIOException("The build's log cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
