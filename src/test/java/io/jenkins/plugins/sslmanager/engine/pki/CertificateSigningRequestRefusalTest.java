package io.jenkins.plugins.sslmanager.engine.pki;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateSigningRequestRefusalTest {

    private static final KeyPair KEYS = KeyAlgorithm.EC_P256.generate();
    private static final String PEM =
            CertificateSigningRequest.create(KEYS, "example.com", List.of()).toPem();
    private static final String BEGIN = "-----BEGIN CERTIFICATE REQUEST-----";
    private static final String END = "-----END CERTIFICATE REQUEST-----";

    static Stream<Arguments> unreadable() {
        String base64 = PEM.replace(BEGIN, "").replace(END, "").replace("\n", "");
        byte[] der = Base64.getDecoder().decode(base64);
        byte[] altered = der.clone();
        altered[altered.length - 1] ^= 1;
        String truncated = base64.substring(0, 41);
        return Stream.of(
                argumentSet("empty", "", "The CSR is empty. Give it in PEM form"),
                argumentSet("blank", " \r\n\uFEFF", "The CSR is empty. Give it in PEM form"),
                argumentSet("no PEM", base64, "The CSR has no line like -----BEGIN …-----"),
                argumentSet(
                        "four dashes, as on the process page",
                        PEM.replace(BEGIN, "----BEGIN CERTIFICATE REQUEST-----"),
                        "The BEGIN line of the CSR has 4 dashes before its words and needs 5. Write it with five"),
                argumentSet(
                        "nine dashes, as on the process page",
                        PEM.replace(BEGIN, "---------BEGIN CERTIFICATE REQUEST-----"),
                        "The BEGIN line of the CSR has 9 dashes before its words and needs 5"),
                argumentSet(
                        "four dashes at the end of the header",
                        PEM.replace(BEGIN, "-----BEGIN CERTIFICATE REQUEST----"),
                        "The BEGIN line of the CSR has 4 dashes after its words and needs 5"),
                argumentSet(
                        "four dashes in the END line",
                        PEM.replace(END, "----END CERTIFICATE REQUEST-----"),
                        "The END line of the CSR has 4 dashes before its words and needs 5"),
                argumentSet(
                        "no END line",
                        PEM.replace(END, ""),
                        "The CSR has no line -----END CERTIFICATE REQUEST----- after its BEGIN line: it is cut off"),
                argumentSet(
                        "no END line before the next block",
                        PEM.replace(END, "") + PEM,
                        "The CSR has no line -----END CERTIFICATE REQUEST-----"),
                argumentSet(
                        "other END line",
                        PEM.replace(END, "-----END CERTIFICATE-----"),
                        "The CSR begins as CERTIFICATE REQUEST and ends as CERTIFICATE."),
                argumentSet("nothing inside", BEGIN + "\n" + END, "has nothing between its BEGIN and END lines"),
                argumentSet(
                        "truncated Base64",
                        BEGIN + "\n" + truncated + "\n" + END,
                        "The Base64 text of the CERTIFICATE REQUEST is cut off: 41 characters are not a multiple of 4"),
                argumentSet(
                        "odd character",
                        PEM.replace("-----\nM", "-----\nM\u00B7"),
                        "The CERTIFICATE REQUEST has the character '\u00B7' (U+00B7) between its BEGIN and END lines"),
                argumentSet("placeholder", BEGIN + " .... " + END, "is not Base64. Give the PEM text unchanged"),
                argumentSet(
                        "truncated DER",
                        pem(Arrays.copyOf(der, 99)),
                        "The CSR cannot be read: its content is broken or cut off"),
                argumentSet(
                        "other DER",
                        pem(KEYS.getPublic().getEncoded()),
                        "The CSR cannot be read: its content is broken or cut off"),
                argumentSet("altered", pem(altered), "The signature of the CSR was not made with its own key"),
                argumentSet(
                        "two requests",
                        PEM + PEM,
                        "must contain exactly one CSR, but contains: CERTIFICATE REQUEST, CERTIFICATE REQUEST."),
                argumentSet(
                        "a certificate",
                        Pem.encode(ProcessPage.leaf()),
                        "must contain exactly one CSR, but contains: CERTIFICATE. Give the PEM block"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void saysWhatIsWrongWithTheText(String text, String expected) {
        assertRefused(expected, text);
    }

    @Test
    void refusesAPrivateKeyWithoutQuotingIt() {
        String key = Pem.encode(KEYS.getPrivate());

        for (String text : List.of(key, key + PEM, key.replace("PRIVATE", "EC PRIVATE"))) {
            PkiException refusal = assertThrows(PkiException.class, () -> CertificateSigningRequest.parse(text));

            assertTrue(refusal.getMessage().contains("holds a private key, which must never leave its owner"));
            assertFalse(refusal.getMessage()
                    .contains(key.lines().skip(1).findFirst().orElseThrow()));
        }
    }

    static Stream<Arguments> refusedKeys() {
        return Stream.of(
                argumentSet(
                        "small RSA",
                        "RSA",
                        new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4),
                        "SHA256withRSA",
                        "The RSA key of the CSR has 1024 bits"),
                argumentSet(
                        "P-521",
                        "EC",
                        new ECGenParameterSpec("secp521r1"),
                        "SHA512withECDSA",
                        "The EC key of the CSR is on the curve secp521r1"),
                argumentSet(
                        "Ed25519",
                        "Ed25519",
                        NamedParameterSpec.ED25519,
                        "Ed25519",
                        "The key of the CSR is neither RSA nor EC but of the algorithm 1.3.101.112"));
    }

    @ParameterizedTest
    @MethodSource("refusedKeys")
    void refusesKeysThatTheServiceRefuses(
            String algorithm, AlgorithmParameterSpec parameters, String signature, String expected) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(parameters);
        KeyPair keys = generator.generateKeyPair();
        byte[] foreign = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=example.com"), keys.getPublic())
                .build(new JcaContentSignerBuilder(signature).build(keys.getPrivate()))
                .getEncoded();

        String message = expected
                + ". Create the CSR with a key that the SSL Manager takes: RSA from 2048 bits, or EC on P-256 or P-384.";
        assertRefused(message, pem(foreign));
        PkiException refusal = assertThrows(
                PkiException.class, () -> CertificateSigningRequest.create(keys, "example.com", List.of()));
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }

    private static String pem(byte[] der) {
        return Pem.encode("CERTIFICATE REQUEST", der);
    }

    private static void assertRefused(String expected, String text) {
        PkiException refusal = assertThrows(PkiException.class, () -> CertificateSigningRequest.parse(text));
        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
    }
}
