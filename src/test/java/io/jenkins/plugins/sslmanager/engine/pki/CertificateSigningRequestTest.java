package io.jenkins.plugins.sslmanager.engine.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.security.KeyPair;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateSigningRequestTest {

    private static final KeyPair KEYS = KeyAlgorithm.EC_P256.generate();
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

    @Test
    void refusesACommonNameThatNoCertificateCanHold() {
        String name = "a".repeat(53) + ".example.com";

        assertRefused(
                "has 65 characters, and a certificate allows 64",
                () -> CertificateSigningRequest.create(KEYS, name, List.of()));
        assertEquals(
                List.of("a.com", name),
                CertificateSigningRequest.create(KEYS, "a.com", List.of(name)).dnsNames());
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
                argumentSet("byte order mark", "\uFEFF" + PEM));
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
