package io.jenkins.plugins.sslmanager.engine.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.terminal.Terminal.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run does with the order of an earlier one, with its book, and whether it orders at all. */
class OpenOrderTest {

    private static final String SMALL_KEY = "--key-algorithm=EC_P256";
    private static final String NAME = Behaviour.ORDINARY.demoName();
    private static final Duration JOB_DELAY = Duration.ofHours(1);

    /** The certificates of a sandbox are as old as its jobs take. */
    private static final Duration OVER_HALF_OF_A_LIFETIME = Duration.ofDays(120);

    private final Terminal terminal = new Terminal(Protocol.JSON, JOB_DELAY);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        terminal.close();
    }

    @Test
    void whatTheTimeLimitHasCutOffIsGoneOnWithAndWhatWasDeliveredIsReissuedAnew() {
        assertEquals(ExitCode.TIME_LIMIT, run("--timeout=1s").exitCode());
        terminal.pass(JOB_DELAY);

        Seen second = run();

        assertEquals(ExitCode.DONE, second.exitCode(), second.err());
        assertTrue(second.out().contains("Going on with the order of an earlier run"), second.out());
        assertEquals(1, terminal.sandbox.orders(NAME));
        run("--timeout=1s");
        assertEquals(2, terminal.sandbox.orders(NAME));
    }

    @Test
    void forceGivesTheOpenOrderUpAndOrdersAnew() {
        run("--timeout=1s");

        Seen forced = run("--force", "--timeout=1s");

        assertTrue(forced.out().contains("is given up"), forced.out());
        assertEquals(ExitCode.TIME_LIMIT, forced.exitCode(), forced.err());
        assertEquals(2, terminal.sandbox.orders(NAME));
    }

    @Test
    void anotherCsrIsRefusedWhileAnOrderIsOpen() throws IOException {
        run("--timeout=1s");
        Path csr = Files.writeString(
                folder.resolve("own.csr"),
                CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), NAME, List.of())
                        .toPem());

        Seen refused = terminal.reissue(Behaviour.ORDINARY, folder, "--csr=" + csr);

        assertEquals(ExitCode.INPUT, refused.exitCode(), refused.err());
        assertTrue(refused.err().contains("has an open order with another CSR"), refused.err());
        assertEquals(1, terminal.sandbox.orders(NAME));
    }

    @Test
    void inOneBookAnotherFolderGetsNeitherOrderNorKey() {
        String book = "--book=" + folder.resolve("book");
        run(book, "--timeout=1s");
        terminal.pass(JOB_DELAY);

        Seen other = terminal.reissue(Behaviour.ORDINARY, folder.resolve("other"), SMALL_KEY, book);

        assertEquals(ExitCode.INPUT, other.exitCode(), other.err());
        assertTrue(other.err().contains("is being re-issued for another folder, " + folder + "."), other.err());
        assertFalse(Files.exists(folder.resolve("other/leaf.pem")));
        assertEquals(1, terminal.sandbox.orders(NAME));
    }

    @Test
    void twoRunsDoNotUseOneBook() throws IOException {
        Path book = folder.resolve(".ssl-manager");
        try (TerminalBook first = TerminalBook.open(book, Instant::now, line -> {})) {
            Seen second = run();

            assertEquals(ExitCode.BOOK, second.exitCode(), second.out());
            assertEquals(
                    "Another run uses the order book " + first.folder()
                            + ". Run this again when it has ended, or give a"
                            + " book of its own with --book.\nNothing was ordered.\n",
                    second.err());
        }
        terminal.pass(JOB_DELAY);
        assertEquals(0, terminal.sandbox.orders(NAME));
    }

    @Test
    void withoutItsSealingKeyNothingIsOrderedAndWithItAgainNothingIsLost() throws IOException {
        run("--timeout=1s");
        Path key = folder.resolve(".ssl-manager/sealing-key");
        Path away = Files.move(key, folder.resolve("moved-away"));
        terminal.pass(JOB_DELAY);

        Seen without = run();
        Seen forced = run("--force");

        assertEquals(ExitCode.BOOK, without.exitCode(), without.err());
        assertTrue(without.err().contains("is missing or cannot be read"), without.err());
        assertTrue(without.err().contains("restore the file " + key), without.err());
        assertEquals(ExitCode.BOOK, forced.exitCode(), forced.err());
        assertEquals(1, terminal.sandbox.orders(NAME));
        Files.move(away, key);
        assertEquals(ExitCode.DONE, run().exitCode());
        assertEquals(1, terminal.sandbox.orders(NAME));
    }

    @Test
    void aBookThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        Seen seen = run("--book=" + file);

        assertEquals(ExitCode.BOOK, seen.exitCode());
        assertEquals(
                "The order book " + file + " cannot be opened: a file of that name is in the way. Check the folder's"
                        + " permissions, or give another one with --book.\nNothing was ordered.\n",
                seen.err());
    }

    @ParameterizedTest
    @CsvSource({"99%", "1d"})
    void whatIsNotDueIsLeftAloneAndThatIsNoFailure(String rule) {
        Seen seen = run("--if-due=" + rule);

        assertEquals(new Seen(ExitCode.DONE, seen.out(), ""), seen);
        assertTrue(seen.out().contains("Not due until "), seen.out());
        assertTrue(seen.out().endsWith("Nothing was ordered.\n"), seen.out());
        assertEquals(0, terminal.sandbox.orders(NAME));
    }

    @Test
    void whatIsDueIsReissued() {
        try (Terminal old = new Terminal(Protocol.JSON, OVER_HALF_OF_A_LIFETIME)) {
            Seen seen = old.reissue(Behaviour.ORDINARY, folder, SMALL_KEY, "--if-due=50%", "--timeout=1s");

            assertEquals(ExitCode.TIME_LIMIT, seen.exitCode(), seen.err());
            assertEquals(1, old.sandbox.orders(NAME));
        }
    }

    @Test
    void whatHasToBeRenewedHasACodeOfItsOwn() {
        try (Terminal old = new Terminal(Protocol.JSON, OVER_HALF_OF_A_LIFETIME)) {
            Seen seen = old.reissue(Behaviour.TERM_ENDS, folder, "--if-due=50%");

            assertEquals(ExitCode.RENEWAL_NEEDED, seen.exitCode(), seen.out());
            assertTrue(seen.err().endsWith("Nothing was ordered.\n"), seen.err());
            assertEquals(0, old.sandbox.orders(Behaviour.TERM_ENDS.demoName()));
        }
    }

    @Test
    void whatHasToBeRenewedIsNotReissuedWithoutARuleEither() {
        try (Terminal service = new Terminal(Protocol.XML)) {
            Seen seen = service.reissue(Behaviour.TERM_ENDS, folder);

            assertEquals(ExitCode.RENEWAL_NEEDED, seen.exitCode(), seen.out());
            assertEquals(0, service.sandbox.orders(Behaviour.TERM_ENDS.demoName()));
            assertEquals(
                    ExitCode.DONE,
                    service.reissue(Behaviour.TERM_ENDS, folder, SMALL_KEY, "--ignore-paid-term")
                            .exitCode());
        }
    }

    private Seen run(String... more) {
        String[] options = new String[more.length + 1];
        options[0] = SMALL_KEY;
        System.arraycopy(more, 0, options, 1, more.length);
        return terminal.reissue(Behaviour.ORDINARY, folder, options);
    }
}
