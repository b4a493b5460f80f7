package io.jenkins.plugins.sslmanager.steps;

import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.UsableAccounts;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.orders.ControllerShutdown;
import io.jenkins.plugins.sslmanager.orders.Orders;
import io.jenkins.plugins.sslmanager.orders.RunsAtWork;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A step that holds no thread while the service works. What is persisted are names and ids; after a restart the work begins
 * again from these, and from what {@link #work} has kept in fields of its own.
 */
public abstract class SslManagerExecution extends StepExecution {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(SslManagerExecution.class.getName());

    @CheckForNull
    private final String account;

    @CheckForNull
    private final String credentialsId;

    /** Of the account, from the step's beginning on, so that neither a rename nor another account changes what it works with. */
    @CheckForNull
    private String accountId;

    /** No other execution in this Jenkins has the same id, and a restart does not change it. */
    private final String id = UUID.randomUUID().toString();

    private transient Set<Runnable> endings;
    private transient volatile boolean stopped;

    protected SslManagerExecution(SslManagerStep step, StepContext context) {
        super(context);
        account = step.getAccount();
        credentialsId = step.getCredentialsId();
    }

    /**
     * Begins or goes on with the work; may block for a moment, for the store of credentials or the workspace.
     *
     * @return the step's result, of simple serialisable values
     */
    protected abstract CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException;

    /** Makes an abort of the build end this request or wait. */
    protected final <T> CompletableFuture<T> abortable(CompletableFuture<T> next) {
        return abortable(() -> next.cancel(true), next);
    }

    /** Makes an abort of the build do this while the future is not done. */
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

    /** Names a part of this step as the one that works. */
    protected final Holder holder(String part) {
        return Orders.holder(build(), id + "/" + part);
    }

    /** Returns the number that a certificate has had since its last re-issue. */
    protected static long current(AccountAccess access, long certificateId) {
        return Orders.get()
                .book()
                .current(new CertificateId(access.system(), certificateId))
                .number();
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

    @Override
    public boolean start() {
        try {
            accountId = UsableAccounts.idFor(build().getParent(), account);
            resume();
        } catch (IllegalArgumentException e) {
            getContext().onFailure(asBuildFailure(e));
        }
        return false;
    }

    @Override
    public void onResume() {
        resume();
    }

    private void resume() {
        pool().execute(() -> {
            try {
                work(AccountAccess.of(build(), accountId(), credentialsId, Orders.get()), holder("step"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                finish(null, e);
            } catch (IOException | RuntimeException | Error e) {
                finish(null, e);
            }
        });
    }

    /** What waits here ends with its build, however that ends. */
    private void work(AccountAccess access, Holder whole) throws IOException, InterruptedException {
        RunsAtWork.get().begins(whole, build(), this::endAll);
        try {
            work(access).whenComplete((result, failure) -> {
                RunsAtWork.get().ends(whole);
                finish(result, failure);
            });
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            RunsAtWork.get().ends(whole);
            throw e;
        }
    }

    /** The state of a build from before accounts had ids has a name alone. */
    private String accountId() {
        String known = accountId;
        return known == null ? UsableAccounts.idFor(build().getParent(), account) : known;
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
    private void finish(@CheckForNull Object result, @CheckForNull Throwable failure) {
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
            // The build ended meanwhile, or is not loaded since Jenkins was killed. The order book keeps what matters.
            LOGGER.log(Level.FINE, "The end of a step was not told", e);
        }
    }

    /** A failure whose message says all is shown without a stack trace. */
    private static Throwable asBuildFailure(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        return ExpectedFailure.isExpected(cause) ? new AbortException(cause.getMessage()) : cause;
    }

    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        endAll();
        super.stop(cause);
    }

    protected final void log(String line) {
        try {
            getContext().get(TaskListener.class).getLogger().println("[SSL Manager] " + line);
        } catch (IOException e) {
            throw new UncheckedIOException("The build's log cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
