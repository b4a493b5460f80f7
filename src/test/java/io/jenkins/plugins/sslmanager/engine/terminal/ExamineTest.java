package io.jenkins.plugins.sslmanager.engine.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.terminal.Terminal.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A look at a service by the command, which orders nothing and leaves a report. */
class ExamineTest {

    @TempDir
    private Path folder;

    @Test
    void withoutAServiceTheSandboxIsAskedOverBothProtocols() throws IOException {
        Seen seen = Terminal.runPatiently("--examine", "--report=" + report());

        assertEquals(new Seen(ExitCode.DONE, seen.out(), ""), seen);
        String report = Files.readString(report());
        assertTrue(report.contains("## Over JSON") && report.contains("## Over XML"), report);
        assertEquals(List.of(report()), files());
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aServiceIsAskedAndNothingIsOrdered(Protocol protocol) throws IOException {
        try (Terminal terminal = new Terminal(protocol)) {
            Seen seen = terminal.examine(Behaviour.ORDINARY, "--report=" + report());

            assertEquals(new Seen(ExitCode.DONE, seen.out(), ""), seen);
            assertFalse(seen.out().contains(Terminal.PASSWORD), seen.out());
            assertEquals(0, terminal.sandbox.orders(Behaviour.ORDINARY.demoName()));
            String report = Files.readString(report());
            assertTrue(report.contains("## Over " + protocol), report);
            assertFalse(report.contains("ordinary"), report);
        }
    }

    @Test
    void oneUserIsAskedForOverBothProtocols() throws IOException {
        try (Terminal terminal = new Terminal(Protocol.JSON)) {
            Seen seen = terminal.examine(
                    Behaviour.ORDINARY, "--report=" + report(), "--xml-url=" + terminal.url(Protocol.XML));

            assertEquals(new Seen(ExitCode.DONE, seen.out(), ""), seen);
            assertTrue(Files.readString(report()).contains("## Over XML"), seen.out());
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aWrongContextIsRefusedOnceAndLeavesNoReport(Protocol protocol) throws IOException {
        try (Terminal terminal = new Terminal(protocol)) {
            Seen seen = terminal.examine(Behaviour.ORDINARY, "--report=" + report(), "--context=4");

            assertEquals(ExitCode.REFUSED, seen.exitCode(), seen.err());
            assertTrue(seen.err().contains("Check the account's user, password and context."), seen.err());
            assertEquals(1, seen.err().lines().count());
            assertEquals(List.of(), files());
        }
    }

    @Test
    void aReportIsNotWrittenOverAnythingElse() throws IOException {
        Files.writeString(report(), "mine");

        Seen seen = Terminal.run("--examine", "--report=" + report());

        assertEquals(ExitCode.INPUT, seen.exitCode());
        assertTrue(seen.err().startsWith(report() + " is there already."), seen.err());
        assertEquals("mine", Files.readString(report()));
    }

    private Path report() {
        return folder.resolve("report.md");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
