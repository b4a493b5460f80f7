package io.jenkins.plugins.sslmanager.engine.sandbox;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.pki.ReissueChecks;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BehaviourTest {

    private final VirtualTime clock = new VirtualTime();
    private final Sandbox sandbox =
            TestSandbox.in(clock).jobDelay(Duration.ZERO).build();
    private final DemoCertificates demo = new DemoCertificates(sandbox);

    @AutoClose
    private final SandboxServer server = SandboxServer.start(sandbox);

    private final Caller caller = new Caller(server);

    @ParameterizedTest
    @CsvSource({
        "job-failed.example.com, JOB_FAILED",
        "Job-Failed.example.org, JOB_FAILED",
        "answer-html, ANSWER_HTML",
        "www.job-failed.example.com, ORDINARY",
        "job-failed-not.example.com, ORDINARY",
        "*.example.com, ORDINARY"
    })
    void theFirstLabelOfTheNameChooses(String name, Behaviour behaviour) {
        assertEquals(behaviour, Behaviour.of(name));
    }

    @Test
    void eachBehaviourHasADemoCertificateThatIsSound() {
        Sandbox withAll = Sandbox.builder().clock(clock).demoCertificates().build();

        for (Behaviour behaviour : Behaviour.values()) {
            Certificate certificate = withAll.certificate(1001 + behaviour.ordinal());
            assertEquals(behaviour.demoName(), certificate.name());
            assertEquals(behaviour, Behaviour.of(certificate.name()));
            assertDoesNotThrow(() -> ReissueChecks.requireReissued(
                    DemoCertificates.chain(certificate),
                    CertificateSigningRequest.parse(certificate.csr()),
                    null,
                    clock.instant()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_KEY, its public key",
        "MISSING_NAME, it lacks [www.missing-name.example.com]",
        "SAME_SERIAL, its public key",
        "BROKEN_CHAIN, is incomplete"
    })
    void whatIsIssuedIsNotWhatWasOrdered(Behaviour behaviour, String complaint) {
        Certificate before = demo.get(behaviour);
        CertificateSigningRequest csr = CertificateSigningRequest.parse(Csrs.of(before));
        caller.reissue(before, csr.toPem());
        Certificate after = demo.get(behaviour);

        PkiException found = assertThrows(
                PkiException.class,
                () -> ReissueChecks.requireReissued(
                        DemoCertificates.chain(after), csr, before.serialNumber(), clock.instant()));
        assertTrue(found.getMessage().contains(complaint), found::getMessage);
        assertEquals(behaviour == Behaviour.SAME_SERIAL, before.serialNumber().equals(after.serialNumber()));
    }

    @Test
    void aNewIdIsInTheNotification() {
        Certificate before = demo.get(Behaviour.NEW_ID);
        caller.reissue(before, Csrs.of(before));

        long id = caller.get("/poll")
                .data()
                .path("object")
                .path("data")
                .path("id")
                .asLong();

        assertNotEquals(before.id(), id);
        assertNotEquals(before.serialNumber(), sandbox.certificate(id).serialNumber());
        assertEquals(before, demo.get(Behaviour.NEW_ID));
    }

    @Test
    void aLostAnswerIsOfAReissueThatWasAccepted() {
        Certificate certificate = demo.get(Behaviour.ANSWER_LOST);
        assertEquals(200, caller.get("/certificate/" + certificate.id()).status());

        assertThrows(UncheckedIOException.class, () -> caller.reissue(certificate, Csrs.of(certificate)));

        assertEquals(1, sandbox.orders(certificate.name()));
        assertEquals(1, sandbox.queuedMessageIds().size());
    }

    @Test
    void aCutAnswerIsOfATaskThatWasDone() {
        Certificate certificate = demo.get(Behaviour.ANSWER_CUT);

        assertThrows(UncheckedIOException.class, () -> caller.reissue(certificate, Csrs.of(certificate)));
        assertThrows(UncheckedIOException.class, () -> caller.get("/certificate/" + certificate.id()));
        assertThrows(UncheckedIOException.class, () -> prepare(certificate));

        assertEquals(1, sandbox.orders(certificate.name()));
    }

    @Test
    void anHtmlPageComesInPlaceOfTheAnswer() {
        Certificate certificate = demo.get(Behaviour.ANSWER_HTML);

        Caller.Answer answer = caller.reissue(certificate, Csrs.of(certificate));

        assertEquals(200, answer.status());
        assertTrue(answer.headers().firstValue("Content-Type").orElseThrow().startsWith("text/html"));
        assertTrue(answer.text().startsWith("<!DOCTYPE html>"));
        assertEquals(1, sandbox.orders(certificate.name()));
    }

    @Test
    void aBusyServiceTakesTheThirdRequest() {
        Certificate certificate = demo.get(Behaviour.BUSY);
        Supplier<Caller.Answer> reissue = () -> caller.reissue(certificate, Csrs.of(certificate));

        Caller.Answer first = prepare(certificate);
        assertEquals("429 EF00429", first.refusal());
        assertEquals("0", first.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(429, reissue.get().status());
        assertEquals(200, reissue.get().status());
        assertEquals(1, sandbox.orders(certificate.name()));
    }

    @Test
    void anUnavailableServiceDoesNothing() {
        Certificate certificate = demo.get(Behaviour.UNAVAILABLE);

        assertEquals("503 EF00503", prepare(certificate).refusal());
        assertEquals(
                "503 EF00503", caller.get("/certificate/" + certificate.id()).refusal());
        assertEquals(
                "503 EF00503", caller.reissue(certificate, Csrs.of(certificate)).refusal());
        assertEquals(0, sandbox.orders(certificate.name()));
        assertFalse(caller.get("/poll").json().has("data"));
    }

    private Caller.Answer prepare(Certificate certificate) {
        return caller.post(
                "/certificate/_prepareOrder", CertificateData.request(certificate.csr(), certificate.product()));
    }
}
