package io.jenkins.plugins.sslmanager.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the later steps of a build find of a certificate in their environment. */
class CertificateOfBuildTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private static Map<String, String> variables(String name) {
        return new CertificateOfBuild(
                        new CertificateFacts(
                                "https://ssl.example.com",
                                "main",
                                name,
                                List.of(),
                                "CN=www.example.com",
                                null,
                                "01",
                                "AB:01",
                                NOW,
                                NOW.plus(Duration.ofDays(47)),
                                NOW,
                                null,
                                null,
                                null,
                                4711,
                                0),
                        List.of("CN=www.example.com"),
                        new Delivery.Delivered(Map.of("leaf", "leaf.pem"), Map.of(), null),
                        NOW)
                .variables();
    }

    @ParameterizedTest
    @CsvSource({"www.example.com", "*.example.com", "müller.example"})
    void usualNameIsThere(String name) {
        assertEquals(name, variables(name).get("SSL_CERTIFICATE_NAME"));
        assertEquals("leaf.pem", variables(name).get("SSL_CERTIFICATE_LEAF_FILE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$(id)", "`id`", "www.example.com\nid", "www & calc", "%PATH%", "-rf", "../../etc", "a b", ""})
    void nameThatAShellCouldActUponIsLeftOut(String name) {
        assertEquals(
                Set.of(
                        "SSL_CERTIFICATE_DAYS_LEFT",
                        "SSL_CERTIFICATE_ID",
                        "SSL_CERTIFICATE_LEAF_FILE",
                        "SSL_CERTIFICATE_NOT_AFTER",
                        "SSL_CERTIFICATE_SERIAL_NUMBER",
                        "SSL_CERTIFICATE_SHA256_FINGERPRINT"),
                new TreeSet<>(variables(name).keySet()));
    }
}
