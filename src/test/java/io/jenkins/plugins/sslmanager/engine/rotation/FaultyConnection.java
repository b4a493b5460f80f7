package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The way to the service, of which a test says what becomes of each request. The tasks are those of the JSON API. */
final class FaultyConnection {

    static final List<Task> JOB_LISTS = List.of(Task.JOB_SEARCH, Task.JOB_HISTORY_SEARCH);
    static final List<Task> ALL_ABOUT_JOBS =
            List.of(Task.JOB_SEARCH, Task.JOB_HISTORY_SEARCH, Task.JOB_INFO, Task.JOB_HISTORY_INFO);

    /** What becomes of a request. */
    @FunctionalInterface
    interface Treatment {
        CompletableFuture<?> treat(Task task, Supplier<CompletableFuture<?>> service);
    }

    static final Treatment LOST_ON_THE_WAY_THERE = (task, service) -> failed(ApiException.answerLost(task, "cut"));

    static final Treatment LOST_ON_THE_WAY_BACK = (task, service) -> {
        service.get();
        return failed(ApiException.answerLost(task, "cut"));
    };

    static final Treatment NOT_SENT =
            (task, service) -> failed(ApiException.unreachable(task, "connection refused", "Check the network."));

    /** The service acts, and the answer never comes. */
    static final Treatment UNANSWERED = (task, service) -> {
        service.get();
        return new CompletableFuture<>();
    };

    static Treatment refused(int status) {
        return (task, service) ->
                failed(ApiException.refused(task, status, "EF1", "Nein.", null, "Do something about it."));
    }

    private static CompletableFuture<?> failed(ApiException failure) {
        return CompletableFuture.failedFuture(failure);
    }

    /** Of each job that is told, alone or in a list. */
    static Treatment jobs(UnaryOperator<ObjectJob> change) {
        return (task, service) -> service.get()
                .thenApply(answer -> answer instanceof List<?> list
                        ? list.stream().map(ObjectJob.class::cast).map(change).toList()
                        : change.apply((ObjectJob) answer));
    }

    static Treatment certificate(UnaryOperator<Certificate> change) {
        return (task, service) ->
                service.get().thenApply(Certificate.class::cast).thenApply(change);
    }

    /** Notifications tell whose job has ended, and nothing of the certificate but its name. */
    static Treatment notificationsWithoutCertificate() {
        return (task, service) -> service.get()
                .thenApply(Poll.class::cast)
                .thenApply(poll ->
                        new Poll(poll.waiting(), poll.message().map(message -> withCertificate(message, null))));
    }

    /** @param certificate what the message tells of it; null for its name alone */
    static PollMessage withCertificate(PollMessage message, @CheckForNull Certificate certificate) {
        ResponseObject object = message.object();
        return new PollMessage(
                message.id(),
                message.owner(),
                message.job(),
                message.stid(),
                message.ctid(),
                message.messages(),
                message.notice(),
                message.created(),
                new ResponseObject(object.type(), object.value(), object.summary(), certificate));
    }

    /** The same answer each time, whatever the service would say. */
    static Treatment answer(Object answer) {
        return (task, service) -> CompletableFuture.completedFuture(answer);
    }

    /** No message is in the queue. */
    static Treatment silence() {
        return answer(new Poll(0, Optional.empty()));
    }

    static Treatment emptyList() {
        return answer(List.of());
    }

    /** The first so many requests are treated so, the others as usual. */
    static Treatment first(int many, Treatment treatment) {
        int[] left = {many};
        return (task, service) -> left[0]-- > 0 ? treatment.treat(task, service) : service.get();
    }

    private final Map<Task, Treatment> treatments = new EnumMap<>(Task.class);
    private final List<Task> requests = new ArrayList<>();

    void treat(Task task, Treatment treatment) {
        treatments.put(task, treatment);
    }

    void treat(List<Task> tasks, Treatment treatment) {
        tasks.forEach(task -> treat(task, treatment));
    }

    void treatAll(Treatment treatment) {
        treat(List.of(Task.values()), treatment);
    }

    void treatNothing() {
        treatments.clear();
    }

    int count(Task task) {
        return Collections.frequency(requests, task);
    }

    /** In order. */
    List<Task> requests() {
        return List.copyOf(requests);
    }

    /** The service behind it. */
    SslManagerApi to(SslManagerApi service) {
        return new Api(service);
    }

    private final class Api extends ForwardingApi {

        private final SslManagerApi service;

        Api(SslManagerApi service) {
            this.service = service;
        }

        /** A treatment keeps the type of the answer. */
        @Override
        @SuppressWarnings("unchecked")
        protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
            requests.add(task);
            Treatment treatment = treatments.get(task);
            return treatment == null
                    ? request.apply(service)
                    : (CompletableFuture<T>) treatment.treat(task, () -> request.apply(service));
        }
    }
}
