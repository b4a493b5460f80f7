package io.jenkins.plugins.sslmanager.engine.bench;

import io.jenkins.plugins.sslmanager.engine.api.DomainControllValidationStatus;
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
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;

/** A service whose jobs run for ever unless a notification says otherwise. It answers at once, holds nothing, and counts. */
final class CountingService extends ForwardingApi {

    private static final String OWN = "jenkins-bench-";

    private final Queue<PollMessage> queue = new ArrayDeque<>();
    private final Consumer<PollMessage> polled;
    private long requests;
    private long messages;

    /** @param polled told of each answer that carries a message, when it is given */
    CountingService(Consumer<PollMessage> polled) {
        this.polled = polled;
    }

    synchronized void notify(long job, boolean ours) {
        queue.add(new PollMessage(
                ++messages,
                null,
                job(job, JobStatus.SUCCESS),
                "20261124-bench-" + messages,
                ours ? OWN + job : null,
                null,
                null,
                null,
                new ResponseObject(ours ? ResponseObject.CERTIFICATE : "domain", name(job), null, null)));
    }

    static String ownCtids() {
        return OWN;
    }

    synchronized long requests() {
        return requests;
    }

    @Override
    public synchronized CompletableFuture<Poll> pollInfo() {
        requests++;
        Optional<PollMessage> head = Optional.ofNullable(queue.peek());
        head.ifPresent(polled);
        return CompletableFuture.completedFuture(new Poll(queue.size(), head));
    }

    @Override
    public synchronized CompletableFuture<Void> pollConfirm(long messageId) {
        requests++;
        queue.remove();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletableFuture<ObjectJob> jobInfo(long jobId) {
        requests++;
        return CompletableFuture.completedFuture(running(jobId));
    }

    private static ObjectJob running(long jobId) {
        return new ObjectJob(
                job(jobId, JobStatus.RUNNING),
                null,
                null,
                List.of(
                        new DomainControllValidationStatus("IN_PROGRESS", name(jobId)),
                        new DomainControllValidationStatus("IN_PROGRESS", "www." + name(jobId))),
                null);
    }

    private static Job job(long id, JobStatus status) {
        return new Job(null, null, null, null, status, null, null, null, "ssl", null, "reissue", id);
    }

    private static String name(long job) {
        return "host-" + job + ".example.com";
    }

    @Override
    public synchronized CompletableFuture<List<ObjectJob>> jobSearch(Query query) {
        requests++;
        long first = Benchmark.FIRST_JOB + query.view().offset();
        return CompletableFuture.completedFuture(LongStream.range(first, first + Query.LIMIT)
                .mapToObj(CountingService::running)
                .toList());
    }

    /** Neither the inbox nor the benchmark asks for anything else. */
    @Override
    protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
        throw new UnsupportedOperationException(task.toString());
    }
}
