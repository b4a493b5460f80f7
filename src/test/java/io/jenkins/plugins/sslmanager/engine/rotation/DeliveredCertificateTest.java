package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.Openssl;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.pki.ReissueChecks;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is delivered is what was ordered, and nothing else is. */
class DeliveredCertificateTest extends RotationOverBothProtocols {

    private static CertificateSigningRequest csr(KeyPair keys, String name) {
        return CertificateSigningRequest.create(keys, name, List.of("www." + name));
    }

    @ParameterizedTest
    @EnumSource
    void eachKindOfKeyIsDeliveredWithItsCertificate(KeyAlgorithm algorithm) {
        long id = fixture.certificate(NAME);
        String previous = fixture.sandbox.certificate(id).serialNumber();
        RunOfJob run = fixture.rotate(
                id,
                run("release", 1),
                s -> RotationFixture.with(s, new NewKey(algorithm.name(), null, null, null), OrderChanges.NONE));

        assertEquals(Kind.ROTATED, run.toTheEnd().kind());

        IssuedCertificate delivered = run.delivered().get(0);
        assertEquals(
                delivered.chain().leaf().getPublicKey().getAlgorithm(),
                run.keys().get(0).getAlgorithm());
        CertificateSigningRequest ordered =
                CertificateSigningRequest.parse(fixture.endedOrder().request().csr());
        assertDoesNotThrow(
                () -> ReissueChecks.requireReissued(delivered.chain(), ordered, previous, fixture.time.instant()));
    }

    @Test
    void eachStageIsTold() {
        long id = fixture.certificate(NAME);

        fixture.rotate(id, run("release", 1)).toTheEnd();

        for (String line : List.of(
                "release #1: outputs are checked",
                "release #1: Ordering QUICKSSLPREMIUM for shop.example.com, validated by DNS",
                "release #1: Ordered shop.example.com: job 9218001",
                "job 9218001 is RUNNING; validation: shop.example.com IN_PROGRESS, www.shop.example.com IN_PROGRESS",
                "release #1: Job 9218001 has ended as SUCCESS",
                "release #1: Certificate and chain of shop.example.com are checked")) {
            assertTrue(fixture.log.contains(line), () -> line + " is not in " + fixture.log);
        }
    }

    @Test
    void opensslAcceptsWhatWasIssued() throws IOException, InterruptedException {
        long id = fixture.certificate(NAME);
        RunOfJob run = fixture.rotate(id, run("release", 1));
        run.toTheEnd();
        IssuedCertificate issued = run.delivered().get(0);
        Files.writeString(folder.resolve("leaf.pem"), issued.chain().leafPem());
        Files.writeString(folder.resolve("chain.pem"), issued.chain().chainPem());
        Files.writeString(folder.resolve("root.pem"), issued.chain().rootPem().orElseThrow());

        String verdict = Openssl.run(
                folder,
                "verify",
                "-attime",
                Long.toString(fixture.time.instant().getEpochSecond()),
                "-verify_hostname",
                "www." + NAME,
                "-CAfile",
                "root.pem",
                "-untrusted",
                "chain.pem",
                "leaf.pem");

        assertEquals("leaf.pem: OK", verdict.strip());
    }

