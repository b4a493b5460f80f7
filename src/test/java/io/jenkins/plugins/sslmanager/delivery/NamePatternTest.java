package io.jenkins.plugins.sslmanager.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths and credentials named after a certificate, whose name the service has sent. */
class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "www.example.com, tls/www.example.com/key.pem",
        "*.example.com, tls/wildcard.example.com/key.pem",
        "müller.example, tls/müller.example/key.pem"
    })
    void certificatesNameIsInThePath(String name, String path) {
        assertEquals(path, NamePattern.fill("tls/{name}/key.pem", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../.ssh", "..", "/etc", "a/b", "C:\\x", "$(id)", "`id`", "a & calc", "a\nb", "-rf", ""})
    void nameThatLeadsElsewhereOrThatAShellCouldActUponIsRefused(String name) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> NamePattern.fill("tls/{name}/key.pem", name));

        assertTrue(
                refused.getMessage().startsWith("'tls/{name}/key.pem': the certificate's name '"),
                refused.getMessage());
    }

    @Test
    void nameDoesNotMatterWherePathIsGivenInFull() {
        assertEquals("tls/key.pem", NamePattern.fill("tls/key.pem", "../x"));
    }
}
