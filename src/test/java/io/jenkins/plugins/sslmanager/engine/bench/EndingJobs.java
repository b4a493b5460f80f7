package io.jenkins.plugins.sslmanager.engine.bench;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A service whose jobs end in their time, and whose queue tells of none of them. */
final class EndingJobs extends ForwardingApi {

    private static final int NOT_FOUND = 404;
    private static final Job OF_OTHERS =
            new Job(null, null, null, null, JobStatus.SUCCESS, null, null, null, "domain", null, "create", 5L);

    private final InstantSource time;
    private final Optional<PollMessage> head;
    private final NavigableMap<Long, Instant> ends = new TreeMap<>();

    /** @param blocked whether a message of others is at the head of its queue */
    EndingJobs(InstantSource time, boolean blocked) {
        this.time = time;
        head = blocked
                ? Optional.of(new PollMessage(
                        1L,
                        null,
                        OF_OTHERS,
                        "stid",
                        "of-others",
                        null,
                        null,
                        null,
                        new ResponseObject("Domain", "example.net", null, null)))
                : Optional.empty();
    }

    void start(long job, Instant end) {
        ends.put(job, end);
    }

    Instant endOf(long job) {
        return ends.get(job);
    }

    private boolean hasEnded(long job) {
        return !ends.get(job).isAfter(time.instant());
    }

    private ObjectJob job(long id) {
        JobStatus status = hasEnded(id) ? JobStatus.SUCCESS : JobStatus.RUNNING;
        return new ObjectJob(
                new Job(null, null, null, null, status, null, null, null, "ssl", null, "reissue", id),
                new ResponseObject(ResponseObject.CERTIFICATE, "host-" + id + ".example.com", null, null),
                null,
                null,
                null);
    }

    @Override
    public CompletableFuture<Poll> pollInfo() {
        return CompletableFuture.completedFuture(new Poll(head.isPresent() ? 1 : 0, head));
    }

    @Override
    public CompletableFuture<ObjectJob> jobInfo(long jobId) {
        return jobIf(!hasEnded(jobId), jobId);
    }

    @Override
    public CompletableFuture<ObjectJob> jobHistoryInfo(long jobId) {
        return jobIf(hasEnded(jobId), jobId);
    }

    private CompletableFuture<ObjectJob> jobIf(boolean isThere, long jobId) {
        return isThere
                ? CompletableFuture.completedFuture(job(jobId))
                : CompletableFuture.failedFuture(ApiException.refused(
                        Task.JOB_INFO, NOT_FOUND, ApiException.JOB_NOT_FOUND, "No such job.", "stid", "Check its id."));
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobSearch(Query query) {
        return page(query, false);
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobHistorySearch(Query query) {
        return page(query, true);
    }

    private CompletableFuture<List<ObjectJob>> page(Query query, boolean ended) {
        return CompletableFuture.completedFuture(ends.descendingKeySet().stream()
                .filter(job -> hasEnded(job) == ended)
                .skip(query.view().offset())
                .limit(query.view().limit())
                .map(this::job)
                .toList());
    }

    /** Neither the inbox nor the benchmark asks for anything else. */
    @Override
    protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
        throw new UnsupportedOperationException(task.toString());
    }
}
