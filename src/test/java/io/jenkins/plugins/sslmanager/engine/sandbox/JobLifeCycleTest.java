package io.jenkins.plugins.sslmanager.engine.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.ReissueChecks;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class JobLifeCycleTest {

    private final VirtualTime clock = new VirtualTime();
    private final Sandbox sandbox = TestSandbox.in(clock).build();
    private final DemoCertificates demo = new DemoCertificates(sandbox);

    @AutoClose
    private final SandboxServer server = SandboxServer.start(sandbox);

    private final Caller caller = new Caller(server);

    @Test
    void jobInfoKnowsARunningJobAndTheHistoryAnEndedOne() {
        long job = reissue(Behaviour.ORDINARY);

        clock.pass(TestSandbox.JOB_DELAY.minusMillis(1));
        assertEquals("RUNNING", status(caller.get("/job/" + job)));
        assertEquals("404 EF300101 Job", caller.get("/job/history/" + job).refusal());

        clock.pass(Duration.ofMillis(1));
        assertEquals("404 EF300101 Job", caller.get("/job/" + job).refusal());
        assertEquals("SUCCESS", status(caller.get("/job/history/" + job)));
    }

    @Test
    void aRunningJobShowsTheOrder() {
        Certificate certificate = demo.get(Behaviour.ORDINARY);
        String csr = Csrs.of(certificate);
        long id = caller.with(Map.of("X-Domainrobot-Ctid", "jenkins-7"))
                .reissue(certificate, csr)
                .data()
                .path("id")
                .asLong();

        JsonNode data = caller.get("/job/" + id).data();

        JsonNode job = data.path("job");
        assertEquals("ssl", job.path("type").asString());
        assertEquals("QUICKSSLPREMIUM", job.path("subType").asString());
        assertEquals("2026-11-24T10:00:00.000+0100", job.path("created").asString());
        assertEquals("jenkins-7", job.path("events").path(0).path("ctid").asString());
        assertEquals("Certificate", data.path("object").path("type").asString());
        assertEquals(certificate.name(), data.path("object").path("value").asString());
        assertEquals(csr, data.path("object").path("data").path("csr").asString());
        assertEquals(
                List.of(certificate.name(), "www." + certificate.name()),
                data.path("dcvAuth")
                        .valueStream()
                        .map(proof -> proof.path("domain").asString())
                        .toList());
    }

    @Test
    void whatWasIssuedIsForTheCsr() {
        Certificate before = demo.get(Behaviour.ORDINARY);
        String csr = Csrs.of(before);
        caller.reissue(before, csr);
        assertEquals(before.serialNumber(), demo.get(Behaviour.ORDINARY).serialNumber());

        clock.pass(TestSandbox.JOB_DELAY);

        Certificate after = demo.get(Behaviour.ORDINARY);
        ReissueChecks.requireReissued(
                DemoCertificates.chain(after),
                CertificateSigningRequest.parse(csr),
                before.serialNumber(),
                clock.instant());
        assertEquals(before.payable(), after.payable());
        assertEquals(before.serialNumber(), after.histories().get(0).serialNumber());
        assertEquals(
                Duration.ofDays(200).minusSeconds(1),
                Duration.between(clock.instant(), after.expire().toInstant()));
    }

    @Test
    void theSecondOfTwoReissuesWins() {
        Certificate certificate = demo.get(Behaviour.ORDINARY);
        long first = reissue(Behaviour.ORDINARY);
        String csr = Csrs.of(certificate);
        long second = caller.reissue(certificate, csr).data().path("id").asLong();

        clock.pass(TestSandbox.JOB_DELAY);

        assertNotEquals(first, second);
        assertEquals(2, sandbox.orders(certificate.name()));
        assertEquals(2, sandbox.queuedMessageIds().size());
        assertEquals(csr, demo.get(Behaviour.ORDINARY).csr());
    }

    @ParameterizedTest
    @CsvSource({
        "JOB_FAILED, RUNNING, 1, FAILED, EF400102",
        "JOB_CANCELED, RUNNING, 1, CANCELED, EF400103",
        "JOB_SLOW, RUNNING, 10, SUCCESS, ''",
        "UNKNOWN_STATE, AWAITING_AUTHORITY, 1, SUCCESS, ''",
        "JOB_DEFERRED, DEFERRED, 3, SUCCESS, ''",
        "ANSWER_CUT, RUNNING, 1, SUCCESS, ''"
    })
    void aJobEndsAsTheNameHasIt(Behaviour behaviour, String before, int delays, String atEnd, String reason) {
        Certificate certificate = demo.get(behaviour);
        long job = sandbox.account("sandbox", 1)
                .reissue(certificate.id(), Caller.order(certificate, Csrs.of(certificate)), "stid", null)
                .id();

        clock.pass(TestSandbox.JOB_DELAY.multipliedBy(delays).minusMillis(1));
        assertEquals(before, status(caller.get("/job/" + job)));
        assertEquals(List.of(), sandbox.queuedMessageIds());

        clock.pass(Duration.ofMillis(1));
        assertEquals(atEnd, status(caller.get("/job/history/" + job)));
        JsonNode message = caller.get("/poll").data();
        assertEquals(atEnd, message.path("job").path("status").asString());
        assertEquals(reason, message.path("messages").path(0).path("code").asString());
        assertEquals(atEnd.equals("SUCCESS"), message.path("object").has("data"));
        assertEquals(atEnd.equals("SUCCESS"), !certificate.equals(demo.get(behaviour)));
    }

    @Test
    void aDeferredJobTellsWhatItWaitsForAndUntilWhen() {
        JsonNode job = caller.get("/job/" + reissue(Behaviour.JOB_DEFERRED)).data();

        assertEquals("WF_DNS_AUTH", job.path("job").path("subStatus").asString());
        assertEquals(
                "2026-11-24T10:06:00.000+0100",
                job.path("job").path("execution").asString());
        assertEquals("IN_PROGRESS", job.path("dcvAuth").path(0).path("status").asString());
    }

    @Test
    void aJobInSupportStaysThere() {
        long job = reissue(Behaviour.JOB_SUPPORT);

        clock.pass(Duration.ofDays(365));

        assertEquals("SUPPORT", status(caller.get("/job/" + job)));
        assertEquals(List.of(), sandbox.queuedMessageIds());
    }

    @Test
    void noNotificationLeavesTheQueueEmpty() {
        long job = reissue(Behaviour.NO_NOTIFICATION);

        clock.pass(TestSandbox.JOB_DELAY);

        assertEquals("SUCCESS", status(caller.get("/job/history/" + job)));
        assertEquals(List.of(), sandbox.queuedMessageIds());
    }

    @Test
    void withoutDelayAJobHasEndedBeforeTheNextRequest() {
        Sandbox immediate = Sandbox.builder()
                .clock(clock)
                .jobDelay(Duration.ZERO)
                .demoCertificates()
                .build();
        try (SandboxServer other = SandboxServer.start(immediate)) {
            Certificate certificate = immediate.certificate(1001);
            new Caller(other).reissue(certificate, Csrs.of(certificate));

            assertEquals(
                    "SUCCESS",
                    new Caller(other)
                            .get("/poll")
                            .data()
                            .path("job")
                            .path("status")
                            .asString());
        }
    }

    private long reissue(Behaviour behaviour) {
        Certificate certificate = demo.get(behaviour);
        return caller.reissue(certificate, Csrs.of(certificate))
                .data()
                .path("id")
                .asLong();
    }

    private static String status(Caller.Answer answer) {
        return answer.data().path("job").path("status").asString();
    }
}
