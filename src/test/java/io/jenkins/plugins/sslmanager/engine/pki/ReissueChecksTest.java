package io.jenkins.plugins.sslmanager.engine.pki;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.FieldCase;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReissueChecksTest {

    private static final KeyPair KEYS = KeyAlgorithm.EC_P256.generate();
    private static final TestCa CA = TestCa.root("Root");

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"6CA6BD336FCFF808D72E231B4A7A84D", "1"})
    void acceptsTheCertificateOfTheProcessPage(String previousSerialNumber) {
        assertDoesNotThrow(() -> ReissueChecks.requireReissued(
                processPage(),
                CertificateSigningRequest.parse(ProcessPage.request()),
                previousSerialNumber,
                ProcessPage.WITHIN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6CA6BD336FCFF808D72E231B4A7A84C",
                "6ca6bd336fcff808d72e231b4a7a84c",
                "06CA6BD336FCFF808D72E231B4A7A84C",
                "06:ca:6b:d3:36:fc:ff:80:8d:72:e2:31:b4:a7:a8:4c"
            })
    void refusesTheOldCertificateHoweverItsSerialNumberIsWritten(String previousSerialNumber) {
        assertRefused(
                "its serial number 6CA6BD336FCFF808D72E231B4A7A84C is the same as that of the previous certificate, "
                        + previousSerialNumber,
                () -> ReissueChecks.requireReissued(
                        processPage(),
                        CertificateSigningRequest.parse(ProcessPage.request()),
                        previousSerialNumber,
                        ProcessPage.WITHIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4711 (new)"})
    void refusesAPreviousSerialNumberThatIsNone(String previousSerialNumber) {
        assertRefused(
                "The serial number '" + previousSerialNumber + "' of the previous certificate is not hexadecimal",
                () -> ReissueChecks.requireReissued(
                        processPage(),
                        CertificateSigningRequest.parse(ProcessPage.request()),
                        previousSerialNumber,
                        ProcessPage.WITHIN));
    }

    @Test
    void refusesACertificateForAnotherKey() {
        CertificateSigningRequest csr = request("example.com");
        CertificateSigningRequest other =
                CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), "example.com", List.of());

        assertRefused(
                "the SHA-256 of its public key is " + other.publicKeySha256() + ", and of the CSR's "
                        + csr.publicKeySha256(),
                () -> check(csr, CA.leaf(other.publicKey(), "example.com")));
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, EXAMPLE.com",
        "www.example.com, *.example.com",
        "*.example.com, *.example.com",
        "a.b.example.com, *.b.example.com"
    })
    void acceptsNamesThatTheCertificateCovers(String wanted, String presented) {
        assertDoesNotThrow(() -> check(request(wanted), CA.leaf(KEYS.getPublic(), "other.org", presented)));
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, *.example.com",
        "a.b.example.com, *.example.com",
        "*.b.example.com, *.example.com",
        "*.example.com, www.example.com",
        "badexample.com, *.example.com"
    })
    void refusesNamesThatTheCertificateLacks(String wanted, String presented) {
        assertRefused(
                "its DNS names are [other.org, " + presented + "], and of the CSR's names it lacks [" + wanted + "]",
                () -> check(request(wanted), CA.leaf(KEYS.getPublic(), "other.org", presented)));
    }

    /** With a CSR of the common name alone, its names say nothing about the others. */
    @Test
    void refusesACertificateThatLacksANameOfTheOrderOrOfTheOldOne() {
        CertificateSigningRequest csr = CertificateSigningRequest.parse(FieldCase.text("common-name-only.csr"));
        CertificateChain chain = CertificateChain.of(
                CA.leaf(csr.publicKey(), "ordinary.example.com", "another.ordinary.example.com"),
                List.of(CA.certificate()));

        assertDoesNotThrow(() -> ReissueChecks.requireReissued(chain, csr, null, TestCa.WITHIN));
        assertRefused(
                "its DNS names are [ordinary.example.com, another.ordinary.example.com], and of the names that it has to have"
                        + " it lacks [old.example.com, www.ordinary.example.com]",
                () -> ReissueChecks.requireReissued(
                        chain,
                        csr,
                        Set.of("WWW.ordinary.example.com", "ordinary.example.com", "old.example.com."),
                        null,
                        TestCa.WITHIN));
    }

    @Test
    void acceptsACertificateThatHasAllNamesInAnyOrderAndCase() {
        CertificateSigningRequest csr = request("example.com");
        CertificateChain chain = CertificateChain.of(
                CA.leaf(KEYS.getPublic(), "*.Example.org", "example.com", "www.example.com"),
                List.of(CA.certificate()));

        assertDoesNotThrow(() -> ReissueChecks.requireReissued(
                chain,
                csr,
                Set.of("www.example.com.", "EXAMPLE.com", "*.example.org", "shop.example.org"),
                null,
                TestCa.WITHIN));
    }

    @Test
    void refusesAChainThatIsNotValidNow() {
        assertRefused(
                "The certificate CN=mitsslzertifikat.de expired at 2019-12-12T12:00:00Z",
                () -> ReissueChecks.requireReissued(
                        processPage(), CertificateSigningRequest.parse(ProcessPage.request()), null, TestCa.WITHIN));
    }

    @Test
    void writesSerialNumbersAsTheServiceDoes() {
        assertEquals("6CA6BD336FCFF808D72E231B4A7A84C", Certificates.serialNumber(ProcessPage.leaf()));
    }

    private static CertificateChain processPage() {
        return CertificateChain.of(ProcessPage.leaf(), List.of(ProcessPage.intermediate(), ProcessPage.root()));
    }

    private static CertificateSigningRequest request(String name) {
        return CertificateSigningRequest.create(KEYS, name, List.of());
    }

    private static void check(CertificateSigningRequest csr, X509Certificate leaf) {
        ReissueChecks.requireReissued(CertificateChain.of(leaf, List.of(CA.certificate())), csr, "FFFF", TestCa.WITHIN);
    }

    private static void assertRefused(String expected, Executable action) {
        PkiException refusal = assertThrows(PkiException.class, action);
        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
    }
}
