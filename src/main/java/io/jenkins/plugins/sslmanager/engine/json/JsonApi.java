package io.jenkins.plugins.sslmanager.engine.json;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.Response;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.http.Cancellation;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.HttpCall;
import io.jenkins.plugins.sslmanager.engine.http.HttpTransport;
import io.jenkins.plugins.sslmanager.engine.http.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The JSON API (paths as in the OpenAPI document). One instance an account, since it remembers which routes the service has. */
public final class JsonApi implements SslManagerApi {

    private static final String JSON = "application/json";
    private static final String PREPARE_ORDER = "/certificate/_prepareOrder";

    /** As on the process page and in the Java SDK. */
    private static final String OLDER_PREPARE_ORDER = "/certificate/prepareOrder";

    private final HttpTransport transport;
    private final JsonCodec codec = new JsonCodec();
    private volatile boolean usesOlderRoute;

    public JsonApi(HttpTransport transport) {
        this.transport = transport;
    }

    @Override
    public CompletableFuture<CertificateData> prepareOrder(CertificateData request) {
        if (usesOlderRoute) {
            return post(Task.PREPARE_ORDER, OLDER_PREPARE_ORDER, request, this::prepared);
        }
        CompletableFuture<HttpAnswer> current = post(Task.PREPARE_ORDER, PREPARE_ORDER, request, Function.identity());
        return Cancellation.passOn(
                current,
                current.thenCompose(answer -> isNoRoute(answer)
                        ? post(Task.PREPARE_ORDER, OLDER_PREPARE_ORDER, request, older -> eitherRoute(answer, older))
                        : CompletableFuture.completedFuture(prepared(answer))));
    }

    private CertificateData eitherRoute(HttpAnswer current, HttpAnswer older) {
        if (isNoRoute(older)) {
            return prepared(current);
        }
        usesOlderRoute = true;
        return prepared(older);
    }

    private CertificateData prepared(HttpAnswer answer) {
        return single(Task.PREPARE_ORDER, answer, CertificateData.class);
    }

    private static boolean isNoRoute(HttpAnswer answer) {
        return answer.status() == 404 || answer.status() == 405;
    }

    @Override
    public CompletableFuture<Job> reissue(long certificateId, CertificateOrder order, String ctid) {
        byte[] body = codec.encode(order);
        return send(
                new HttpCall(Task.REISSUE, "PUT", "/certificate/" + certificateId, body, JSON, ctid, false),
                answer -> single(Task.REISSUE, answer, Job.class));
    }

    @Override
    public CompletableFuture<Poll> pollInfo() {
        return get(Task.POLL_INFO, "/poll", answer -> {
            Response<PollMessage> response = codec.answer(Task.POLL_INFO, answer, PollMessage.class);
            Optional<PollMessage> message = entries(response).stream().findFirst();
            boolean counted = response.object() != null && response.object().summary() != null;
            return new Poll(counted ? response.object().summary() : message.isPresent() ? 1 : 0, message);
        });
    }

    @Override
    public CompletableFuture<Void> pollConfirm(long messageId) {
        return send(
                new HttpCall(Task.POLL_CONFIRM, "PUT", "/poll/" + messageId, null, JSON, null, true),
                answer -> done(Task.POLL_CONFIRM, answer));
    }

    @Override
    public CompletableFuture<Certificate> certificateInfo(long certificateId) {
        return get(
                Task.CERTIFICATE_INFO,
                "/certificate/" + certificateId,
                answer -> single(Task.CERTIFICATE_INFO, answer, Certificate.class));
    }

    @Override
    public CompletableFuture<ObjectJob> jobInfo(long jobId) {
        return get(Task.JOB_INFO, "/job/" + jobId, answer -> single(Task.JOB_INFO, answer, ObjectJob.class));
    }

    @Override
    public CompletableFuture<ObjectJob> jobHistoryInfo(long jobId) {
        return get(
                Task.JOB_HISTORY_INFO,
                "/job/history/" + jobId,
                answer -> single(Task.JOB_HISTORY_INFO, answer, ObjectJob.class));
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobSearch(Query query) {
        return search(Task.JOB_SEARCH, "/job/_search", query);
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobHistorySearch(Query query) {
        return search(Task.JOB_HISTORY_SEARCH, "/job/history/_search", query);
    }

    @Override
    public CompletableFuture<Void> hello() {
        return get(Task.HELLO, "/hello", answer -> done(Task.HELLO, answer));
    }

    private CompletableFuture<List<ObjectJob>> search(Task task, String path, Query query) {
        return post(task, path, query, answer -> entries(codec.answer(task, answer, ObjectJob.class)));
    }

    private <T> CompletableFuture<T> get(Task task, String path, Function<HttpAnswer, T> read) {
        return send(new HttpCall(task, "GET", path, null, JSON, null, true), read);
    }

    /** All that is posted here only asks, so it may be repeated. */
    private <T> CompletableFuture<T> post(Task task, String path, Object body, Function<HttpAnswer, T> read) {
        return send(new HttpCall(task, "POST", path, codec.encode(body), JSON, null, true), read);
    }

    private <T> CompletableFuture<T> send(HttpCall call, Function<HttpAnswer, T> read) {
        CompletableFuture<HttpAnswer> answer = transport.send(call);
        return Cancellation.passOn(answer, answer.thenApply(read));
    }

    private Void done(Task task, HttpAnswer answer) {
        codec.answer(task, answer, Object.class);
        return null;
    }

    private <T> T single(Task task, HttpAnswer answer, Class<T> type) {
        return entries(codec.answer(task, answer, type)).stream()
                .findFirst()
                .orElseThrow(() -> ApiException.malformed(
                        task, answer.status(), "it has no data, it begins " + Quoted.firstBytes(answer.body())));
    }

    private static <T> List<T> entries(Response<T> response) {
        return response.data() == null ? List.of() : response.data();
    }
}
