package io.jenkins.plugins.sslmanager.engine.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueProcess;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {

    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "A process cannot be asked to end there")
    void anInterruptedRunNamesJobAndKeyAndKeepsTheKey() throws Exception {
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReissueCommand.class.getName(),
                        "--certificate-id=" + Terminal.id(Behaviour.JOB_SLOW),
                        "--key-algorithm=EC_P256",
                        "--out=" + folder)
                .start();
        try (BufferedReader out = run.inputReader(UTF_8);
                BufferedReader err = run.errorReader(UTF_8)) {
            assertTrue(out.lines().anyMatch(line -> line.contains("  ordered ")));

            run.toHandle().destroy(); // that of Process closes the streams

            assertEquals("Interrupted.", err.readLine());
            assertEquals(
                    "Certificate 1006 was ordered: job 9218001. The key of its certificate is kept: "
                            + folder.resolve("key.new.pem"),
                    err.readLine());
            assertEquals(128 + 15, run.waitFor());
        }
        assertEquals(
                "EC",
                Pem.privateKey(Files.readString(folder.resolve("key.new.pem"))).getAlgorithm());
    }

    @Test
    void onceARunIsOverNoOrderIsSent() {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (Terminal terminal = new Terminal(Protocol.JSON)) {
            Progress progress = new Progress(new PrintWriter(new StringWriter()), Instant::now);
            CertificateSigningRequest csr = CertificateSigningRequest.create(
                    KeyAlgorithm.EC_P256.generate(), Behaviour.ORDINARY.demoName(), List.of());
            ReissueProcess process = new ReissueProcess(
                    terminal.api(scheduler), Pauses.on(scheduler), csr, progress::reached, progress::tell);
            progress.stop();

            CompletionException end = assertThrows(
                    CompletionException.class,
                    () -> process.start(Terminal.id(Behaviour.ORDINARY), "ctid", job -> new CompletableFuture<>())
                            .join());

            assertEquals("Stopped before the order was sent", end.getCause().getMessage());
            assertEquals(0, terminal.sandbox.orders(Behaviour.ORDINARY.demoName()));
        } finally {
            scheduler.shutdownNow();
        }
    }
}
