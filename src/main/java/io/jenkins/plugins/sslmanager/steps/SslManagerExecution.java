package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.reissue.Failures;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueException;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
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

    private transient volatile CompletableFuture<?> underWay;
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

    /** Has an abort of the build end this request or wait; each one takes the place of the one before. */
    final <T> CompletableFuture<T> abortable(CompletableFuture<T> next) {
        underWay = next;
        if (stopped) {
            next.cancel(true);
        }
        return next;
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

    /** @throws IllegalArgumentException if it is missing */
    static void requireId(String parameter, long id) {
        if (id <= 0) {
            throw new IllegalArgumentException("'" + parameter + "' is missing, or no id of the service: " + id
                    + ". Set it to the number that the SSL Manager shows");
        }
    }

    private void finish(@CheckForNull Object result, @CheckForNull Throwable failure) {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        // What ends because Jenkins ends is taken up again after the restart.
        if (stopped || jenkins == null || jenkins.isTerminating()) {
            return;
        }
        if (failure == null) {
            getContext().onSuccess(result);
        } else {
            getContext().onFailure(told(failure));
        }
    }

    /** Failures whose message says all come without a stack trace. */
    private static Throwable told(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        boolean expected = cause instanceof ApiException
                || cause instanceof ReissueException
                || cause instanceof PkiException
                || cause instanceof IllegalArgumentException;
        return expected ? new AbortException(cause.getMessage()) : cause;
    }

    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        stopped = true;
        CompletableFuture<?> work = underWay;
        if (work != null) {
            work.cancel(true);
        }
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
