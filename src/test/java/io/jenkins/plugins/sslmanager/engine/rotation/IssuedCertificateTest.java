package io.jenkins.plugins.sslmanager.engine.rotation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.FieldCase;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.ChainLength;
import io.jenkins.plugins.sslmanager.engine.pki.ReissueChecks;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class IssuedCertificateTest {

    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    private final Sandbox sandbox = Sandbox.builder().build();

    @ParameterizedTest
    @CsvSource({"leaf-last, true", "leaf-last, false", "fullchain-in-server, false"})
    void theLeafIsThatOfTheOrderedKeyWhereverTheServicePutsIt(String folder, boolean withAuthorities) {
        CertificateSigningRequest csr = CertificateSigningRequest.parse(FieldCase.text(folder + "/request.csr"));
        List<String> authorities = withAuthorities
                ? List.of(FieldCase.text(folder + "/root.pem"), FieldCase.text(folder + "/int.pem"))
                : List.of();
        Certificate data = certificate(FieldCase.text(folder + "/server.pem"), authorities);

        for (IssuedCertificate issued : List.of(
                IssuedCertificate.of(data),
                IssuedCertificate.of(data, csr.publicKeySha256(), ChainLength.SHORTEST, NOW))) {
            assertTrue(issued.isFor(csr.publicKeySha256()));
            assertEquals(1, issued.chain().intermediates().size());
            assertTrue(issued.chain().root().isPresent());
            assertDoesNotThrow(() -> ReissueChecks.requireReissued(issued.chain(), csr, null, NOW));
        }
    }

    @Test
    void aCertificateOfAnotherKeyIsReadAndIsNotFound() {
        Certificate data = sandbox.certificate(sandbox.addCertificate("example.com", AuthMethod.DNS));

        IssuedCertificate issued = IssuedCertificate.of(data, "00ff", ChainLength.LONGEST, NOW);

        assertFalse(issued.isFor("00ff"));
        assertEquals(
                List.of("example.com"), Certificates.dnsNames(issued.chain().leaf()));
    }

    private static Certificate certificate(String server, List<String> authorities) {
        ObjectNode json = JsonMapper.shared().createObjectNode().put("id", 1).put("server", server);
        authorities.forEach(
                pem -> json.withArray("certificationAuthority").addObject().put("caCertificate", pem));
        return new JsonCodec().decode(json.toString().getBytes(StandardCharsets.UTF_8), Certificate.class);
    }
}
