package io.jenkins.plugins.sslmanager.engine.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Openssl;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.terminal.Terminal.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExistingFilesTest {

    private static final String SMALL_KEY = "--key-algorithm=EC_P256";

    private final Terminal terminal = new Terminal(Protocol.JSON);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        terminal.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"RSA_2048", "EC_P256"})
    void theNextRunForTheSameCertificateKeepsTheFormerKey(KeyAlgorithm algorithm) throws IOException {
        terminal.reissue(Behaviour.ORDINARY, folder, "--key-algorithm=" + algorithm);
        String formerKey = read("key.pem");
        String formerSerialNumber =
                Certificates.serialNumber(Pem.certificate(read("leaf.pem"))).toLowerCase(Locale.ROOT);

        Seen seen = terminal.reissue(Behaviour.ORDINARY, folder, SMALL_KEY);

        String kept = "key-" + formerSerialNumber + ".pem";
        assertEquals(ExitCode.DONE, seen.exitCode(), seen.err());
        assertTrue(seen.out().contains("The former key is kept as " + folder.resolve(kept)), seen.out());
        assertEquals(formerKey, read(kept));
        assertNotEquals(formerKey, read("key.pem"));
    }

    @Test
    void aKeyOfAnotherCertificateIsLeftAloneAndNothingIsOrdered() throws IOException {
        terminal.reissue(Behaviour.ORDINARY, folder, SMALL_KEY);
        String key = read("key.pem");

        Seen seen = terminal.reissue(Behaviour.NEW_ID, folder, SMALL_KEY);

        assertEquals(
                new Seen(
                        ExitCode.INPUT,
                        seen.out(),
                        folder.resolve("key.pem")
                                + " exists, and leaf.pem beside it is not a certificate for new-id.example.com with this key."
                                + " Give another folder with --out, or move the key away.\nNothing was ordered.\n"),
                seen);
        assertEquals(key, read("key.pem"));
        assertEquals(0, terminal.sandbox.orders("new-id.example.com"));
    }

    @Test
    void aKeyWithoutItsCertificateIsLeftAlone() throws IOException {
        write("key.pem", Pem.encode(KeyAlgorithm.EC_P256.generate().getPrivate()));

        Seen seen = terminal.reissue(Behaviour.ORDINARY, folder, SMALL_KEY);

        assertEquals(ExitCode.INPUT, seen.exitCode(), seen.out());
        assertEquals(0, terminal.sandbox.orders("ordinary.example.com"));
    }

    @Test
    void aDeliveryThatWasCutOffIsCompletedAndTheFormerKeyStaysKept() throws IOException {
        terminal.reissue(Behaviour.ORDINARY, folder, SMALL_KEY);
        String formerKey = read("key.pem");
        String kept = "key-"
                + Certificates.serialNumber(Pem.certificate(read("leaf.pem"))).toLowerCase(Locale.ROOT) + ".pem";
        Files.delete(folder.resolve("fullchain.pem"));
        Path inTheWay = Files.createDirectories(folder.resolve("fullchain.pem/in-the-way"));

        Seen cutOff = terminal.reissue(Behaviour.ORDINARY, folder, SMALL_KEY);

        assertEquals(ExitCode.UNEXPECTED, cutOff.exitCode(), cutOff.err());
        assertEquals(formerKey, read("key.pem"));
        Files.delete(inTheWay);
        Files.delete(folder.resolve("fullchain.pem"));
        assertEquals(
                ExitCode.DONE,
                terminal.reissue(Behaviour.ORDINARY, folder, SMALL_KEY).exitCode());
        assertEquals(formerKey, read(kept));
        KeyStores.requirePair(Pem.privateKey(read("key.pem")), Pem.certificate(read("leaf.pem")));
        assertEquals(2, terminal.sandbox.orders(Behaviour.ORDINARY.demoName()));
    }

    @Test
    void aKeyThatCameMeanwhileIsNotOverwrittenAndTheCertificateWaits() throws IOException {
        String strange = Pem.encode(KeyAlgorithm.EC_P256.generate().getPrivate());
        write("key.pem", strange);
        CertificateChain issued = IssuedCertificate.of(terminal.sandbox.certificate(Terminal.id(Behaviour.ORDINARY)))
                .chain();
        KeyPair other = KeyAlgorithm.EC_P256.generate();

        assertThrows(
                PkiException.class,
                () -> new CertificateFolder(folder).complete(issued, other.getPrivate(), line -> {}));
        InputException refused = assertThrows(
                InputException.class, () -> new CertificateFolder(folder).complete(issued, null, line -> {}));

        assertTrue(refused.getMessage().contains("move the key away"), refused.getMessage());
        assertEquals(strange, read("key.pem"));
        assertFalse(Files.exists(folder.resolve("leaf.pem")));
    }

    @Test
    void theKeyOfTheCsrMayLieInTheFolderAndStays() throws IOException {
        KeyPair keys = KeyAlgorithm.RSA_2048.generate();
        String key = Pem.encode(keys.getPrivate());
        write("key.pem", key);
        Path csr = write(
                "own.csr",
                CertificateSigningRequest.create(keys, "ordinary.example.com", List.of())
                        .toPem());

        Seen seen = terminal.reissue(Behaviour.ORDINARY, folder, "--csr=" + csr);

        assertEquals(ExitCode.DONE, seen.exitCode(), seen.err());
        assertEquals(key, read("key.pem"));
        assertEquals(keys.getPublic(), Pem.certificate(read("leaf.pem")).getPublicKey());
    }

    @Test
    void anotherKeyThanThatOfTheCsrIsNotGivenAStrangeCertificate() throws IOException {
        write("key.pem", Pem.encode(KeyAlgorithm.EC_P256.generate().getPrivate()));
        Path csr = write(
                "own.csr",
                CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), "ordinary.example.com", List.of())
                        .toPem());

        Seen seen = terminal.reissue(Behaviour.ORDINARY, folder, "--csr=" + csr);

        assertEquals(ExitCode.INPUT, seen.exitCode(), seen.out());
        assertTrue(
                seen.err().startsWith(folder.resolve("key.pem") + " is not the key of the CSR, and would lie beside"),
                seen.err());
        assertFalse(Files.exists(folder.resolve("leaf.pem")));
    }

    @Test
    void whereNoRootIsKnownAFormerOneGoesAndOpensslIsAskedForTheRest() throws Exception {
        CertificateChain whole = IssuedCertificate.of(terminal.sandbox.certificate(Terminal.id(Behaviour.ORDINARY)))
                .chain();
        CertificateChain withoutRoot = CertificateChain.of(whole.leaf(), whole.intermediates());
        CertificateFolder files = new CertificateFolder(folder);
        files.complete(whole, null, line -> {});

        files.complete(withoutRoot, null, line -> {});

        assertEquals(folder + ": leaf.pem, chain.pem, fullchain.pem", files.description());
        String check = files.verification(withoutRoot);
        assertTrue(
                Openssl.run(folder, check.substring("openssl ".length()).split(" "))
                        .endsWith("leaf.pem: OK\n"),
                check);
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com,www.example.com",
        "*.example.com,_.example.com",
        "../../etc/passwd,_._.._etc_passwd",
        "..,_.",
        "C:\\Windows,C__Windows"
    })
    void aNameBecomesAFolderThatStaysInItsPlace(String name, String expected) {
        assertEquals(expected, CertificateFolder.nameFor(name));
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private Path write(String file, String text) throws IOException {
        return Files.writeString(folder.resolve(file), text);
    }
}
