package io.jenkins.plugins.sslmanager.engine.pki;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

    private static final X509Certificate LEAF = ProcessPage.leaf();
    private static final X509Certificate ROOT = ProcessPage.root();
    private static final PrivateKey KEY = KeyAlgorithm.EC_P256.generate().getPrivate();

    @Test
    void writesLinesOf64ColumnsThatEndWithLineFeeds() {
        String pem = Pem.encode(LEAF);
        List<String> lines = pem.lines().toList();
        List<String> body = lines.subList(1, lines.size() - 2);

        assertAll(
                () -> assertEquals("-----BEGIN CERTIFICATE-----", lines.get(0)),
                () -> assertTrue(body.stream().allMatch(line -> line.length() == 64), pem),
                () -> assertTrue(pem.endsWith("\n-----END CERTIFICATE-----\n"), pem),
                () -> assertFalse(pem.contains("\r"), pem));
    }

    @Test
    void readsCertificatesInTheirOrderAndSkipsWhatIsBetweenThem() {
        String bundle = "subject=leaf\n" + Pem.encode(LEAF) + Pem.encode(KEY) + "\r\nissuer=root\r\n"
                + Pem.encode(ROOT).replace("\n", "\r\n");

        assertEquals(List.of(LEAF, ROOT), Pem.certificates(bundle));
    }

    @Test
    void readsAKeyBesideItsCertificate() {
        assertEquals(KEY, Pem.privateKey(Pem.encode(LEAF) + Pem.encode(KEY)));
    }

    @Test
    void refusesACertificateThatIsNotThere() {
        assertRefused("The certificate is empty.", () -> Pem.certificates(" "));
        assertRefused("The text holds no certificate but: PRIVATE KEY.", () -> Pem.certificates(Pem.encode(KEY)));
        assertRefused(
                "The text holds 2 certificates where one is expected",
                () -> Pem.certificate(Pem.encode(LEAF) + Pem.encode(ROOT)));
    }

    @Test
    void refusesABrokenCertificate() {
        byte[] cutOff = Arrays.copyOf(Certificates.der(LEAF), 300);

        assertRefused(
                "The certificate cannot be read: its content is broken or cut off",
                () -> Pem.certificate(Pem.encode("CERTIFICATE", cutOff)));
    }

    @Test
    void refusesAPrivateKeyThatIsNotThere() {
        assertRefused(
                "The text holds 0 private keys where one is expected; it holds: CERTIFICATE.",
                () -> Pem.privateKey(Pem.encode(LEAF)));
        assertRefused(
                "The text holds 2 private keys where one is expected",
                () -> Pem.privateKey(Pem.encode(KEY) + Pem.encode(KEY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY"})
    void refusesABrokenPrivateKeyWithoutQuotingIt(String label) {
        byte[] cutOff = Arrays.copyOf(KEY.getEncoded(), 30);
        String pem = Pem.encode(label, cutOff);

        PkiException refusal = assertThrows(PkiException.class, () -> Pem.privateKey(pem));

        assertEquals(
                "The " + label + " cannot be read: it is broken, cut off, or neither RSA nor EC."
                        + " Give an RSA or EC key as written by: openssl pkey -in key.pem",
                refusal.getMessage());
        assertNull(refusal.getCause());
    }

    /** Java would take minutes to sign with it, and nothing interrupts that. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void refusesAKeyWithHugeParts(int huge) throws Exception {
        RSAPrivateCrtKey honest =
                (RSAPrivateCrtKey) KeyAlgorithm.RSA_2048.generate().getPrivate();
        BigInteger[] parts = {
            honest.getPrivateExponent(),
            honest.getPrimeP(),
            honest.getPrimeQ(),
            honest.getPrimeExponentP(),
            honest.getPrimeExponentQ()
        };
        parts[huge] = parts[huge].setBit(100_000);
        PrivateKey crafted = KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        honest.getModulus(),
                        honest.getPublicExponent(),
                        parts[0],
                        parts[1],
                        parts[2],
                        parts[3],
                        parts[4],
                        honest.getCrtCoefficient()));

        assertRefused("The PRIVATE KEY cannot be read", () -> Pem.privateKey(Pem.encode(crafted)));
        assertFalse(KeyStores.isPair(
                crafted,
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(honest.getModulus(), honest.getPublicExponent()))));
    }

    @Test
    void showsNothingOfAKeyWhenPrinted() {
        assertEquals(
                "[PEM block PRIVATE KEY]",
                PemBlock.scan(Pem.encode(KEY), "private key").toString());
    }

    private static void assertRefused(String expected, Executable action) {
        PkiException refusal = assertThrows(PkiException.class, action);
        assertTrue(refusal.getMessage().startsWith(expected), refusal.getMessage());
    }
}
