package io.jenkins.plugins.sslmanager.engine.pki;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.jenkins.plugins.sslmanager.engine.FieldCase;
import java.nio.charset.Charset;
import java.security.KeyPair;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateSigningRequestTest {

    private static final KeyPair KEYS = KeyAlgorithm.EC_P256.generate();
    private static final List<String> ORDINARY = List.of("ordinary.example.com", "www.ordinary.example.com");
    private static final String PEM = CertificateSigningRequest.create(
                    KEYS, "example.com", List.of("www.example.com", "*.example.com"))
            .toPem();

    @Test
    void putsTheCommonNameFirstAndEachNameOnce() {
        CertificateSigningRequest csr = CertificateSigningRequest.create(
                KEYS, "Example.com", List.of("www.example.com", "example.COM", "WWW.example.com", "*.example.com"));

        assertEquals("Example.com", csr.commonName());
        assertEquals(List.of("example.com", "www.example.com", "*.example.com"), csr.dnsNames());
        assertEquals(KEYS.getPublic(), csr.publicKey());
    }

    @Test
    void takesAWholeSubject() {
        CertificateSigningRequest csr = CertificateSigningRequest.create(
                KEYS,
                new X500Principal("CN=example.com, CN=Web server, O=Müller & Söhne, C=DE"),
                List.of("www.example.com"));

        assertEquals("example.com", csr.commonName());
        assertEquals(List.of("example.com", "www.example.com"), csr.dnsNames());
    }

    @Test
    void doesNotTakeAnOrganisationForADnsName() {
        CertificateSigningRequest csr =
                CertificateSigningRequest.create(KEYS, new X500Principal("CN=Bücher GmbH"), List.of());

        assertEquals("Bücher GmbH", csr.commonName());
        assertEquals(List.of(), csr.dnsNames());
    }

    @Test
    void hasNoCommonNameWhereTheSubjectHasNone() {
        CertificateSigningRequest csr =
                CertificateSigningRequest.create(KEYS, new X500Principal("O=Example"), List.of("example.com"));

        assertNull(csr.commonName());
        assertEquals(List.of("example.com"), csr.dnsNames());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "exa mple.com", "192.0.2.1", "münchen.de", "www.*.com", "-a.com", "a.com."})
    void refusesWhatIsNoDnsName(String name) {
        String refusal = "'" + name + "' is not a fully qualified DNS name. Write it like www.example.com";

        assertRefused("The common name " + refusal, () -> CertificateSigningRequest.create(KEYS, name, List.of()));
        assertRefused(
                "The DNS name " + refusal,
                () -> CertificateSigningRequest.create(KEYS, "a.com", List.of("b.com", name)));
    }

    /** The name of 78 characters from the field. */
    @Test
    void hasNoCommonNameWhereTheNameIsTooLongForOne() {
        String name = "a".repeat(33) + "." + "b".repeat(32) + ".example.com";
        CertificateSigningRequest csr = CertificateSigningRequest.create(KEYS, name, List.of("a.com", name));

        assertEquals(78, name.length());
        assertNull(csr.commonName());
        assertEquals(List.of(name, "a.com"), csr.dnsNames());
        assertEquals(
                csr.dnsNames(), CertificateSigningRequest.parse(csr.toPem()).dnsNames());
    }

    @Test
    void readsACommonNameAlone() {
        CertificateSigningRequest csr = CertificateSigningRequest.parse(FieldCase.text("common-name-only.csr"));

        assertEquals("ordinary.example.com", csr.commonName());
        assertEquals(List.of("ordinary.example.com"), csr.dnsNames());
        assertEquals(List.of(), csr.otherNames());
    }

    @Test
    void dropsTheDotsAtTheEndOfNames() {
        assertEquals(
                ORDINARY,
                CertificateSigningRequest.parse(FieldCase.text("trailing-dots.csr"))
                        .dnsNames());
    }

    @Test
    void tellsWhichNamesAreNotDnsNames() {
        CertificateSigningRequest csr = CertificateSigningRequest.parse(FieldCase.text("ip-email-uri-names.csr"));

        assertEquals(ORDINARY, csr.dnsNames());
        assertEquals(
                List.of("IP address 192.0.2.10", "e-mail address admin@example.com", "URI https://example.com/"),
                csr.otherNames());
    }

    @ParameterizedTest
    @CsvSource({
        "utf-16.csr, ISO-8859-1",
        "utf-16.csr, UTF-8",
        "utf-16.csr, UTF-16",
        "no-break-spaces.csr, ISO-8859-1",
        "no-break-spaces.csr, UTF-8"
    })
    void readsTheFilesOfOtherProgramsInWhateverEncodingTheyAreRead(String file, Charset encoding) {
        CertificateSigningRequest csr = CertificateSigningRequest.parse(new String(FieldCase.bytes(file), encoding));

        assertEquals(ORDINARY, csr.dnsNames());
        assertTrue(csr.toPem().startsWith("-----BEGIN CERTIFICATE REQUEST-----\nMII"), csr.toPem());
    }

    @Test
    void refusesKeysThatDoNotBelongTogether() {
        KeyPair mixed =
                new KeyPair(KEYS.getPublic(), KeyAlgorithm.EC_P256.generate().getPrivate());

        assertRefused(
                "the private key belongs to another public key",
                () -> CertificateSigningRequest.create(mixed, "example.com", List.of()));
    }

    static Stream<Arguments> shapes() {
        String[] lines = PEM.split("\n");
        String body = String.join("", List.of(lines).subList(1, lines.length - 1));
        return Stream.of(
                argumentSet("as written", PEM),
                argumentSet("CRLF", PEM.replace("\n", "\r\n")),
                argumentSet("CR", PEM.replace("\n", "\r")),
                argumentSet("no last line end", PEM.stripTrailing()),
                argumentSet("text around it", "Certificate Request:\n  Version: 1 (0x0)\n\n" + PEM + "\n\nRegards\n"),
                argumentSet("blank lines", "\n\n" + PEM.replace("\n", "\n\n")),
                argumentSet("indented", PEM.replaceAll("(?m)^", "    ")),
                argumentSet("older label", PEM.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST")),
                argumentSet("body on one line", lines[0] + "\n" + body + "\n" + lines[lines.length - 1]),
                argumentSet("all on one line", PEM.replace("\n", " ")),
                argumentSet("byte order mark", "\uFEFF" + PEM),
                argumentSet("UTF-8 read as ISO 8859-1", new String(("\uFEFF" + PEM).getBytes(UTF_8), ISO_8859_1)),
                argumentSet("UTF-16 read as ISO 8859-1", new String(PEM.getBytes(UTF_16LE), ISO_8859_1)),
                argumentSet("UTF-16 read as UTF-8", new String(PEM.getBytes(UTF_16), UTF_8)),
                argumentSet(
                        "no-break spaces", PEM.replace("\n", "\u00A0\n\u202F").replace("N C", "N\u00A0C")),
                argumentSet("blanks of every kind", PEM.replace("\n", "\t\u2003\u3000\u200B\u0085\u2028\f\u000B")),
                argumentSet("soft hyphens", PEM.replace("-----\nM", "-----\nM\u00AD")));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void readsEveryUsualShapeAndWritesOne(String text) {
        CertificateSigningRequest csr = CertificateSigningRequest.parse(text);

        assertEquals(PEM, csr.toPem());
        assertEquals(List.of("example.com", "www.example.com", "*.example.com"), csr.dnsNames());
        assertEquals(KEYS.getPublic(), csr.publicKey());
    }

    @Test
    void readsTheRequestOfTheProcessPage() {
        CertificateSigningRequest csr = CertificateSigningRequest.parse(ProcessPage.request());

        assertEquals("mitsslzertifikat.de", csr.commonName());
        assertEquals(List.of("mitsslzertifikat.de"), csr.dnsNames());
        assertEquals(ProcessPage.leaf().getPublicKey(), csr.publicKey());
    }

    private static void assertRefused(String expected, Executable action) {
        String message = assertThrows(PkiException.class, action).getMessage();
        assertTrue(message.contains(expected), message);
    }
}
