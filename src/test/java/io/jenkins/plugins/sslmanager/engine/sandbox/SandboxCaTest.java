package io.jenkins.plugins.sslmanager.engine.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.Openssl;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCaTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private final SandboxCa ca = SandboxCa.shared();
    private final X509Certificate leaf = issue();

    @Test
    void opensslAcceptsALeafAsAServersCertificate(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("root.pem"), Pem.encode(ca.root()));
        Files.writeString(folder.resolve("chain.pem"), Pem.encode(ca.intermediate()));
        Files.writeString(folder.resolve("leaf.pem"), Pem.encode(leaf));

        String judgement = Openssl.run(
                folder,
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-verify_hostname",
                "www.example.com",
                "-attime",
                Long.toString(NOW.getEpochSecond()),
                "-CAfile",
                "root.pem",
                "-untrusted",
                "chain.pem",
                "leaf.pem");

        assertEquals("leaf.pem: OK\n", judgement);
    }

    @Test
    void aLeafIsForServersOnlyAndEachHasItsSerialNumber() throws Exception {
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), leaf.getExtendedKeyUsage());
        assertEquals(-1, leaf.getBasicConstraints());
        assertEquals(Instant.parse("2027-06-12T08:59:59Z"), leaf.getNotAfter().toInstant());
        assertNotEquals(leaf.getSerialNumber(), issue().getSerialNumber());
        assertTrue(leaf.getSerialNumber().bitLength() > 64);
    }

    private X509Certificate issue() {
        return ca.issue(KeyAlgorithm.EC_P256.generate().getPublic(), List.of("example.com", "www.example.com"), NOW);
    }
}