    @Test
    void aCsrThatWasBroughtAlongHasNoKeyInTheBook() {
        long id = fixture.certificate(NAME);
        CertificateSigningRequest csr = csr(KeyAlgorithm.EC_P256.generate(), NAME);
        RunOfJob run = fixture.rotate(id, run("release", 1), s -> RotationFixture.with(s, csr));
        run.start();
        assertFalse(fixture.openOrder().hasKey());
        fixture.kill(run);
        RunOfJob next = fixture.rotate(id, run("release", 2), s -> RotationFixture.with(s, csr));

        assertEquals(Kind.ROTATED, next.toTheEnd().kind());

        assertNull(next.keys().get(0));
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void aCsrForTheKeyThatTheCertificateHasAlreadyIsReissuedAllTheSame() {
        long id = fixture.certificate(NAME);
        KeyPair keys = KeyAlgorithm.EC_P256.generate();
        fixture.rotate(id, run("release", 1), s -> RotationFixture.with(s, csr(keys, NAME)))
                .toTheEnd();
        String former = fixture.sandbox.certificate(id).serialNumber();
        fixture.pass(RotationFixture.UNTIL_DUE);
        fixture.connection.treat(Task.REISSUE, FaultyConnection.LOST_ON_THE_WAY_BACK);
        RunOfJob run = fixture.rotate(id, run("release", 2), s -> RotationFixture.with(s, csr(keys, NAME)));

        assertEquals(Kind.ROTATED, run.toTheEnd().kind());

        assertNotEquals(former, run.delivered().get(0).data().serialNumber());
        assertEquals(2, fixture.sandbox.orders(NAME));
    }

    @Test
    void aCsrForAnotherNameIsRefusedBeforeAnythingIsOrdered() {
        long id = fixture.certificate(NAME);
        CertificateSigningRequest csr = csr(KeyAlgorithm.EC_P256.generate(), "blog.example.com");
        RunOfJob run = fixture.rotate(id, run("release", 1), s -> RotationFixture.with(s, csr));

        ReissueException refusal = assertThrows(ReissueException.class, run::toTheEnd);

        assertEquals(
                "The CSR is for [blog.example.com, www.blog.example.com], but certificate 1001 is for shop.example.com."
                        + " Give the ID of the right certificate, or make the CSR for shop.example.com",
                refusal.getMessage());
        assertEquals(0, fixture.connection.count(Task.REISSUE));
        assertEquals(0, fixture.book().openOrders().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DNS", "EMAIL", "FILE"})
    void theCertificatesMethodOfValidationStays(String method) {
        long id = fixture.certificate(NAME, new AuthMethod(method));

        RotationOutcome outcome = fixture.rotate(id, run("release", 1)).toTheEnd();

        assertEquals(
                new AuthMethod(method),
                outcome.certificate().data().authentication().method());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ORDINARY", "JOB_DEFERRED", "JOB_SLOW", "UNKNOWN_STATE", "NEW_ID", "NO_NOTIFICATION", "ANSWER_LOST"
            })
    void whatTheServiceDoesDifferentlyMakesNoDifference(Behaviour behaviour) {
        long id = fixture.certificate(behaviour.demoName());
        if (behaviour == Behaviour.ANSWER_LOST) {
            // The sandbox does that on the wire, which is not here.
            fixture.connection.treat(Task.REISSUE, FaultyConnection.LOST_ON_THE_WAY_BACK);
        }

        RotationOutcome outcome = fixture.rotate(id, run("release", 1)).toTheEnd();

        assertEquals(Kind.ROTATED, outcome.kind());
        assertEquals(behaviour == Behaviour.NEW_ID, outcome.certificate().data().id() != id);
        assertEquals(1, fixture.sandbox.orders(behaviour.demoName()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MISSING_NAME | of the CSR's names it lacks [www.missing-name.example.com]
            BROKEN_CHAIN | The chain of CN=broken-chain.example.com is incomplete
            """, quoteCharacter = '`')
    void aCertificateThatIsNotWhatWasOrderedIsToldEachTimeAndOrderAndKeyStay(Behaviour behaviour, String essence) {
        String name = behaviour.demoName();
        long id = fixture.certificate(name);
        for (int night = 1; night <= 3; night++) {
            RunOfJob run = fixture.rotate(id, run("release", night));

            String told = assertThrows(PkiException.class, run::toTheEnd).getMessage();

            assertTrue(told.contains(essence), told);
            assertEquals(0, run.delivered().size());
            assertEquals(Stage.ORDERED, fixture.openOrder().stage());
            assertTrue(fixture.openOrder().hasKey());
            fixture.restart();
            fixture.pass(Duration.ofDays(1));
        }
        assertEquals(1, fixture.sandbox.orders(name));
    }

    @Test
    void aCertificateForAnotherKeyIsNotDelivered() {
        long id = fixture.certificate(Behaviour.WRONG_KEY.demoName());
        RunOfJob run = fixture.rotate(id, run("release", 1));

        String told = assertThrows(Superseded.class, run::toTheEnd).getMessage();

        assertTrue(told.contains("shows a newer certificate for another key"), told);
        assertEquals(0, run.delivered().size());
        assertTrue(fixture.book()
                .keys()
                .find(fixture.endedOrder().request().publicKeySha256(), "release")
                .isPresent());
    }

    @Test
    void aServiceThatDoesNotAnswerGetsNoOrder() {
        String name = Behaviour.UNAVAILABLE.demoName();

        assertRefusedWithoutAnOrder(name, "The service has trouble; run this again later.");
    }

    /** Over XML it comes with HTTP 200. */
    @ParameterizedTest
    @CsvSource({"wrong, 1", "sandbox, 9"})
    void aWrongPasswordOrContextIsToldWithTheSameRemedyOverBothProtocols(String password, int context) {
        fixture.between(api -> new SandboxCalls(fixture.sandbox, protocol, "sandbox", password, context).api());

        assertRefusedWithoutAnOrder(NAME, "Check the account's user, password and context.");
    }

    private void assertRefusedWithoutAnOrder(String name, String remedy) {
        RunOfJob run = fixture.rotate(fixture.certificate(name), run("release", 1));

        String told = assertThrows(ApiException.class, run::toTheEnd).getMessage();

        assertTrue(told.startsWith("CertificateInfo (400104) was refused (HTTP "), told);
        assertTrue(told.endsWith(remedy), told);
        assertEquals(0, fixture.sandbox.orders(name));
        assertEquals(0, fixture.book().openOrders().size());
    }
}
