package io.jenkins.plugins.sslmanager.engine.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.HttpCall;
import io.jenkins.plugins.sslmanager.engine.http.HttpTransport;
import io.jenkins.plugins.sslmanager.engine.http.Priority;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.protocol.Format;
import io.jenkins.plugins.sslmanager.engine.protocol.UnknownFields;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The JSON API (paths as in the OpenAPI document). It remembers which routes the service has, so all others of an account are
 * made of one.
 */
public final class JsonApi implements SslManagerApi {

    private static final String JSON = "application/json";
    private static final String PREPARE_ORDER = "/certificate/_prepareOrder";

    /** As on the process page and in the Java SDK. */
    private static final String OLDER_PREPARE_ORDER = "/certificate/prepareOrder";

    private final ServiceAccount account;
    private final Function<HttpCall, CompletableFuture<HttpAnswer>> transport;
    private final JsonCodec codec;
    private final AtomicBoolean usesOlderRoute;

    /** @param transport sends a call to the account's service, as {@link HttpTransport#send} does */
    public JsonApi(ServiceAccount account, Function<HttpCall, CompletableFuture<HttpAnswer>> transport) {
        this(account, transport, new JsonCodec(), new AtomicBoolean());
    }

    /** @param unknownFields told of what answers have beyond what is read */
    public JsonApi(
            ServiceAccount account,
            Function<HttpCall, CompletableFuture<HttpAnswer>> transport,
            UnknownFields unknownFields) {
        this(account, transport, new JsonCodec(unknownFields), new AtomicBoolean());
    }

    private JsonApi(
            ServiceAccount account,
            Function<HttpCall, CompletableFuture<HttpAnswer>> transport,
            JsonCodec codec,
            AtomicBoolean usesOlderRoute) {
        this.account = account;
        this.transport = transport;
        this.codec = codec;
        this.usesOlderRoute = usesOlderRoute;
    }

    /** The same API, whose calls are changed so before they are sent. Both know the same of the service's routes. */
    public JsonApi with(UnaryOperator<HttpCall> change) {
        return new JsonApi(account, call -> transport.apply(change.apply(call)), codec, usesOlderRoute);
    }

    @Override
    public SslManagerApi patient() {
        return with(call -> call.withPriority(Priority.LOOK));
    }

    @Override
    public CompletableFuture<CertificateData> prepareOrder(CertificateData request) {
        if (usesOlderRoute.get()) {
            return post(Task.PREPARE_ORDER, OLDER_PREPARE_ORDER, request, this::prepared);
        }
        Cancellation cancellation = new Cancellation();
        return cancellation.cancelledWith(cancellation
                .begin(() -> post(Task.PREPARE_ORDER, PREPARE_ORDER, request, Function.identity()))
                .thenCompose(answer -> isNoRoute(answer)
                        ? cancellation.begin(() -> post(
                                Task.PREPARE_ORDER, OLDER_PREPARE_ORDER, request, older -> eitherRoute(answer, older)))
                        : CompletableFuture.completedFuture(prepared(answer))));
    }

    private CertificateData eitherRoute(HttpAnswer current, HttpAnswer older) {
        if (isNoRoute(older)) {
            return prepared(current);
        }
        usesOlderRoute.set(true);
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
        return order(Task.REISSUE, "/certificate/" + certificateId, order, ctid);
    }

    @Override
    public CompletableFuture<Job> renew(long certificateId, CertificateOrder order, String ctid) {
        return order(Task.RENEW, "/certificate/" + certificateId + "/_renew", order, ctid);
    }

    private CompletableFuture<Job> order(Task task, String path, CertificateOrder order, String ctid) {
        byte[] body = codec.encode(order);
        return send(
                new HttpCall(task, "PUT", path, () -> body, JSON, () -> headers(ctid), false),
                answer -> single(task, answer, Job.class));
    }

    @Override
    public CompletableFuture<Poll> pollInfo() {
        return get(Task.POLL_INFO, "/poll", answer -> Poll.of(response(Task.POLL_INFO, answer, PollMessage.class)));
    }

    @Override
    public CompletableFuture<Void> pollConfirm(long messageId) {
        return send(
                new HttpCall(Task.POLL_CONFIRM, "PUT", "/poll/" + messageId, null, JSON, () -> headers(null), true),
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
    public CompletableFuture<List<Certificate>> certificateSearch(Query query) {
        return search(Task.CERTIFICATE_SEARCH, "/certificate/_search", query, Certificate.class);
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
        return search(Task.JOB_SEARCH, "/job/_search", query, ObjectJob.class);
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobHistorySearch(Query query) {
        return search(Task.JOB_HISTORY_SEARCH, "/job/history/_search", query, ObjectJob.class);
    }

    @Override
    public CompletableFuture<Void> hello() {
        return get(Task.HELLO, "/hello", answer -> done(Task.HELLO, answer));
    }

    private <T> CompletableFuture<List<T>> search(Task task, String path, Query query, Class<T> type) {
        return post(task, path, query, answer -> response(task, answer, type).entries());
    }

    private <T> CompletableFuture<T> get(Task task, String path, Function<HttpAnswer, T> read) {
        return send(new HttpCall(task, "GET", path, null, JSON, () -> headers(null), true), read);
    }

    /** All that is posted here only asks, so it may be repeated. */
    private <T> CompletableFuture<T> post(Task task, String path, Object body, Function<HttpAnswer, T> read) {
        byte[] encoded = codec.encode(body);
        return send(new HttpCall(task, "POST", path, () -> encoded, JSON, () -> headers(null), true), read);
    }

    private <T> CompletableFuture<T> send(HttpCall call, Function<HttpAnswer, T> read) {
        CompletableFuture<HttpAnswer> answer = transport.apply(call);
        return Cancellation.passOn(answer, answer.thenApply(read));
    }

    private Map<String, String> headers(@CheckForNull String ctid) {
        Map<String, String> headers = new HashMap<>();
        byte[] credentials = (account.user() + ":" + account.password()).getBytes(UTF_8);
        headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
        headers.put("X-Domainrobot-Context", Integer.toString(account.context()));
        if (ctid != null) {
            headers.put("X-Domainrobot-Ctid", ctid);
        }
        String token = account.token();
        if (token != null) {
            headers.put("X-Domainrobot-2FA-Token", token);
        }
        return headers;
    }

    private Void done(Task task, HttpAnswer answer) {
        response(task, answer, Object.class);
        return null;
    }

    private <T> T single(Task task, HttpAnswer answer, Class<T> type) {
        return Format.JSON.readOne(task, answer, body -> codec.decodeResponse(body, type));
    }

    private <T> Response<T> response(Task task, HttpAnswer answer, Class<T> type) {
        return Format.JSON.read(task, answer, body -> codec.decodeResponse(body, type));
    }
}
