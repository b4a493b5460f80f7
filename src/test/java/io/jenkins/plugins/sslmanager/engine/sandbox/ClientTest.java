package io.jenkins.plugins.sslmanager.engine.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.http.HttpRoute;
import io.jenkins.plugins.sslmanager.engine.http.HttpTransport;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plugin's own client and the sandbox, each as the other's counterpart. */
@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
class ClientTest {

    @Parameter
    private Protocol protocol;

    private final VirtualTime clock = new VirtualTime();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final HttpRoute route = HttpRoute.direct(TestSandbox.HASTY);

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReissueGoesAllTheWay(boolean olderRouteOnly) {
        Sandbox sandbox = sandbox().olderRouteOnly(olderRouteOnly).build();
        try (SandboxServer server = SandboxServer.start(sandbox)) {
            SslManagerApi api = api(server);
            Certificate before = new DemoCertificates(sandbox).get(Behaviour.ORDINARY);
            String csr = Csrs.of(before);
            done(api.hello());

            CertificateData prepared = done(api.prepareOrder(CertificateData.request(csr, before.product())));
            assertEquals(before.name(), prepared.name());
            long job = done(api.reissue(before.id(), Caller.order(before, csr), "jenkins-9"))
                    .id();
            assertEquals(JobStatus.RUNNING, done(api.jobInfo(job)).job().status());
            assertEquals(
                    List.of(job),
                    done(api.jobSearch(Query.jobsOf(before.name()))).stream()
                            .map(ObjectJob::job)
                            .map(found -> found.id())
                            .toList());
            clock.pass(TestSandbox.JOB_DELAY);

            assertEquals(ApiException.JOB_NOT_FOUND, refusal(api.jobInfo(job)).code());
            assertEquals(JobStatus.SUCCESS, done(api.jobHistoryInfo(job)).job().status());
            PollMessage message = done(api.pollInfo()).message().orElseThrow();
            assertEquals("jenkins-9", message.ctid());
            Certificate after = done(api.certificateInfo(message.object().data().id()));
            assertEquals(sandbox.certificate(before.id()), after);
            Certificate listed = done(api.certificateSearch(Query.certificatesOf(before.name())))
                    .get(0);
            assertEquals(List.of(after.id(), after.name()), List.of(listed.id(), listed.name()));
            assertNull(listed.server());
            done(api.pollConfirm(message.id()));
            assertTrue(done(api.pollInfo()).message().isEmpty());
        }
    }

    @Test
    void aForeignMessageIsReadAndLeftAlone() {
        Sandbox sandbox = sandbox().foreignMessages(1).build();
        try (SandboxServer server = SandboxServer.start(sandbox)) {
            PollMessage message = done(api(server).pollInfo()).message().orElseThrow();

            assertEquals("domain", message.object().type());
            assertEquals(List.of(message.id()), sandbox.queuedMessageIds());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWER_LOST, ANSWER_LOST, 1",
        "ANSWER_CUT, ANSWER_LOST, 1",
        "ANSWER_HTML, MALFORMED, 1",
        "UNAVAILABLE, REFUSED, 0"
    })
    void aReissueThatMayHaveBeenPlacedIsNotRepeated(Behaviour behaviour, ApiException.Kind kind, int orders) {
        Sandbox sandbox = sandbox().build();
        try (SandboxServer server = SandboxServer.start(sandbox)) {
            Certificate certificate = new DemoCertificates(sandbox).get(behaviour);

            ApiException failure = refusal(api(server)
                    .reissue(certificate.id(), Caller.order(certificate, Csrs.of(certificate)), "jenkins-9"));

            assertEquals(kind, failure.kind());
            assertTrue(failure.mayHaveActed());
            assertEquals(orders, sandbox.orders(certificate.name()));
        }
    }

    @Test
    void aBusyServiceIsAskedAgain() {
        Sandbox sandbox = sandbox().build();
        try (SandboxServer server = SandboxServer.start(sandbox)) {
            Certificate certificate = new DemoCertificates(sandbox).get(Behaviour.BUSY);

            done(api(server).reissue(certificate.id(), Caller.order(certificate, Csrs.of(certificate)), "jenkins-9"));

            assertEquals(1, sandbox.orders(certificate.name()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void furtherNamesAreReadHoweverTheServiceSpellsThem(NameSpelling spelling) {
        Sandbox sandbox = sandbox().nameSpelling(spelling).build();
        try (SandboxServer server = SandboxServer.start(sandbox)) {
            SslManagerApi api = api(server);
            long id = sandbox.addCertificate(
                    "a.example.com", AuthMethod.DNS, "www.a.example.com", "b.example.org", "*.c.example.net");
            String csr = sandbox.certificate(id).csr();
            List<String> further = List.of("www.a.example.com", "b.example.org", "*.c.example.net");

            assertEquals(further, names(done(api.certificateInfo(id)).subjectAlternativeNames()));
            assertEquals(
                    further,
                    names(done(api.prepareOrder(CertificateData.request(csr, "QUICKSSLPREMIUM")))
                            .subjectAlternativeNames()));
        }
    }

    private static List<String> names(List<SubjectAlternativeName> names) {
        return names.stream().map(SubjectAlternativeName::name).toList();
    }

    private Sandbox.Builder sandbox() {
        return TestSandbox.in(clock);
    }

    private SslManagerApi api(SandboxServer server) {
        ServiceAccount account = new ServiceAccount(server.url(protocol), "sandbox", "sandbox", 1);
        return protocol.over(account, new HttpTransport(account, route, scheduler, TestSandbox.HASTY)::send);
    }

    private static <T> T done(CompletableFuture<T> task) {
        return task.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static ApiException refusal(CompletableFuture<?> task) {
        CompletionException failure = assertThrows(CompletionException.class, () -> done(task));
        return (ApiException) failure.getCause();
    }
}
