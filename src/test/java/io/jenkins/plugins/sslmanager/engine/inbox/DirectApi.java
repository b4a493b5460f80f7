package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The sandbox's API without a connection: it answers at once, notes what is asked, and fails as a test wants it. */
final class DirectApi extends ForwardingApi {

    /** What happens to a request on the way. */
    private record Fault(ApiException failure, boolean afterTheDeed) {}

    private final SandboxCalls service;
    private final List<String> requests = new ArrayList<>();
    private final Map<String, Fault> faults = new HashMap<>();
    private final Map<String, Runnable> actions = new HashMap<>();
    private final Set<String> stalling = new HashSet<>();
    private UnaryOperator<Poll> whatIsPolled = UnaryOperator.identity();

    private UnaryOperator<ObjectJob> whatIsListed = UnaryOperator.identity();

    DirectApi(SandboxCalls service) {
        this.service = service;
    }

    /** From now on, requests that begin like this fail so, and nothing is done. */
    void refuse(String requests, ApiException failure) {
        faults.put(requests, new Fault(failure, false));
    }

    /** From now on, requests that begin like this are done, and fail so all the same. */
    void loseAnswer(String requests, ApiException failure) {
        faults.put(requests, new Fault(failure, true));
    }

    /** Before a request that begins like this is answered. */
    void beforeEach(String requests, Runnable action) {
        actions.put(requests, action);
    }

    /** From now on, requests that begin like this get no answer, ever; or an answer again. */
    void stall(String requests, boolean stalled) {
        if (stalled) {
            stalling.add(requests);
        } else {
            stalling.remove(requests);
        }
    }

    void work() {
        faults.clear();
    }

    /** Has the service send other notifications than the sandbox's. */
    void poll(UnaryOperator<Poll> changed) {
        whatIsPolled = changed;
    }

    /** Has the history list jobs as on the help page of the XML API: with their certificates' names alone. */
    void listNamesAlone() {
        whatIsListed = row -> new ObjectJob(
                row.job(),
                new ResponseObject(ResponseObject.CERTIFICATE, row.object().value(), null, null),
                null,
                null,
                null);
    }

    /** Such as {@code poll}, {@code confirm 17}, {@code job 4}, {@code history 4}, in their order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    void forgetRequests() {
        requests.clear();
    }

    long count(String beginning) {
        return requests.stream()
                .filter(request -> request.startsWith(beginning))
                .count();
    }

    private <T> CompletableFuture<T> ask(String request, Supplier<T> deed) {
        requests.add(request);
        actions.forEach((beginning, action) -> {
            if (request.startsWith(beginning)) {
                action.run();
            }
        });
        if (stalling.stream().anyMatch(request::startsWith)) {
            return new CompletableFuture<>();
        }
        Fault fault = faults.entrySet().stream()
                .filter(entry -> request.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        try {
            if (fault == null) {
                return CompletableFuture.completedFuture(deed.get());
            }
            if (fault.afterTheDeed()) {
                deed.get();
            }
            return CompletableFuture.failedFuture(fault.failure());
        } catch (ApiException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<Poll> pollInfo() {
        return ask("poll", () -> whatIsPolled.apply(service.pollInfo()));
    }

    @Override
    public CompletableFuture<Void> pollConfirm(long messageId) {
        return ask("confirm " + messageId, () -> {
            service.pollConfirm(messageId);
            return null;
        });
    }

    @Override
    public CompletableFuture<Certificate> certificateInfo(long certificateId) {
        return ask("certificate " + certificateId, () -> service.certificateInfo(certificateId));
    }

    @Override
    public CompletableFuture<ObjectJob> jobInfo(long jobId) {
        return ask("job " + jobId, () -> service.jobInfo(jobId));
    }

    @Override
    public CompletableFuture<ObjectJob> jobHistoryInfo(long jobId) {
        return ask("history " + jobId, () -> service.jobHistoryInfo(jobId));
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobSearch(Query query) {
        return ask("search", () -> service.jobSearch(query));
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobHistorySearch(Query query) {
        return ask(
                "ended",
                () -> service.jobHistorySearch(query).stream().map(whatIsListed).toList());
    }

    /** An inbox asks for nothing else. */
    @Override
    protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
        throw new UnsupportedOperationException(task.toString());
    }
}
