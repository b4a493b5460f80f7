package io.jenkins.plugins.sslmanager.engine.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCa;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateNamesTest {

    private static final String TWO_NAMES =
            " has a character that programs encode in two ways, which are two names in the DNS."
                    + " Write the label that has it in its xn-- form, as its registry shows it";

    @ParameterizedTest
    @CsvSource({
        "Example.COM, example.com",
        "example.com., example.com",
        "*.example.com., *.example.com",
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.example., xn--bcher-kva.example",
        "*.Müller.example, *.xn--mller-kva.example",
        "例え。テスト, xn--r8jz45g.xn--zckzah",
        "ΑΘΗΝΑ.example, xn--mxaard0a.example",
        "xn--fa-hia.example.com, xn--fa-hia.example.com",
        "XN--FA-HIA.example.com, xn--fa-hia.example.com"
    })
    void aNameIsWrittenAsCertificatesCarryIt(String given, String written) {
        assertEquals(List.of(written), CertificateNames.of(given, null));
    }

    /** IDNA 2003 has them as ss, σ and nothing: names of somebody else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "faß.example.com",
                "straße.example",
                "*.straße.example",
                "πας.example",
                "a\u200Db.example",
                "a\u200Cb.example",
                "a\u115Fb.example",
                "a\u1806b.example",
                "\uD87E\uDC68.example"
            })
    void aNameThatIsTwoNamesIsRefused(String name) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> CertificateNames.of("example.com", "a.example," + name));

        assertEquals("'" + name + "'" + TWO_NAMES, refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..example", "exa_mple.com", "-a.example", "STRAẞE.example", "Ӏ.example", "🔒.example"})
    void whatIsNoNameInJavasIdnaIsRefused(String name) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> CertificateNames.of(name, null));

        assertTrue(
                refusal.getMessage().startsWith("'" + name + "' is not a DNS name. Write it such as"),
                refusal::getMessage);
    }

    @Test
    void namesThatTheServiceGivesInUnicodeAreThoseOfTheLeaf() {
        String leaf = Pem.encode(SandboxCa.shared()
                .issue(
                        KeyAlgorithm.EC_P256.generate().getPublic(),
                        List.of("xn--bcher-kva.example", "shop.example.org"),
                        Instant.now()));
        Certificate existing = certificate("""
                {"name": "Bücher.example", "server": "%s", "subjectAlternativeNames": [
                  {"name": "www.bücher.example"}, {"name": "WWW.xn--bcher-kva.example."}, {"name": " "}, {}]}""".formatted(leaf.replace("\n", "\\n")));

        List<String> names = CertificateNames.of(existing, " new.example,\u00A0b.example");

        assertEquals(
                List.of(
                        "xn--bcher-kva.example",
                        "www.xn--bcher-kva.example",
                        "shop.example.org",
                        "new.example",
                        "b.example"),
                names);
        assertEquals(
                names,
                CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), names.get(0), names)
                        .dnsNames());
    }

    @Test
    void listsOfNamesAreComparedAsSets() {
        assertEquals(
                CertificateNames.set(List.of("a.example", "WWW.a.example.", "bücher.example")),
                CertificateNames.set(List.of("xn--bcher-kva.example", "www.a.example", "A.example", "a.example.")));
        assertNotEquals(
                CertificateNames.set(List.of("a.example")), CertificateNames.set(List.of("a.example", "b.example")));
    }

    private static Certificate certificate(String json) {
        return new JsonCodec().decode(json.getBytes(StandardCharsets.UTF_8), Certificate.class);
    }
}
