package io.jenkins.plugins.sslmanager.engine.xml;

import com.fasterxml.jackson.annotation.JsonRootName;
import edu.umd.cs.findbugs.annotations.CheckForNull;
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
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.HttpCall;
import io.jenkins.plugins.sslmanager.engine.http.HttpTransport;
import io.jenkins.plugins.sslmanager.engine.http.Priority;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.protocol.Format;
import io.jenkins.plugins.sslmanager.engine.protocol.UnknownFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;

/** The XML API: every task is a document posted to the account's URL itself, with the credentials in it. */
public final class XmlApi implements SslManagerApi {

    private static final String XML = "application/xml";

    private static final Function<XmlData, List<ObjectJob>> JOBS =
            XmlData.each(XmlData::certificateJob, CertificateJob::asModel);

    private static final Function<XmlData, List<PollMessage>> MESSAGES =
            XmlData.each(XmlData::message, XmlMessage::asModel);

    private final ServiceAccount account;
    private final Function<HttpCall, CompletableFuture<HttpAnswer>> transport;
    private final XmlCodec codec;

    /** @param transport sends a call to the account's service, as {@link HttpTransport#send} does */
    public XmlApi(ServiceAccount account, Function<HttpCall, CompletableFuture<HttpAnswer>> transport) {
        this(account, transport, new XmlCodec());
    }

    /** @param unknownFields told of what answers have beyond what is read */
    public XmlApi(
            ServiceAccount account,
            Function<HttpCall, CompletableFuture<HttpAnswer>> transport,
            UnknownFields unknownFields) {
        this(account, transport, new XmlCodec(unknownFields));
    }

    private XmlApi(
            ServiceAccount account, Function<HttpCall, CompletableFuture<HttpAnswer>> transport, XmlCodec codec) {
        this.account = account;
        this.transport = transport;
        this.codec = codec;
    }

    /** The same API, whose calls are changed so before they are sent. */
    public XmlApi with(UnaryOperator<HttpCall> change) {
        return new XmlApi(account, call -> transport.apply(change.apply(call)), codec);
    }

    @Override
    public SslManagerApi patient() {
        return with(call -> call.withPriority(Priority.LOOK));
    }

    @Override
    public CompletableFuture<CertificateData> prepareOrder(CertificateData request) {
        return one(Task.PREPARE_ORDER, Map.of("certificate_request", request), XmlData::certificateRequest);
    }

    @Override
    public CompletableFuture<Job> reissue(long certificateId, CertificateOrder order, String ctid) {
        return order(Task.REISSUE, XmlOrder.of(certificateId, order), ctid);
    }

    @Override
    public CompletableFuture<Job> renew(long certificateId, CertificateOrder order, String ctid) {
        return order(Task.RENEW, XmlOrder.renewal(certificateId, order), ctid);
    }

    private CompletableFuture<Job> order(Task task, XmlOrder order, String ctid) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("ctid", ctid);
        content.put("certificate", order);
        return send(task, content, false, readOne(task, JOBS).andThen(ObjectJob::job));
    }

    @Override
    public CompletableFuture<Poll> pollInfo() {
        return ask(Task.POLL_INFO, Map.of(), read(Task.POLL_INFO, MESSAGES).andThen(Poll::of));
    }

    @Override
    public CompletableFuture<Void> pollConfirm(long messageId) {
        return ask(Task.POLL_CONFIRM, Map.of("message", Map.of("id", messageId)), done(Task.POLL_CONFIRM));
    }

    @Override
    public CompletableFuture<Certificate> certificateInfo(long certificateId) {
        return one(Task.CERTIFICATE_INFO, Map.of("certificate", Map.of("id", certificateId)), XmlData::certificate);
    }

    @Override
    public CompletableFuture<List<Certificate>> certificateSearch(Query query) {
        return list(Task.CERTIFICATE_SEARCH, query, XmlData::certificate);
    }

    @Override
    public CompletableFuture<ObjectJob> jobInfo(long jobId) {
        return job(Task.CERTIFICATE_JOB_INFO, jobId);
    }

    @Override
    public CompletableFuture<ObjectJob> jobHistoryInfo(long jobId) {
        return job(Task.CERTIFICATE_JOB_HISTORY_INFO, jobId);
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobSearch(Query query) {
        return list(Task.CERTIFICATE_JOB_SEARCH, query, JOBS);
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobHistorySearch(Query query) {
        return list(Task.CERTIFICATE_JOB_HISTORY_SEARCH, query, JOBS);
    }

    /** There is no Hello over XML. A look at the queue is a task that changes nothing, and one that is needed anyway. */
    @Override
    public CompletableFuture<Void> hello() {
        return ask(Task.POLL_INFO, Map.of(), done(Task.POLL_INFO));
    }

    private CompletableFuture<ObjectJob> job(Task task, long jobId) {
        return one(task, Map.of("certificate_job", Map.of("job", Map.of("id", jobId))), JOBS);
    }

    private <T> CompletableFuture<List<T>> list(Task task, Query query, Function<XmlData, List<T>> entries) {
        XmlQuery asked = XmlQuery.of(query);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("view", asked.view());
        if (asked.where() != null) {
            content.put("where", asked.where());
        }
        content.put("order", asked.order());
        return ask(task, content, read(task, entries).andThen(Response::entries));
    }

    private <T> CompletableFuture<T> one(Task task, Map<String, ?> content, Function<XmlData, List<T>> entries) {
        return ask(task, content, readOne(task, entries));
    }

    /** All that is asked this way only asks, or does nothing more the second time, so it may be repeated. */
    private <T> CompletableFuture<T> ask(Task task, Map<String, ?> content, Function<HttpAnswer, T> read) {
        return send(task, content, true, read);
    }

    private <T> CompletableFuture<T> send(
            Task task, Map<String, ?> content, boolean repeatable, Function<HttpAnswer, T> read) {
        try {
            document(task, content);
        } catch (JacksonException e) {
            return CompletableFuture.failedFuture(ApiException.unreachable(
                    task,
                    "it holds a character that there is not in XML",
                    "Remove control characters from what the step is given."));
        }
        CompletableFuture<HttpAnswer> answer = transport.apply(
                new HttpCall(task, "POST", "", () -> document(task, content), XML, Map::of, repeatable));
        return Cancellation.passOn(answer, answer.thenApply(read));
    }

    private byte[] document(Task task, Map<String, ?> content) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("code", task.code());
        asked.putAll(content);
        String context = Integer.toString(account.context());
        return codec.encode(new Request(new Auth(account.user(), account.password(), context, account.token()), asked));
    }

    private Function<HttpAnswer, Void> done(Task task) {
        return answer -> {
            Format.XML.read(
                    task,
                    answer,
                    body -> codec.decodeResponse(body, Object.class).asModel(data -> List.of(), data -> null));
            return null;
        };
    }

    private <T> Function<HttpAnswer, Response<T>> read(Task task, Function<XmlData, List<T>> entries) {
        return answer -> Format.XML.read(task, answer, body -> decode(body, entries));
    }

    private <T> Function<HttpAnswer, T> readOne(Task task, Function<XmlData, List<T>> entries) {
        return answer -> Format.XML.readOne(task, answer, body -> decode(body, entries));
    }

    private <T> Response<T> decode(byte[] body, Function<XmlData, List<T>> entries) {
        return codec.decodeResponse(body, XmlData.class).asModel(entries, XmlData::summary);
    }

    /** Never printed, since the password is in it. */
    @JsonRootName("request")
    private record Request(Auth auth, Map<String, ?> task) {}

    private record Auth(
            String user,
            String password,
            String context,
            @CheckForNull String token) {}
}
