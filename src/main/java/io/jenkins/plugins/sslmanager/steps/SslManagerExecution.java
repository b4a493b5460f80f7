package io.jenkins.plugins.sslmanager.steps;

import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A step that holds no thread while the service works. What is persisted are names and ids; after a restart the work begins
 * again from these, and from what {@link #work} has kept in fields of its own.
 */
abstract class SslManagerExecution extends StepExecution {

    @Serial
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private final String account;

    @CheckForNull
    private final String credentialsId;

    private transient Set<CompletableFuture<?>> underWay;
    private transient volatile boolean stopped;

    SslManagerExecution(SslManagerStep step, StepContext context) {
        super(context);
        account = step.getAccount();
        credentialsId = step.getCredentialsId();
    }

    /**
     * Begins or goes on with the work; may block for a moment, for the store of credentials or the workspace.
     *
     * @return the step's result, of simple serialisable values
     */
    abstract CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException;

    /** Has an abort of the build end this request or wait. */
    final <T> CompletableFuture<T> abortable(CompletableFuture<T> next) {
        Set<CompletableFuture<?>> all = underWay();
        all.add(next);
        next.whenComplete((result, failure) -> all.remove(next));
        if (stopped) {
            next.cancel(true);
        }
        return next;
    }

    private synchronized Set<CompletableFuture<?>> underWay() {
        if (underWay == null) {
            underWay = ConcurrentHashMap.newKeySet();
        }
        return underWay;
    }

    @Override
    public boolean start() {
        resume();
        return false;
    }

    @Override
    public void onResume() {
        resume();
    }

    private void resume() {
        Computer.threadPoolForRemoting.execute(() -> {
            try {
                work(AccountAccess.of(getContext().get(Run.class), account, credentialsId))
                        .whenComplete(this::finish);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                finish(null, e);
            } catch (IOException | RuntimeException | Error e) {
                finish(null, e);
            }
        });
    }

    /** With the credentials of the moment; may block for them. */
    final AccountAccess accessAgain() {
        try {
            return AccountAccess.again(getContext().get(Run.class), account, credentialsId);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while the credentials were looked up");
        }
    }

    /** On disk before the future is done, where the Pipeline's durability keeps steps at all. */
    final CompletableFuture<Void> saveState() {
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

    /** Work on a store or a workspace, in the middle of futures. */
    @FunctionalInterface
    interface Blocking<T> {
        T call() throws IOException, InterruptedException;
    }

    /** @throws CompletionException for what the work throws, as futures want it */
    static <T> T inFuture(Blocking<T> work) {
        try {
            return work.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** @throws IllegalArgumentException if it is missing */
    static void requireId(String parameter, long id) {
        if (id <= 0) {
            throw new IllegalArgumentException("'" + parameter + "' is missing, or no id of the service: " + id
                    + ". Set it to the number that the SSL Manager shows");
        }
    }

    private void finish(@CheckForNull Object result, @CheckForNull Throwable failure) {
        if (stopped || isJenkinsEnding()) {
            return;
        }
        if (failure == null) {
            getContext().onSuccess(result);
        } else {
            getContext().onFailure(told(failure));
        }
    }

    /** What ends because Jenkins ends is taken up again after the restart. */
    static boolean isJenkinsEnding() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins == null || jenkins.isTerminating();
    }

    /** Failures whose message says all come without a stack trace. */
    static Throwable told(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        boolean expected = cause instanceof ExpectedFailure || cause instanceof IllegalArgumentException;
        return expected ? new AbortException(cause.getMessage()) : cause;
    }

    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        stopped = true;
        underWay().forEach(work -> work.cancel(true));
        super.stop(cause);
    }

    final void log(String line) {
        try {
            getContext().get(TaskListener.class).getLogger().println("[SSL Manager] " + line);
        } catch (IOException e) {
            throw new UncheckedIOException("The build's log cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
