package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.HttpCall;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.Endpoint;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.EndpointReply;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.EndpointRequest;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The sandbox's tasks as plain calls: through a protocol's client and endpoint, but without a socket. */
public final class SandboxCalls {

    private final Protocol protocol;
    private final Endpoint endpoint;
    private final SslManagerApi api;

    /** As the sandbox's default account. */
    public SandboxCalls(Sandbox sandbox, Protocol protocol) {
        this(sandbox, protocol, "sandbox", "sandbox");
    }

    public SandboxCalls(Sandbox sandbox, Protocol protocol, String user, String password) {
        this(sandbox, protocol, user, password, 1);
    }

    public SandboxCalls(Sandbox sandbox, Protocol protocol, String user, String password, int context) {
        this.protocol = protocol;
        endpoint = SandboxServer.endpoint(protocol, sandbox);
        api = protocol.over(new ServiceAccount(URI.create("http://localhost"), user, password, context), this::send);
    }

    /** The client whose calls these are. */
    public SslManagerApi api() {
        return api;
    }

    private CompletableFuture<HttpAnswer> send(HttpCall call) {
        byte[] body = call.body() == null ? null : call.body().get();
        EndpointReply reply = endpoint.answer(new EndpointRequest(
                call.method(),
                call.path(),
                name -> name.equals("User-Agent")
                        ? "test"
                        : call.headers().get().get(name),
                body == null ? new byte[0] : body));
        return CompletableFuture.completedFuture(
                new HttpAnswer(reply.status(), reply.headers().get("Content-Type"), reply.body()));
    }

    /** How the job of a certificate with this behaviour ends; empty if it never does. */
    public static Optional<JobStatus> endOf(Behaviour behaviour) {
        return behaviour.statusAtEnd();
    }

    /** How long the job of a certificate with this behaviour runs, if it ever ends. */
    public static Duration takes(Behaviour behaviour, Duration jobDelay) {
        return behaviour.jobTakes(jobDelay);
    }

    /** Whether the job of a certificate with this behaviour may be told to have ended so. */
    public boolean mayTell(JobStatus end, Behaviour behaviour) {
        // A notification over XML has one word for all that is no success.
        boolean asFailure = protocol == Protocol.XML && end.equals(JobStatus.FAILED);
        return endOf(behaviour)
                .filter(actual -> actual.equals(end) || asFailure && actual.equals(JobStatus.CANCELED))
                .isPresent();
    }

    public CertificateData prepareOrder(CertificateData request) {
        return result(api.prepareOrder(request));
    }

    public Job reissue(long certificateId, CertificateOrder order, String ctid) {
        return result(api.reissue(certificateId, order, ctid));
    }

    public Job renew(long certificateId, CertificateOrder order, String ctid) {
        return result(api.renew(certificateId, order, ctid));
    }

    public Poll pollInfo() {
        return result(api.pollInfo());
    }

    public void pollConfirm(long messageId) {
        result(api.pollConfirm(messageId));
    }

    public Certificate certificateInfo(long certificateId) {
        return result(api.certificateInfo(certificateId));
    }

    public ObjectJob jobInfo(long jobId) {
        return result(api.jobInfo(jobId));
    }

    public ObjectJob jobHistoryInfo(long jobId) {
        return result(api.jobHistoryInfo(jobId));
    }

    public List<ObjectJob> jobSearch(Query query) {
        return result(api.jobSearch(query));
    }

    public List<Certificate> certificateSearch(Query query) {
        return result(api.certificateSearch(query));
    }

    public List<ObjectJob> jobHistorySearch(Query query) {
        return result(api.jobHistorySearch(query));
    }

    /** What is answered at once; fails with what it fails with. */
    public static <T> T result(CompletableFuture<T> answered) {
        try {
            return answered.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ApiException failure ? failure : e;
        }
    }
}
