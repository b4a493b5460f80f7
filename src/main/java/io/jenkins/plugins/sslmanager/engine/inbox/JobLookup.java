package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import java.util.concurrent.CompletableFuture;

/** Asks for a job wherever it is: JobInfo knows those that run, the job history those that have ended. */
public final class JobLookup {

    private final SslManagerApi api;

    public JobLookup(SslManagerApi api) {
        this.api = api;
    }

    /** @return fails with {@link ApiException#JOB_NOT_FOUND} where neither knows the job */
    public CompletableFuture<ObjectJob> ask(long jobId) {
        Cancellation cancellation = new Cancellation();
        return cancellation.cancelledWith(cancellation
                .begin(() -> api.jobInfo(jobId))
                .exceptionallyCompose(failure -> isNotFound(failure)
                        ? cancellation.begin(() -> api.jobHistoryInfo(jobId))
                        : CompletableFuture.failedFuture(failure)));
    }

    /** The same for a job that seems to have ended: the history is asked first. */
    CompletableFuture<ObjectJob> askEnded(long jobId) {
        Cancellation cancellation = new Cancellation();
        return cancellation.cancelledWith(cancellation
                .begin(() -> api.jobHistoryInfo(jobId))
                .exceptionallyCompose(failure -> isNotFound(failure)
                        ? cancellation.begin(() -> api.jobInfo(jobId))
                        : CompletableFuture.failedFuture(failure)));
    }

    public static boolean isNotFound(Throwable failure) {
        return Failures.cause(failure) instanceof ApiException refusal
                && ApiException.JOB_NOT_FOUND.equals(refusal.code());
    }
}
