package io.jenkins.plugins.sslmanager.engine.pki;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** The real CSR and certificates of the CertificateInfo example on InterNetX's page on automating re-issues. */
final class ProcessPage {

    static final Instant WITHIN = Instant.parse("2019-01-01T00:00:00Z");

    private ProcessPage() {}

    static String request() {
        return read("request");
    }

    static X509Certificate leaf() {
        return Pem.certificate(read("leaf"));
    }

    static X509Certificate intermediate() {
        return Pem.certificate(read("intermediate"));
    }

    static X509Certificate root() {
        return Pem.certificate(read("root"));
    }

    private static String read(String name) {
        try (InputStream resource = ProcessPage.class.getResourceAsStream("process-page-" + name + ".pem")) {
            return new String(resource.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
