package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** The service as one controller's life sees it, with the password that is stored now, over a network that fails in every way. */
final class FaultyApi extends ForwardingApi {

    private static final Duration QUICK = Duration.ofMillis(300);

    /** The transport's: no request arrives later, and no answer is waited for longer. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private final World world;
    private final ControllerLife life;
    private final int password;

    FaultyApi(World world, ControllerLife life) {
        this.world = world;
        this.life = life;
        password = world.passwords().stored();
    }

    @Override
    public CompletableFuture<Poll> pollInfo() {
        life.beginsToPoll();
        CompletableFuture<Poll> answer = call(Task.POLL_INFO, () -> {
            Poll poll = poll();
            life.polls().add(poll);
            return poll;
        });
        answer.whenComplete((poll, failure) -> life.hasPolled());
        return answer;
    }

    /** Most polls find nothing; the way of that answer over the protocol has been seen often enough. */
    private Poll poll() {
        return world.account().queuedMessageIds().isEmpty()
                ? new Poll(0, Optional.empty())
                : world.service().pollInfo();
    }

    @Override
    public CompletableFuture<Void> pollConfirm(long messageId) {
        return call(Task.POLL_CONFIRM, () -> {
            Poll before = world.service().pollInfo();
            world.service().pollConfirm(messageId);
            life.confirmed(before.message().orElseThrow());
            return null;
        });
    }

    @Override
    public CompletableFuture<Job> reissue(long certificateId, CertificateOrder order, String ctid) {
        return order(Task.REISSUE, certificateId, order, ctid, world.service()::reissue);
    }

    @Override
    public CompletableFuture<Job> renew(long certificateId, CertificateOrder order, String ctid) {
        return order(Task.RENEW, certificateId, order, ctid, world.service()::renew);
    }

    private interface Ordering {
        Job order(long certificateId, CertificateOrder order, String ctid);
    }

    private CompletableFuture<Job> order(
            Task task, long certificateId, CertificateOrder order, String ctid, Ordering service) {
        return call(task, () -> {
            Job job = service.order(certificateId, order, ctid);
            world.tally().count("orders placed: " + task);
            life.ordered(certificateId, order.csr(), ctid, task == Task.RENEW, job.id());
            return job;
        });
    }

    @Override
    public CompletableFuture<Certificate> certificateInfo(long certificateId) {
        return call(
                Task.CERTIFICATE_INFO,
                () -> world.shownCertificates()
                        .shown(world.service().certificateInfo(certificateId))
                        .orElseThrow(() -> refused(Task.CERTIFICATE_INFO, 404)));
    }

    @Override
    public CompletableFuture<ObjectJob> jobInfo(long jobId) {
        return call(
                Task.JOB_INFO,
                () -> world.shownJobs()
                        .domainJob(jobId, false)
                        .orElseGet(
                                () -> world.shownJobs().single(world.service().jobInfo(jobId))));
    }

