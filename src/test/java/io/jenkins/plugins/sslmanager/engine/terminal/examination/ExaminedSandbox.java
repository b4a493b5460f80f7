package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.async.ImmediateTime;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.HttpCall;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.rotation.NewKey;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderDraft;
import io.jenkins.plugins.sslmanager.engine.rotation.ProofOfControl;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.Endpoint;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.EndpointReply;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.EndpointRequest;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A sandbox that is asked without a network, and whose answers can be varied. */
final class ExaminedSandbox {

    static final String USER = "release-engineer";
    static final String PASSWORD = "a-password-that-must-not-leak";
    static final int CONTEXT = 47114711;

    final Sandbox sandbox;
    final List<Task> asked = new ArrayList<>();
    final List<String> answers = new ArrayList<>();
    private final ImmediateTime time;
    private UnaryOperator<String> variation = UnaryOperator.identity();

    ExaminedSandbox(Sandbox.Builder builder, ImmediateTime time) {
        this.time = time;
        sandbox = builder.clock(time)
                .rateLimit(false)
                .account(USER, PASSWORD, CONTEXT)
                .build();
    }

    /** Has the service answer otherwise. */
    ExaminedSandbox vary(UnaryOperator<String> answer) {
        variation = answer;
        return this;
    }

    String report(long certificateId, Protocol... protocols) throws Exception {
        return Examination.report(Stream.of(protocols).map(this::service).toList(), certificateId, time);
    }

    private ExaminedService service(Protocol protocol) {
        return new ExaminedService(protocol, account(), transport(protocol));
    }

    private static ServiceAccount account() {
        return new ServiceAccount(URI.create("https://service.example/v1"), USER, PASSWORD, CONTEXT);
    }

    private Function<HttpCall, CompletableFuture<HttpAnswer>> transport(Protocol protocol) {
        Endpoint endpoint = SandboxServer.endpoint(protocol, sandbox);
        return call -> {
            asked.add(call.task());
            Map<String, String> headers = call.headers().get();
            EndpointReply reply = endpoint.answer(new EndpointRequest(
                    call.method(),
                    call.path(),
                    name -> name.equals("User-Agent") ? "test" : headers.get(name),
                    call.body() == null ? new byte[0] : call.body().get()));
            String answer = variation.apply(new String(reply.body(), UTF_8));
            answers.add(answer);
            return CompletableFuture.completedFuture(new HttpAnswer(
                    reply.status(), reply.headers().getOrDefault("Content-Type", ""), answer.getBytes(UTF_8)));
        };
    }

    /** Re-issues a certificate, so that there is a job, and takes no notice of what comes of it. */
    void reissue(long certificateId) throws Exception {
        SslManagerApi api = Protocol.JSON.over(account(), transport(Protocol.JSON));
        Certificate existing = api.certificateInfo(certificateId).get();
        CertificateSigningRequest csr =
                new NewKey("EC_P256", null, null, null).csr(KeyAlgorithm.EC_P256.generate(), existing, Set.of());
        CertificateData prepared = api.prepareOrder(
                        CertificateData.of(csr.toPem(), existing.product(), certificateId, null))
                .get();
        CertAuthentication proof = ProofOfControl.offered(existing, prepared);
        api.reissue(certificateId, OrderDraft.of(existing, csr, proof, OrderChanges.NONE), "ctid-of-the-order")
                .get();
        asked.clear();
    }
}
