package io.jenkins.plugins.sslmanager.engine.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.StoredMessage;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.sandbox.Orders;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KillTest {

    private static final String NAME = "shop.example.com";
    private static final String OTHER_NAME = "mail.example.com";

    private static final Duration JOB_DELAY = Duration.ofMillis(400);

    @TempDir
    Path directory;

    private final KeyPair keys = KeyAlgorithm.EC_P256.generate();
    private volatile Duration ahead = Duration.ZERO;
    private final Sandbox sandbox = Sandbox.builder()
            .clock(() -> Instant.now().plus(ahead))
            .jobDelay(JOB_DELAY)
            .rateLimit(false)
            .build();
    private long certificateId;
    private long otherJob;

    static Stream<Arguments> deaths() {
        return Arrays.stream(CrashPoint.values())
                .flatMap(point -> point.protocols().stream().map(protocol -> Arguments.of(point, protocol)));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void whereverTheProcessIsKilledItEndsWithTheRightCertificateAndNothingIsLostOrOrderedTwice(
            CrashPoint point, Protocol protocol) throws Exception {
        ServiceSide service =
                new ServiceSide(point, directory.resolve(KilledBuild.INBOX), sandbox::confirmedMessageIds);
        try (SandboxServer server = SandboxServer.start(sandbox, 0, service)) {
            prepare();
            kill(point, service, protocol, server.url(protocol));
            requireConfirmedOnDisk();

            Process again = start(protocol, server.url(protocol), List.of());

            assertTrue(again.waitFor(60, TimeUnit.SECONDS), this::output);
            assertEquals(0, again.exitValue(), this::output);
        }
        assertEquals(List.of(), service.violations());
        assertEquals(1, sandbox.orders(NAME));
        requireRightCertificate();
        assertTrue(read(KilledBuild.OTHER_OUTCOME).contains("certificateName=" + OTHER_NAME), this::output);
        assertEquals(List.of(), sandbox.queuedMessageIds());
        assertEquals(2, sandbox.confirmedMessageIds().size());
        requireConfirmedOnDisk();
    }

    private void prepare() throws IOException {
        certificateId = sandbox.addCertificate(NAME, AuthMethod.DNS, "www." + NAME);
        CertificateSigningRequest csr = CertificateSigningRequest.create(keys, NAME, List.of("www." + NAME));
        Files.writeString(directory.resolve(KilledBuild.CSR), csr.toPem());
        otherJob =
                Orders.place(sandbox, new SandboxCalls(sandbox, Protocol.JSON), OTHER_NAME, KilledBuild.OWN_CTIDS + 2);
        ahead = JOB_DELAY;
    }

    private void kill(CrashPoint point, ServiceSide service, Protocol protocol, URI url)
            throws IOException, IllegalConnectorArgumentsException, InterruptedException {
        try (Breakpoint breakpoint = new Breakpoint(point, protocol)) {
            List<String> debugged = point.isRequest() ? List.of() : List.of(breakpoint.jvmArgument());
            Process process = start(protocol, url, debugged);
            try {
                assertTrue(point.isRequest() ? service.reached() : breakpoint.reached(), this::output);
            } finally {
                process.destroyForcibly().waitFor();
                service.killed();
            }
        }
    }

    private Process start(Protocol protocol, URI url, List<String> jvmArguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(jvmArguments);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                KilledBuild.class.getName(),
                directory.toString(),
                protocol.name(),
                url.toString(),
                Long.toString(certificateId),
                Long.toString(otherJob)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(outputFile()))
                .start();
    }

    private void requireConfirmedOnDisk() throws IOException {
        List<Long> onDisk = MessageStore.open(copyOfInbox(), line -> {}).all().stream()
                .map(StoredMessage::id)
                .toList();
        assertTrue(onDisk.containsAll(sandbox.confirmedMessageIds()), this::output);
    }

    /** Opening the directory itself would put the half files aside. */
    private Path copyOfInbox() throws IOException {
        Path copy = Files.createTempDirectory(directory, "copy");
        Path inbox = Files.createDirectories(directory.resolve(KilledBuild.INBOX));
        try (Stream<Path> files = Files.list(inbox)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private void requireRightCertificate() throws IOException {
        String issued = read(KilledBuild.ISSUED);
        assertEquals(sandbox.certificate(certificateId).server(), issued);
        assertEquals(keys.getPublic(), Pem.certificate(issued).getPublicKey());
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    private File outputFile() {
        return directory.resolve("output.txt").toFile();
    }

    private String output() {
        try {
            return Files.readString(outputFile().toPath());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
