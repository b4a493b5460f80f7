package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service sends, in the environment of the block that publishes a proof. */
class ValidationDataTest {

    private static final String NAME = "www.example.com";
    private static final String RECORD = "_dnsauth.www.example.com. 300 IN TXT \"2026_ab-c+d/e=\"";
    private static final String FILE = "http://www.example.com/.well-known/pki-validation/fileauth.txt";

    private static Map<String, String> variables(
            String domain, String method, String record, String file, String content) {
        return new ValidationData(
                        new CertAuthentication(
                                domain, new AuthMethod(method), record, file, content, null, null, null, null, null),
                        NAME)
                .variables();
    }

    @Test
    void usualProofsAreSet() {
        assertEquals(
                "2026_ab-c+d/e=", variables(NAME, "DNS", RECORD, null, null).get("SSL_DNS_VALUE"));
        assertEquals(FILE, variables(NAME, "FILE", null, FILE, "2026 abc").get("SSL_FILE_NAME"));
        assertEquals(
                "*.example.com",
                variables("*.example.com", "DNS", RECORD, null, null).get("SSL_DOMAIN"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "SSL_DOMAIN            | $(id)           | DNS  | -                            | -           | -",
                "SSL_DOMAIN            | a & calc        | DNS  | -                            | -           | -",
                "SSL_VALIDATION_METHOD | www.example.com | D;id | -                            | -           | -",
                "SSL_DNS_RECORD        | www.example.com | DNS  | a.example.com. IN TXT \"$(id)\" | -         | -",
                "SSL_DNS_RECORD        | www.example.com | DNS  | a.example.com. IN TXT \"x%PATH%\" | -       | -",
                "SSL_DNS_RECORD        | www.example.com | DNS  | a.example.com. IN TXT \"x\" & calc | -      | -",
                "SSL_FILE_NAME         | www.example.com | FILE | -                            | ../../.ssh/a | abc",
                "SSL_FILE_NAME         | www.example.com | FILE | -                            | -o          | abc",
                "SSL_FILE_NAME         | www.example.com | FILE | -                            | a.txt;id    | abc",
                "SSL_FILE_CONTENT      | www.example.com | FILE | -                            | a.txt       | <?php id ?>",
                "SSL_FILE_CONTENT      | www.example.com | FILE | -                            | a.txt       | `id`",
            })
    void whatAShellCouldActUponIsRefusedBeforeTheBlock(
            String variable, String domain, String method, String record, String file, String content) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> variables(domain, method, record, file, content));

        assertTrue(
                refused.getMessage()
                        .startsWith(
                                "The block does not run and nothing is ordered, since the service has sent a value for "
                                        + variable + " that a shell could act upon: '"),
                refused.getMessage());
    }

    /** The block would begin, and hold up those of all other certificates. */
    @ParameterizedTest
    @ValueSource(strings = {"2026abc", "a.example.com. IN MX 10 mail.example.com."})
    void recordThatCannotBeReadIsToldBeforeTheBlock(String record) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new ValidationData(proof("www.example.com", "DNS", record, null), "www.example.com"));

        assertTrue(refused.getMessage().startsWith("The DNS record '" + record), refused.getMessage());
    }

    /** No block would set it, and the order would wait for weeks. */
    @Test
    void recordThatIsNotToldIsMissedBeforeTheOrder() {
        CertAuthentication told = proof("www.example.com", "DNS", RECORD, null);
        CertAuthentication missing = proof("shop.example.com", "DNS", null, null);

        for (CertAuthentication proof : List.of(missing, together(told, missing))) {
            ReissueException refused =
                    assertThrows(ReissueException.class, () -> ValidationData.of(proof, "www.example.com"));
            assertTrue(
                    refused.getMessage()
                            .startsWith("Nothing was ordered, since control of shop.example.com would never be proved"),
                    refused.getMessage());
        }
    }

    @Test
    void recordThatInterNetXSetsIsNotMissed() {
        assertEquals(List.of(), ValidationData.of(proof("www.example.com", "DNS", null, true), "www.example.com"));
    }

    private static CertAuthentication proof(String domain, String method, String record, Boolean provisioning) {
        return new CertAuthentication(
                domain, new AuthMethod(method), record, null, null, null, provisioning, null, null, null);
    }

    private static CertAuthentication together(CertAuthentication... domains) {
        return new CertAuthentication(
                null, new AuthMethod("DNS"), null, null, null, null, null, List.of(domains), null, null);
    }
}
