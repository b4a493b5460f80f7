package io.jenkins.plugins.sslmanager.engine.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.terminal.Terminal.Seen;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes that end before their certificate is there, and the run after them. */
@Timeout(120)
class InterruptionTest {

    private static final Duration JOB_DELAY = Duration.ofHours(1);

    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "A process cannot be asked to end there")
    void anInterruptedRunNamesItsJobAndTheNextOneGoesOnWithIt() throws Exception {
        try (Terminal terminal = new Terminal(Protocol.JSON, JOB_DELAY)) {
            Process run = start(terminal);
            try (BufferedReader out = run.inputReader(UTF_8);
                    BufferedReader err = run.errorReader(UTF_8)) {
                assertTrue(out.lines().anyMatch(line -> line.contains("  ordered ")));

                run.toHandle().destroy(); // that of Process closes the streams

                assertEquals("Interrupted.", err.readLine());
                assertEquals(
                        "Certificate 1001 was ordered: job 9218001. Its key is kept, sealed, in the order book "
                                + folder.resolve(".ssl-manager")
                                + ". Run the same command again: it goes on with this order.",
                        err.readLine());
                assertEquals(128 + 15, run.waitFor());
            }
            terminal.pass(JOB_DELAY);

            requireDelivered(terminal, terminal.reissue(Behaviour.ORDINARY, folder));
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aKilledRunIsGoneOnWithAndItsKeyWasNowhereInClear(Protocol protocol) throws Exception {
        try (Terminal terminal = new Terminal(protocol, JOB_DELAY)) {
            Process run = start(terminal);
            try (BufferedReader out = run.inputReader(UTF_8)) {
                assertTrue(out.lines().anyMatch(line -> line.contains("  ordered ")));
                Seen atOnce = terminal.reissue(Behaviour.ORDINARY, folder);
                assertEquals(ExitCode.BOOK, atOnce.exitCode(), atOnce.err());
                assertTrue(atOnce.err().startsWith("Another run uses the order book " + folder), atOnce.err());
            } finally {
                run.destroyForcibly().waitFor();
            }
            List<String> left = contents();
            terminal.pass(JOB_DELAY);

            requireDelivered(terminal, terminal.reissue(Behaviour.ORDINARY, folder));

            PrivateKey key = Pem.privateKey(Files.readString(folder.resolve("key.pem")));
            String der = new String(key.getEncoded(), StandardCharsets.ISO_8859_1);
            String line = Pem.encode(key).lines().skip(1).findFirst().orElseThrow();
            assertFalse(left.isEmpty());
            left.forEach(file -> assertFalse(
                    file.contains("PRIVATE KEY") || file.contains(der) || file.contains(line), "A key in clear"));
        }
    }

    private Process start(Terminal terminal) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ReissueCommand.class.getName(),
                "--key-algorithm=EC_P256"));
        command.addAll(terminal.options(Behaviour.ORDINARY, folder));
        ProcessBuilder run = new ProcessBuilder(command);
        run.environment().put(PasswordSource.VARIABLE, Terminal.PASSWORD);
        return run.start();
    }

    private void requireDelivered(Terminal terminal, Seen seen) throws IOException {
        assertEquals(new Seen(ExitCode.DONE, seen.out(), ""), seen);
        assertTrue(seen.out().contains("Going on with the order of an earlier run"), seen.out());
        assertEquals(1, terminal.sandbox.orders(Behaviour.ORDINARY.demoName()));
        KeyStores.requirePair(
                Pem.privateKey(Files.readString(folder.resolve("key.pem"))),
                Pem.certificate(Files.readString(folder.resolve("leaf.pem"))));
    }

    /** Each byte a character. */
    private List<String> contents() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> contents = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return contents;
        }
    }
}
