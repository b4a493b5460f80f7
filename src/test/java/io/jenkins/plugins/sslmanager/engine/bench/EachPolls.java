package io.jenkins.plugins.sslmanager.engine.bench;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What a pipeline does that is written by hand: look at the queue, confirm the notification if it is one's own, else ask for
 * the job, and all over again after a while. Here each build has a timer, which spares it the thread.
 */
final class EachPolls implements Waiting {

    static final Duration INTERVAL = Duration.ofMinutes(1);

    private final SslManagerApi service;
    private final Pauses pauses;
    private volatile boolean closed;

    EachPolls(SslManagerApi service, Pauses pauses) {
        this.service = service;
        this.pauses = pauses;
    }

    @Override
    public CompletableFuture<?> await(long job) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        look(job, ended);
        return ended;
    }

    private void look(long job, CompletableFuture<Void> ended) {
        if (closed) {
            return;
        }
        hasEnded(service, job).exceptionally(trouble -> false).thenAccept(over -> {
            if (over) {
                ended.complete(null);
            } else {
                pauses.pause(INTERVAL).thenRun(() -> look(job, ended));
            }
        });
    }

    static CompletableFuture<Boolean> hasEnded(SslManagerApi service, long job) {
        return service.pollInfo()
                .thenCompose(poll -> isAbout(poll, job)
                        ? service.pollConfirm(poll.message().orElseThrow().id()).thenApply(confirmed -> true)
                        : service.jobInfo(job)
                                .handle((info, failure) ->
                                        failure == null ? info.job().status().ended() : isUnknown(failure)));
    }

    /** A job that has ended is in the history, of which JobInfo knows nothing. */
    private static boolean isUnknown(Throwable failure) {
        return Failures.cause(failure) instanceof ApiException refusal && refusal.kind() == ApiException.Kind.REFUSED;
    }

    private static boolean isAbout(Poll poll, long job) {
        return poll.message().filter(message -> message.job().id() == job).isPresent();
    }

    @Override
    public void close() {
        closed = true;
    }
}
