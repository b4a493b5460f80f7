package io.jenkins.plugins.sslmanager.engine.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PrepareOrderTest {

    private final Sandbox sandbox = TestSandbox.in(new VirtualTime()).build();

    @AutoClose
    private final SandboxServer server = SandboxServer.start(sandbox);

    private final Caller caller = new Caller(server);

    @ParameterizedTest
    @ValueSource(strings = {"/certificate/_prepareOrder", "/certificate/prepareOrder"})
    void prepareOrderAnswersByBothNames(String path) {
        Caller.Answer answer = caller.post(path, CertificateData.request(Csrs.of("example.com"), "QUICKSSLPREMIUM"));

        assertEquals("SUCCESS S400110", answer.outcome());
        assertEquals(
                "CSR key was checked successfully.",
                answer.json().path("status").path("text").asString());
    }

    @Test
    void prepareOrderTellsWhatIsInTheCsr() throws Exception {
        String csr = Csrs.withRsaKey(
                2048,
                "C=DE, ST=BY, L=Regensburg, O=Company GmbH, OU=Entwicklung, CN=example.com, EMAILADDRESS=a@example.com");

        JsonNode data = caller.post("/certificate/_prepareOrder", CertificateData.request(csr, "QUICKSSLPREMIUM"))
                .data();

        assertEquals(
                JsonMapper.shared().readTree("""
                        {"name": "example.com", "keySize": 2048, "countryCode": "DE", "state": "BY",
                         "city": "Regensburg", "organization": "Company GmbH", "organizationUnit": "Entwicklung",
                         "email": "a@example.com", "product": "QUICKSSLPREMIUM", "algorithm": "RSA",
                         "signatureHashAlgorithm": "SHA256", "subjectAlternativeNames": []}"""),
                data.asObject().deepCopy().without(List.of("plain", "authentication")));
        assertEquals(csr, data.path("plain").asString());
    }

    @ParameterizedTest
    @CsvSource({"EC_P256, 256, PRIME_256_V1, SHA256", "EC_P384, 384, SECP_384_R1, SHA384"})
    void prepareOrderNamesTheCurve(KeyAlgorithm algorithm, int bits, String curve, String hash) {
        String csr = Csrs.of(algorithm.generate(), hash + "withECDSA", "CN=example.com");

        JsonNode data = caller.post("/certificate/_prepareOrder", CertificateData.request(csr, "QUICKSSLPREMIUM"))
                .data();

        assertEquals("EC", data.path("algorithm").asString());
        assertEquals(bits, data.path("keySize").asInt());
        assertEquals(curve, data.path("ecCurve").asString());
        assertEquals(hash, data.path("signatureHashAlgorithm").asString());
    }

    @Test
    void prepareOrderMakesAProofForEachMethod() {
        JsonNode proofs = caller.post(
                        "/certificate/_prepareOrder",
                        CertificateData.request(Csrs.of("*.example.com"), "QUICKSSLPREMIUM"))
                .data()
                .path("authentication");

        assertEquals("EMAIL", proofs.path(0).path("method").asString());
        assertEquals(
                "[\"admin@example.com\",\"administrator@example.com\",\"hostmaster@example.com\","
                        + "\"webmaster@example.com\",\"postmaster@example.com\"]",
                proofs.path(0).path("approverEmails").toString());
        assertEquals("DNS", proofs.path(1).path("method").asString());
        String record = proofs.path(1).path("dns").asString();
        assertTrue(record.matches("example\\.com\\.\t\t300\tIN\tTXT\t\"20261124100000[a-z0-9]{49}\""), record);
        assertTrue(proofs.path(1).path("provisioning").asBoolean());
        assertEquals("FILE", proofs.path(2).path("method").asString());
        assertEquals(
                "http://example.com/.well-known/pki-validation/fileauth.txt",
                proofs.path(2).path("fileName").asString());
        assertFalse(proofs.path(2).path("fileContent").asString().isEmpty());
    }
}