    @Override
    public CompletableFuture<ObjectJob> jobHistoryInfo(long jobId) {
        return call(
                Task.JOB_HISTORY_INFO,
                () -> world.shownJobs()
                        .domainJob(jobId, true)
                        .orElseGet(
                                () -> world.shownJobs().single(world.service().jobHistoryInfo(jobId))));
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobSearch(Query query) {
        return call(
                Task.JOB_SEARCH,
                () -> world.shownJobs()
                        .list(Task.JOB_SEARCH, name(query), world.service().jobSearch(query)));
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobHistorySearch(Query query) {
        return call(
                Task.JOB_HISTORY_SEARCH,
                () -> world.shownJobs()
                        .list(
                                Task.JOB_HISTORY_SEARCH,
                                name(query),
                                world.service().jobHistorySearch(query)));
    }

    /** The way is faulty, and the answer the service's own. */
    @Override
    protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
        return call(
                task, () -> SandboxCalls.result(request.apply(world.service().api())));
    }

    private static String name(Query query) {
        return query.filters() == null ? "example.com" : query.filters().get(0).value();
    }

    private <T> CompletableFuture<T> call(Task task, Supplier<T> effect) {
        life.requireAlive();
        CrashPoint.of(task, CrashPoint.Moment.SENDING).ifPresent(life::surviveOrThrow);
        Call<T> call = new Call<>(task, effect, new CompletableFuture<>());
        world.faults().of(task).ifPresentOrElse(fault -> meet(call, fault), () -> succeed(call, QUICK));
        return call.answer();
    }

    private <T> void meet(Call<T> call, Fault fault) {
        tell(call.task() + ": " + fault);
        Task task = call.task();
        switch (fault) {
            case NOT_SENT ->
                fail(call, QUICK, ApiException.unreachable(task, "connection refused", "Check the network."));
            case LOST_BEFORE_THE_SERVICE_ACTED ->
                fail(call, TIME_LIMIT, ApiException.answerLost(task, "connection cut"));
            case LOST_AFTER_THE_SERVICE_ACTED -> {
                after(TIME_LIMIT, () -> perform(call));
                fail(call, TIME_LIMIT, ApiException.answerLost(task, "connection cut"));
            }
            case TOO_MANY_REQUESTS -> fail(call, QUICK, refused(task, 429));
            case UNAVAILABLE -> fail(call, QUICK, refused(task, 503));
            case UNAVAILABLE_AFTER_ALL -> {
                after(TIME_LIMIT, () -> perform(call));
                fail(call, QUICK, refused(task, 503));
            }
            case GARBAGE ->
                after(QUICK, () -> {
                    perform(call);
                    fail(call, QUICK, ApiException.malformed(task, 200, "not JSON"));
                });
            case REPEATED ->
                after(TIME_LIMIT, () -> {
                    perform(call);
                    succeed(call, TIME_LIMIT);
                });
            case OLDER_POLL -> succeed(new Call<>(task, () -> older(call.effect()), call.answer()), QUICK);
            case LATE -> succeed(call, TIME_LIMIT);
            default -> throw new IllegalArgumentException(fault + " is no fault of a request");
        }
    }

    /** Only polls get here; the answers are kept as they were given. */
    @SuppressWarnings("unchecked")
    private <T> T older(Supplier<T> effect) {
        return life.polls().isEmpty() ? effect.get() : (T) world.dice().of(life.polls());
    }

    private <T> void succeed(Call<T> call, Duration slowest) {
        after(slowest, () -> {
            Supplier<T> result = perform(call);
            after(slowest, () -> answer(call, result));
        });
    }

    private <T> void fail(Call<T> call, Duration slowest, ApiException failure) {
        after(
                slowest,
                () -> answer(call, () -> {
                    throw failure;
                }));
    }

    /** A request that is on its way arrives also when its sender is dead. */
    private <T> Supplier<T> perform(Call<T> call) {
        Supplier<T> result;
        try {
            if (!world.passwords().isRight(password)) {
                throw refused(call.task(), 401);
            }
            T done = call.effect().get();
            tell(call.task() + " is carried out" + (done instanceof Poll poll ? ": " + told(poll) : ""));
            result = () -> done;
        } catch (ApiException refused) {
            tell(call.task() + " is refused: " + refused.httpStatus() + " " + refused.code());
            result = () -> {
                throw refused;
            };
        }
        CrashPoint.of(call.task(), CrashPoint.Moment.ACTED).ifPresent(life::survives);
        return result;
    }

    private static String told(Poll poll) {
        return poll.message()
                .map(message ->
                        "message " + message.id() + (message.ctid() == null ? ", foreign" : " of " + message.ctid()))
                .orElse("empty");
    }

    private <T> void answer(Call<T> call, Supplier<T> result) {
        if (!CrashPoint.of(call.task(), CrashPoint.Moment.ANSWERED)
                .map(life::survives)
                .orElseGet(life::isAlive)) {
            return;
        }
        try {
            T value = result.get();
            tell(call.task() + " is answered" + (value instanceof Poll poll ? ": " + told(poll) : ""));
            call.answer().complete(value);
        } catch (ApiException failure) {
            tell(call.task() + " fails: " + failure.kind());
            call.answer().completeExceptionally(failure);
        }
    }

    private static ApiException refused(Task task, int status) {
        return ApiException.refused(task, status, null, null, null, "Try again later.");
    }

    private void after(Duration slowest, Runnable what) {
        world.time().after(world.dice().upTo(slowest), what);
    }

    private void tell(String what) {
        world.story().tell(life.toString(), what);
    }

    private record Call<T>(Task task, Supplier<T> effect, CompletableFuture<T> answer) {}
}
