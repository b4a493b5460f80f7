package io.jenkins.plugins.sslmanager.engine.pki;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStoresTest {

    private static final char[] PASSWORD = "secret".toCharArray();

    private static final TestCa ROOT = TestCa.root("Root");
    private static final TestCa ISSUER = ROOT.intermediate("Issuer");
    private static final KeyPair KEYS = KeyAlgorithm.EC_P256.generate();
    private static final CertificateChain CHAIN = chain(KEYS);

    /** JDK-8352294. */
    private static final boolean TAKES_ALL = Runtime.version().feature() >= 25;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"RSA_2048", "EC_P256", "EC_P384"})
    void theOlderPkcs12IsReadByJavaWithKeyAndChain(KeyAlgorithm algorithm) throws Exception {
        KeyPair keys = algorithm.generate();
        CertificateChain chain = chain(keys);

        KeyStore store = load(KeyStores.olderPkcs12(keys.getPrivate(), chain, "www", PASSWORD), PASSWORD);

        assertEquals(keys.getPrivate(), store.getKey("www", PASSWORD));
        assertArrayEquals(new Certificate[] {chain.leaf(), ISSUER.certificate()}, store.getCertificateChain("www"));
        assertTrue(KeyStores.holds(store, keys.getPrivate(), chain, PASSWORD));
    }

    @Test
    void opensslSeesTheOlderEncryptionAndNoOther() throws Exception {
        Files.write(folder.resolve("www.p12"), KeyStores.olderPkcs12(KEYS.getPrivate(), CHAIN, "www", PASSWORD));

        String info = openssl("www.p12");

        assertTrue(info.contains("MAC: sha1"), info);
        assertTrue(info.contains("PKCS7 Encrypted data: pbeWithSHA1And3-KeyTripleDES-CBC"), info);
        assertTrue(info.contains("Shrouded Keybag: pbeWithSHA1And3-KeyTripleDES-CBC"), info);
        assertFalse(info.contains("PBES2") || info.contains("RC2"), info);
        assertTrue(info.contains("friendlyName: www"), info);
        assertEquals(2, Pem.certificates(info).size());
    }

    @Test
    void opensslSeesTheEncryptionOfTodayOtherwise() throws Exception {
        Files.write(folder.resolve("www.p12"), KeyStores.pkcs12(KEYS.getPrivate(), CHAIN, "www", PASSWORD));

        String info = openssl("www.p12");

        assertTrue(info.contains("MAC: sha256"), info);
        assertTrue(info.contains("Shrouded Keybag: PBES2, PBKDF2, AES-256-CBC"), info);
    }

    @Test
    void keytoolListsTheOlderPkcs12() throws Exception {
        Path file = Files.write(
                folder.resolve("www.p12"), KeyStores.olderPkcs12(KEYS.getPrivate(), CHAIN, "www", PASSWORD));
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-Duser.language=en",
                        "-list",
                        "-v",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "secret")
                .redirectErrorStream(true)
                .start();
        String list = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, keytool.waitFor(), list);
        assertTrue(list.contains("Entry type: PrivateKeyEntry"), list);
        assertTrue(list.contains("Certificate chain length: 2"), list);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "with blank", "~!\"#$%&'()*+,-./:;<=>?@[]^_`{|}"})
    void aPasswordOfAsciiIsUsableEverywhere(String password) {
        assertDoesNotThrow(() -> KeyStores.requireUsablePassword(password.toCharArray()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pässword", "пароль", "🔑", "tab\there"})
    void aPasswordBeyondAsciiIsTriedBeforeAnOrder(String password) throws Exception {
        char[] characters = password.toCharArray();
        if (TAKES_ALL) {
            KeyStores.requireUsablePassword(characters);
            KeyStore store = load(KeyStores.pkcs12(KEYS.getPrivate(), CHAIN, "www", characters), characters);
            assertEquals(KEYS.getPrivate(), store.getKey("www", characters));
            return;
        }
        PkiException refusal = assertThrows(PkiException.class, () -> KeyStores.requireUsablePassword(characters));

        assertTrue(
                refusal.getMessage().startsWith("Java " + Runtime.version().feature() + " cannot"),
                refusal.getMessage());
        assertFalse(refusal.getMessage().contains(password));
        assertThrows(PkiException.class, () -> KeyStores.pkcs12(KEYS.getPrivate(), CHAIN, "www", characters));
    }

    private static CertificateChain chain(KeyPair keys) {
        return CertificateChain.of(
                ISSUER.leaf(keys.getPublic(), "www.example.com"), List.of(ISSUER.certificate(), ROOT.certificate()));
    }

    private static KeyStore load(byte[] bytes, char[] password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes), password);
        return store;
    }

    private String openssl(String file) throws Exception {
        return Openssl.run(folder, "pkcs12", "-in", file, "-info", "-nodes", "-passin", "pass:secret");
    }
}
