package io.jenkins.plugins.sslmanager.freestyle;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.Result;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.Serial;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/** What a step of a Pipeline finds in a freestyle build. */
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification =
                "Serializable by its superclass alone: a freestyle build outlives no restart, and keeps no step")
final class FreestyleStepContext extends StepContext {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient AbstractBuild<?, ?> build;
    private final transient Launcher launcher;
    private final transient TaskListener listener;
    private final transient Authentication authentication;
    private final transient CompletableFuture<Object> ended = new CompletableFuture<>();

    /** To be made by the thread of the build, which runs as whoever the build runs as. */
    FreestyleStepContext(AbstractBuild<?, ?> build, Launcher launcher, TaskListener listener) {
        this.build = build;
        this.launcher = launcher;
        this.listener = listener;
        authentication = Jenkins.getAuthentication2();
    }

    /**
     * Runs a step, and waits for its end.
     *
     * @return what the step returns
     * @throws InterruptedException if the build was aborted; the step has been stopped then
     */
    Object run(Step step) throws IOException, InterruptedException {
        try {
            StepExecution execution = step.start(this);
            execution.start();
            try {
                return ended.get();
            } catch (InterruptedException e) {
                execution.stop(e);
                throw e;
            }
        } catch (Exception e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            Throwables.throwIfInstanceOf(cause, IOException.class);
            Throwables.throwIfInstanceOf(cause, InterruptedException.class);
            Throwables.throwIfUnchecked(cause);
            throw new IOException(cause);
        }
    }

    @Override
    public <T> T get(Class<T> key) throws IOException, InterruptedException {
        return key.cast(find(key));
    }

    @CheckForNull
    private Object find(Class<?> key) throws IOException, InterruptedException {
        if (key == FilePath.class) {
            return workspace();
        }
        if (key == EnvVars.class) {
            return build.getEnvironment(listener);
        }
        return Stream.of(build, launcher, listener, authentication)
                .filter(key::isInstance)
                .findFirst()
                .orElse(null);
    }

    /** Anew each time, since the agent may have been away meanwhile. */
    private FilePath workspace() throws AbortException {
        FilePath workspace = build.getWorkspace();
        if (workspace == null) {
            throw new AbortException("The workspace is out of reach: the agent " + build.getBuiltOnStr()
                    + " is not connected. Run the step again when it is back");
        }
        return workspace;
    }

    @Override
    public void onSuccess(@CheckForNull Object result) {
        ended.complete(result);
    }

    @Override
    public void onFailure(Throwable failure) {
        ended.completeExceptionally(failure);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return Futures.immediateFuture(null);
    }

    @Override
    public void setResult(Result result) {
        build.setResult(result);
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        throw new IllegalStateException("A build step of a freestyle job has no body");
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
