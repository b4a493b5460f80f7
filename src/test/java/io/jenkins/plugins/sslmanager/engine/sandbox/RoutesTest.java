package io.jenkins.plugins.sslmanager.engine.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.Exchange;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RoutesTest {

    private final VirtualTime clock = new VirtualTime();
    private final Sandbox sandbox = TestSandbox.in(clock).build();
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

    @AutoClose
    private final SandboxServer server = SandboxServer.start(sandbox, 0, exchanges::add);

    private final Caller caller = new Caller(server);
    private Certificate certificate;

    @BeforeEach
    void start() {
        certificate = sandbox.certificate(sandbox.addCertificate("example.com", AuthMethod.DNS, "www.example.com"));
    }

    @Test
    void helloIsAnsweredWithStidAndCtid() {
        JsonNode hello = caller.with(Map.of("X-Domainrobot-Ctid", "jenkins-1"))
                .get("/hello")
                .json();

        assertEquals("SUCCESS", hello.path("status").path("type").asString());
        assertEquals("jenkins-1", hello.path("ctid").asString());
        assertTrue(hello.path("stid").asString().matches("20261124-sandbox-[0-9]+"), hello.path("stid")::toString);
    }

    @Test
    void reissueAnswersAsInTheExample() {
        Caller.Answer answer = caller.reissue(certificate, Csrs.of(certificate));

        JsonNode expected =
                JsonMapper.shared().readTree("""
                {"status": {"code": "N400101", "text": "Certificate order was started successfully.", "type": "NOTIFY"},
                 "object": {"type": "Certificate", "value": "example.com"},
                 "data": [{"id": %s}]}""".formatted(answer.data().path("id")));
        assertEquals(expected, answer.json().asObject().without("stid"));
    }

    @Test
    void aRenewalAnswersAsInTheExampleOfItsHelpPage() {
        clock.pass(Duration.ofDays(276));

        Caller.Answer answer = caller.put(
                "/certificate/" + certificate.id() + "/_renew", Caller.order(certificate, Csrs.of(certificate)));

        JsonNode expected =
                JsonMapper.shared().readTree("""
                {"status": {"code": "N400106", "text": "Certificate renew was started successfully.", "type": "NOTIFY"},
                 "object": {"type": "Certificate", "value": "example.com"},
                 "data": [{"id": %s}]}""".formatted(answer.data().path("id")));
        assertEquals(expected, answer.json().asObject().without("stid"));
    }

    @Test
    void certificateInfoHasTheFieldsOfTheExample() {
        Caller.Answer answer = caller.get("/certificate/" + certificate.id());

        assertEquals("SUCCESS S400104", answer.outcome());
        assertEquals("example.com", answer.json().path("object").path("value").asString());
        assertEquals(
                Set.of(),
                missing(
                        answer.data(),
                        "created updated owner id orderId adminContact technicalContact name lifetime"
                                + " software csr server serialNumber product certificateType signatureHashAlgorithm expire"
                                + " histories certificationAuthority authentication certificateTransparencyPrivacy domain"));
        assertEquals(
                "2026-11-24T10:00:00.000+0100", answer.data().path("created").asString());
        assertEquals(
                "2027-11-24T10:00:00.000+0100", answer.data().path("payable").asString());
    }

    @Test
    void anEmptyQueueHasNoData() {
        JsonNode poll = caller.get("/poll").json();

        assertEquals(JsonMapper.shared().readTree("""
                        {"status": {"code": "S0905", "text": "The notification was polled successfully.",
                                    "type": "SUCCESS"},
                         "object": {"type": "message", "summary": 0}}"""), poll.asObject().without("stid"));
    }

    @Test
    void theNotificationOfAReissueHasTheFieldsOfTheExample() {
        String stid = caller.with(Map.of("X-Domainrobot-Ctid", "jenkins-2"))
                .reissue(certificate, Csrs.of(certificate))
                .json()
                .path("stid")
                .asString();
        clock.pass(TestSandbox.JOB_DELAY);

        Caller.Answer poll = caller.get("/poll");

        assertEquals("SUCCESS S0905", poll.outcome());
        assertEquals(1, poll.json().path("object").path("summary").asInt());
        assertEquals(
                poll.data().path("id").asString(),
                poll.json().path("object").path("value").asString());
        assertEquals(stid, poll.data().path("stid").asString());
        assertEquals("jenkins-2", poll.data().path("ctid").asString());
        assertEquals(
                Set.of(), missing(poll.data().path("job"), "created updated status execution id type subType action"));
        JsonNode object = poll.data().path("object");
        assertEquals("Certificate", object.path("type").asString());
        assertEquals("example.com", object.path("value").asString());
        assertEquals(certificate.id(), object.path("data").path("id").asLong());
        assertEquals(
                Set.of("certificationAuthority"),
                missing(
                        object.path("data"),
                        "created id orderId adminContact technicalContact name lifetime software"
                                + " csr server serialNumber product expire authentication certificateTransparencyPrivacy hasCsr"
                                + " certificationAuthority"));
    }

    @Test
    void confirmAnswersAsInTheExample() {
        long id = sandbox.addForeignMessage("example.net");

        assertEquals(
                JsonMapper.shared().readTree("""
                        {"status": {"code": "S0906", "text": "The notification was confirmed successfully.",
                                    "type": "SUCCESS"},
                         "object": {"type": "message", "value": "%d"}}""".formatted(id)),
                caller.put("/poll/" + id).json().asObject().without("stid"));
    }

    @Test
    void searchesFindTheJobsOfACertificateNewestFirst() {
        String first = jobId(caller.reissue(certificate, Csrs.of(certificate)));
        clock.pass(TestSandbox.JOB_DELAY.dividedBy(2));
        String second = jobId(caller.reissue(certificate, Csrs.of(certificate)));
        String name = certificate.name();
        Query period = Query.jobsOf(
                name,
                ServiceTime.at(clock.instant().minusSeconds(3600)),
                ServiceTime.at(clock.instant().plusSeconds(3600)));

        Caller.Answer running = caller.post("/job/_search", Query.jobsOf(name));
        assertEquals("SUCCESS S300115", running.outcome());
        assertEquals(List.of(second, first), jobIds(running));
        assertEquals(List.of(), jobIds(caller.post("/job/history/_search", period)));

        clock.pass(TestSandbox.JOB_DELAY);

        Caller.Answer ended = caller.post("/job/history/_search", period);
        assertEquals("SUCCESS S300135", ended.outcome());
        assertEquals(List.of(second, first), jobIds(ended));
        assertEquals(List.of(), jobIds(caller.post("/job/_search", Query.jobsOf(name))));
        assertEquals(
                List.of(),
                jobIds(caller.post(
                        "/job/history/_search",
                        Query.jobsOf(
                                "other.example.com",
                                period.view().from(),
                                period.view().to()))));
    }

    @Test
    void theObserverSeesEveryExchange() {
        caller.get("/poll?keys=any");
        caller.put("/poll/1");

        assertEquals(
                List.of("GET /v1/poll 200", "PUT /v1/poll/1 404"),
                exchanges.stream().map(Exchange::toString).toList());
        assertEquals("keys=any", exchanges.get(0).query());
        assertEquals(List.of("1"), exchanges.get(0).requestHeaders().get("X-Domainrobot-Context"));
    }

    private static String jobId(Caller.Answer answer) {
        return answer.data().path("id").asString();
    }

    private static List<String> jobIds(Caller.Answer answer) {
        return answer.json()
                .path("data")
                .valueStream()
                .map(job -> job.path("job").path("id").asString())
                .toList();
    }

    private static Set<String> missing(JsonNode object, String names) {
        return Set.of(names.split(" ")).stream()
                .filter(name -> !object.has(name))
                .collect(Collectors.toSet());
    }
}
