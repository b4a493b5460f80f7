package io.jenkins.plugins.sslmanager.engine.reissue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Asks for a job wherever it is: JobInfo knows those that run, the job history those that have ended. */
public final class JobLookup {

    private final SslManagerApi api;

    public JobLookup(SslManagerApi api) {
        this.api = api;
    }

    /** @return fails with {@link ApiException#JOB_NOT_FOUND} where neither knows the job */
    public CompletableFuture<ObjectJob> ask(long jobId) {
        return api.jobInfo(jobId)
                .handle((running, failure) -> isNotFound(failure)
                        ? api.jobHistoryInfo(jobId)
                        : failure == null
                                ? CompletableFuture.completedFuture(running)
                                : CompletableFuture.<ObjectJob>failedFuture(failure))
                .thenCompose(Function.identity());
    }

    public static boolean isNotFound(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ApiException refusal && ApiException.JOB_NOT_FOUND.equals(refusal.code());
    }
}
