package io.jenkins.plugins.sslmanager.engine.terminal;

import static io.jenkins.plugins.sslmanager.engine.terminal.Terminal.id;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.Openssl;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.terminal.Terminal.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
class ReissueCommandTest {

    private static final String[] SMALL_KEY = {"--key-algorithm=EC_P256"};

    private final Protocol protocol;
    private final Terminal terminal;

    @TempDir
    private Path folder;

    ReissueCommandTest(Protocol protocol) {
        this.protocol = protocol;
        terminal = new Terminal(protocol);
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    @Test
    void withoutAnAccountItIsRehearsedAtASandboxAndOpensslAcceptsTheFiles() throws Exception {
        Seen seen = Terminal.runPatiently("--out=" + folder, "--protocol=" + protocol);

        assertEquals(new Seen(ExitCode.DONE, seen.out(), ""), seen);
        assertTrue(seen.out().startsWith("Without --url this is a rehearsal: with a sandbox"), seen.out());
        assertEquals(folder + "/leaf.pem: OK", lastLineOf(Openssl.run(folder, toldCheck(seen))));
        assertEquals(
                Openssl.run(folder, "x509", "-in", "leaf.pem", "-noout", "-pubkey"),
                Openssl.run(folder, "pkey", "-in", "key.pem", "-pubout"));
        assertEquals(read("fullchain.pem"), read("leaf.pem") + read("chain.pem"));
        assertTrue(read("leaf.pem").startsWith("-----BEGIN CERTIFICATE-----"));
    }

    @Test
    void eachStageIsToldInItsOrder() {
        Seen seen = terminal.reissue(Behaviour.ORDINARY, folder, SMALL_KEY);

        List<String> stages = Pattern.compile("^\\d+:\\d\\d:\\d\\d  (\\w+)", Pattern.MULTILINE)
                .matcher(seen.out())
                .results()
                .map(line -> line.group(1))
                .distinct()
                .toList();
        assertEquals(List.of("prepared", "ordered", "issued"), stages, seen.out());
    }

    @Test
    void theNewCertificateHasTheNamesOfTheFormerOne() throws Exception {
        terminal.reissue(Behaviour.ORDINARY, folder, SMALL_KEY);

        String names = Openssl.run(folder, "x509", "-in", "leaf.pem", "-noout", "-ext", "subjectAltName");
        assertTrue(names.contains("DNS:ordinary.example.com, DNS:www.ordinary.example.com"), names);
    }

    @Test
    void aNameIsLeftOutOnlyIfAsked() throws Exception {
        Seen seen =
                terminal.reissue(Behaviour.ORDINARY, folder, SMALL_KEY[0], "--remove-names=www.ordinary.example.com");

        assertEquals(ExitCode.DONE, seen.exitCode(), seen.err());
        String names = Openssl.run(folder, "x509", "-in", "leaf.pem", "-noout", "-ext", "subjectAltName");
        assertTrue(names.contains("DNS:ordinary.example.com"), names);
        assertFalse(names.contains("www."), names);
    }

    @Test
    void ofTwoValidChainsTheLongerIsWrittenUnlessTheShorterIsAskedFor() throws IOException {
        terminal.reissue(Behaviour.CROSS_SIGNED, folder, SMALL_KEY);
        assertEquals(2, Pem.certificates(read("chain.pem")).size());

        terminal.reissue(Behaviour.CROSS_SIGNED, folder, SMALL_KEY[0], "--force", "--short-chain");
        assertEquals(1, Pem.certificates(read("chain.pem")).size());
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"ORDINARY", "UNKNOWN_STATE", "JOB_DEFERRED", "NEW_ID", "NO_NOTIFICATION", "ANSWER_LOST", "BUSY"})
    void whateverEndsWellEndsWithZero(Behaviour behaviour) {
        Seen seen = terminal.reissue(behaviour, folder, SMALL_KEY);

        assertEquals(new Seen(ExitCode.DONE, seen.out(), ""), seen);
        assertEquals(1, terminal.sandbox.orders(behaviour.demoName()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    UNAVAILABLE  | 3 | was refused (HTTP 503
                    ANSWER_CUT   | 3 | CertificateInfo (400104) got
                    ANSWER_HTML  | 3 | CertificateInfo (400104) got an unusable answer
                    JOB_FAILED   | 5 | ended as FAILED
                    JOB_CANCELED | 5 | EF400103 The order was canceled.
                    MISSING_NAME | 7 | it lacks [www.missing-name.example.com]
                    BROKEN_CHAIN | 7 | chain
                    """)
    void whateverEndsBadlyEndsWithItsOwnCodeAndTwoPlainLines(Behaviour behaviour, int exitCode, String told) {
        Seen seen = terminal.reissue(behaviour, folder, SMALL_KEY);

        assertEquals(exitCode, seen.exitCode(), seen.err());
        assertTrue(seen.err().contains(told), seen.err());
        assertEquals(2, seen.err().lines().count(), seen.err());
        assertFalse(Files.exists(folder.resolve("leaf.pem")));
    }

    @ParameterizedTest
    @CsvSource({"--context=4", "--user=nobody", "--certificate-id=4711"})
    void whatTheServiceRefusesIsQuotedAndNothingIsOrdered(String wrongOption) {
        Seen seen = terminal.reissue(Behaviour.ORDINARY, folder, wrongOption);

        assertEquals(ExitCode.REFUSED, seen.exitCode(), seen.err());
        assertTrue(seen.err().startsWith("CertificateInfo (400104) was refused (HTTP "), seen.err());
        assertEquals("Nothing was ordered.", lastLineOf(seen.err()));
    }

    @Test
    void aServiceThatIsNotThereIsNamed() {
        terminal.close();

        Seen seen = terminal.reissue(Behaviour.ORDINARY, folder);

        assertEquals(ExitCode.NO_ANSWER, seen.exitCode());
        assertTrue(seen.err().startsWith("CertificateInfo (400104) was not sent: "), seen.err());
        assertEquals("Nothing was ordered.", lastLineOf(seen.err()));
    }

    @Test
    void aCertificateForAnotherKeyIsSomebodyElsesReissue() {
        terminal.hurry(200);

        // However slow this machine is, the looks that decide it are over long before the limit.
        Seen seen = terminal.reissue(Behaviour.WRONG_KEY, folder, SMALL_KEY[0], "--timeout=30d");

        assertEquals(ExitCode.JOB_FAILED, seen.exitCode(), seen.err());
        assertTrue(seen.err().startsWith("Somebody else has had wrong-key.example.com re-issued since"), seen.err());
        assertTrue(lastLineOf(seen.err()).contains("Its key is kept, sealed, for 30 days"), seen.err());
        assertFalse(Files.exists(folder.resolve("leaf.pem")));
    }

    @Test
    void aCertificateThatStaysTheOldOneIsNotDelivered() {
        Seen seen = terminal.reissue(Behaviour.SAME_SERIAL, folder, SMALL_KEY[0], "--timeout=5s");

        assertEquals(ExitCode.NO_ANSWER, seen.exitCode(), seen.err());
        assertTrue(seen.err().contains("still shows the certificate as it was before"), seen.err());
        assertFalse(Files.exists(folder.resolve("leaf.pem")));
    }

    @Test
    void atTheTimeLimitJobAndBookAreNamedAndTheKeyIsKeptInTheBook() throws Exception {
        Seen seen = terminal.reissue(Behaviour.JOB_SUPPORT, folder, SMALL_KEY[0], "--timeout=1s");

        assertEquals(ExitCode.TIME_LIMIT, seen.exitCode(), seen.err());
        assertTrue(
                lastLineOf(seen.err())
                        .matches("Certificate " + id(Behaviour.JOB_SUPPORT) + " was ordered: job [0-9]+\\."
                                + " Its key is kept, sealed, in the order book "
                                + Pattern.quote(folder.resolve(".ssl-manager").toString())
                                + "\\. Run the same command again: it goes on with this order\\."),
                seen.err());
        assertEquals(List.of(".ssl-manager"), filesIn(folder));
    }

    @Test
    void anOrderThatNoCertificateComesOfLeavesNothingOpenAndNoFiles() throws IOException {
        Seen seen = terminal.reissue(Behaviour.JOB_FAILED, folder, SMALL_KEY);

        assertTrue(lastLineOf(seen.err()).endsWith(". No certificate comes of it."), seen.err());
        assertEquals(List.of(".ssl-manager"), filesIn(folder));
        assertEquals(List.of(), filesIn(folder.resolve(".ssl-manager/orders/open")));
    }

    @Test
    void whatHasKeysIsForItsOwnerAlone() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));

        terminal.reissue(Behaviour.ORDINARY, folder, SMALL_KEY);
        terminal.reissue(Behaviour.JOB_SUPPORT, folder.resolve("open"), SMALL_KEY[0], "--timeout=1s");

        Path book = folder.resolve("open/.ssl-manager");
        String record = filesIn(book.resolve("orders/open")).get(0);
        assertAll(Stream.of(
                        folder.resolve("key.pem"),
                        book.resolve("sealing-key"),
                        book.resolve("orders/open").resolve(record))
                .map(file -> () -> assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        file.toString())));
    }

    @Test
    void withItsOwnCsrNoKeyIsWritten() throws IOException {
        Path csr = write("own.csr", csrFor("ordinary.example.com").toPem());

        Seen seen = terminal.reissue(Behaviour.ORDINARY, folder.resolve("out"), "--csr=" + csr);

        assertEquals(ExitCode.DONE, seen.exitCode(), seen.err());
        assertEquals(
                List.of(".ssl-manager", "chain.pem", "fullchain.pem", "leaf.pem", "root.pem"),
                filesIn(folder.resolve("out")));
    }

    @Test
    void aCsrForAnotherNameIsNotOrdered() throws IOException {
        Path csr = write("other.csr", csrFor("other.example.com").toPem());

        Seen seen = terminal.reissue(Behaviour.ORDINARY, folder, "--csr=" + csr);

        assertEquals(
                new Seen(
                        ExitCode.INPUT,
                        seen.out(),
                        "The CSR is for [other.example.com], but certificate 1001 is for ordinary.example.com. Give the ID of"
                                + " the right certificate, or make the CSR for ordinary.example.com\nNothing was ordered.\n"),
                seen);
        assertEquals(0, terminal.sandbox.orders("ordinary.example.com"));
    }

    @Test
    void noSecretIsPrinted() throws IOException {
        terminal.hurry(600);
        for (Behaviour behaviour : List.of(Behaviour.ORDINARY, Behaviour.WRONG_KEY, Behaviour.ANSWER_HTML)) {
            Path out = folder.resolve(behaviour.label());
            Seen seen = terminal.reissue(behaviour, out, SMALL_KEY);
            String printed = seen.out() + seen.err();
            assertFalse(printed.contains(Terminal.PASSWORD), printed);
            assertFalse(printed.contains("PRIVATE KEY"), printed);
        }
    }

    @Test
    void filesThatCannotBeWrittenAreWrittenByTheNextRunWithoutAnotherOrder() throws IOException {
        Path inTheWay = Files.createDirectories(folder.resolve("leaf.pem/in-the-way"));

        Seen seen = terminal.reissue(Behaviour.ORDINARY, folder, SMALL_KEY);

        assertEquals(ExitCode.UNEXPECTED, seen.exitCode());
        assertTrue(seen.err().startsWith("A file cannot be written: " + folder), seen.err());
        assertTrue(lastLineOf(seen.err()).endsWith("it goes on with this order."), seen.err());
        assertFalse(Files.exists(folder.resolve("key.pem")));

        Files.delete(inTheWay);
        Files.delete(folder.resolve("leaf.pem"));
        assertEquals(ExitCode.DONE, terminal.reissue(Behaviour.ORDINARY, folder).exitCode());
        assertTrue(Files.exists(folder.resolve("key.pem")));
        assertEquals(1, terminal.sandbox.orders(Behaviour.ORDINARY.demoName()));
    }

    @Test
    void aUserWithASecondFactorSignsInByItsSecret() throws IOException {
        long id = terminal.sandbox
                .account(Terminal.CAREFUL, Terminal.CONTEXT)
                .addCertificate("www.example.com", AuthMethod.DNS);
        String key = SMALL_KEY[0];
        String user = "--user=" + Terminal.CAREFUL;
        String certificate = "--certificate-id=" + id;
        Path secret = write("secret", Terminal.SECOND_FACTOR + "\n");

        Seen without = terminal.reissue(Behaviour.ORDINARY, folder, key, user, certificate);
        assertTrue(without.err().contains("Check the account's user, password and context."), without.err());
        Seen missing = terminal.reissue(Behaviour.ORDINARY, folder, key, user, certificate, "--second-factor=none");
        assertTrue(missing.err().contains("--second-factor none cannot be read: there is no such file"), missing.err());
        Seen with = terminal.reissue(Behaviour.ORDINARY, folder, key, user, certificate, "--second-factor=" + secret);
        assertEquals(new Seen(ExitCode.DONE, with.out(), ""), with);
        assertFalse(with.out().contains(Terminal.SECOND_FACTOR));
    }

    @Test
    void theHelpNamesEveryExitCode() {
        Seen seen = Terminal.run("--help");

        List<Integer> codes = Pattern.compile("^  (\\d)   ", Pattern.MULTILINE)
                .matcher(seen.out())
                .results()
                .map(MatchResult::group)
                .map(String::strip)
                .map(Integer::valueOf)
                .toList();
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), codes, seen.out());
    }

    private static CertificateSigningRequest csrFor(String name) {
        KeyPair keys = KeyAlgorithm.EC_P256.generate();
        return CertificateSigningRequest.create(keys, name, List.of());
    }

    private static String[] toldCheck(Seen seen) {
        String line = lastLineOf(seen.out());
        String start = "To check: openssl ";
        assertTrue(line.startsWith(start), line);
        return line.substring(start.length()).split(" ");
    }

    private static String lastLineOf(String text) {
        return text.lines().reduce((earlier, later) -> later).orElse("");
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private Path write(String file, String text) throws IOException {
        return Files.writeString(folder.resolve(file), text);
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
