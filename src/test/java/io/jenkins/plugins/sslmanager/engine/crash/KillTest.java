package io.jenkins.plugins.sslmanager.engine.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.StoredMessage;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.Orders;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import io.jenkins.plugins.sslmanager.engine.vault.Vault;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KillTest {

    /** Its number changes with the re-issue. */
    private static final String NAME = Behaviour.NEW_ID.demoName();

    /** It is renewed. */
    private static final String TERM_ENDS = Behaviour.TERM_ENDS.demoName();

    /** So long ago it was issued that its term ends soon. */
    private static final Duration AGE = Duration.ofDays(150);

    private static final String OTHER_NAME = "mail.example.com";

    private static final int A_MINUTE_IN_A_SECOND = 60;

    /** An order in doubt that never arrived is sent once more after a day. */
    private static final int A_DAY_IN_SECONDS = 15_000;

    private static final Duration JOB_DELAY = Duration.ofMillis(400);

    @TempDir
    Path directory;

    private volatile Duration ahead = Duration.ZERO;
    private final Sandbox sandbox = Sandbox.builder()
            .clock(() -> Instant.now().plus(ahead))
            .jobDelay(JOB_DELAY)
            .rateLimit(false)
            .build();
    private long certificateId;
    private long otherJob;

    static Stream<Arguments> deaths() {
        return CrashPoint.ofReissues().stream()
                .flatMap(point -> point.protocols().stream().map(protocol -> Arguments.of(point, protocol)));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void whereverTheProcessIsKilledItDeliversTheCertificateWithItsKeyAndNothingIsLostOrOrderedTwice(
            CrashPoint point, Protocol protocol) throws Exception {
        prepare(NAME);

        assertEquals(0, killAndStartAgain(point, protocol), this::output);

        assertEquals(1, sandbox.orders(NAME));
        long newId = book().current(new CertificateId(KilledBuild.SYSTEM, certificateId))
                .number();
        assertNotEquals(certificateId, newId);
        requireDelivered(newId);
        requireEnded();
        assertTrue(read(KilledBuild.OTHER_OUTCOME).contains("certificateName=" + OTHER_NAME), this::output);
        assertEquals(List.of(), sandbox.queuedMessageIds());
        assertEquals(2, sandbox.confirmedMessageIds().size());
        requireConfirmedOnDisk();
    }

    @ParameterizedTest
    @MethodSource("deathsOfRenewals")
    void whereverTheProcessIsKilledItRenewsOnceAtTheMost(CrashPoint point, Protocol protocol) throws Exception {
        ahead = AGE.negated();
        prepare(TERM_ENDS);

        int exit = killAndStartAgain(point, protocol);

        if (point.leavesDoubt()) {
            assertEquals(1, exit, this::output);
            assertTrue(output().contains("A renewal is billed, so it is not sent again"), this::output);
            assertEquals(0, sandbox.renewals(TERM_ENDS));
            assertEquals(Stage.ORDERING, book().openOrders().get(0).stage());
        } else {
            assertEquals(0, exit, this::output);
            assertEquals(1, sandbox.renewals(TERM_ENDS));
            requireDelivered(certificateId);
            requireEnded();
        }
        assertEquals(sandbox.renewals(TERM_ENDS), sandbox.orders(TERM_ENDS));
    }

    static Stream<Arguments> deathsOfRenewals() {
        return CrashPoint.ofRenewals().stream()
                .flatMap(point -> point.protocols().stream().map(protocol -> Arguments.of(point, protocol)));
    }

    /** Returns the exit code of the second process. */
    private int killAndStartAgain(CrashPoint point, Protocol protocol) throws Exception {
        ServiceSide service =
                new ServiceSide(point, directory.resolve(KilledBuild.INBOX), sandbox::confirmedMessageIds);
        try (SandboxServer server = SandboxServer.start(sandbox, 0, service)) {
            kill(point, service, protocol, server.url(protocol));
            requireConfirmedOnDisk();
            requireNoKeyInClear();

            int speed = point.leavesDoubt() ? A_DAY_IN_SECONDS : A_MINUTE_IN_A_SECOND;
            Process again = start(protocol, server.url(protocol), speed, List.of());

            assertTrue(again.waitFor(60, TimeUnit.SECONDS), this::output);
            assertEquals(List.of(), service.violations());
            return again.exitValue();
        }
    }

    private void prepare(String name) throws IOException {
        certificateId = sandbox.addCertificate(name, AuthMethod.DNS, "www." + name);
        ahead = Duration.ZERO;
        otherJob =
                Orders.place(sandbox, new SandboxCalls(sandbox, Protocol.JSON), OTHER_NAME, KilledBuild.OWN_CTIDS + 2);
        ahead = JOB_DELAY;
    }

    private void kill(CrashPoint point, ServiceSide service, Protocol protocol, URI url)
            throws IOException, IllegalConnectorArgumentsException, InterruptedException {
        try (Breakpoint breakpoint = new Breakpoint(point, protocol)) {
            List<String> debugged = point.isRequest() ? List.of() : List.of(breakpoint.jvmArgument());
            Process process = start(protocol, url, A_MINUTE_IN_A_SECOND, debugged);
            try {
                assertTrue(point.isRequest() ? service.reached() : breakpoint.reached(), this::output);
            } finally {
                process.destroyForcibly().waitFor();
                service.killed();
            }
        }
    }

    private Process start(Protocol protocol, URI url, int speed, List<String> jvmArguments) throws IOException {
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
                Long.toString(otherJob),
                Integer.toString(speed)));
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

    /** While a key waits it is sealed; only its delivery writes it. */
    private void requireNoKeyInClear() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> !each.getFileName().toString().contains(KilledBuild.KEY))
                    .toList()) {
                assertFalse(Files.readString(file, ISO_8859_1).contains("PRIVATE KEY"), file.toString());
            }
        }
    }

    private void requireDelivered(long newId) throws IOException {
        X509Certificate leaf = Pem.certificate(read(KilledBuild.ISSUED));
        KeyStores.requirePair(Pem.privateKey(read(KilledBuild.KEY)), leaf);
        assertEquals(sandbox.certificate(newId).server(), read(KilledBuild.ISSUED));
    }

    private void requireEnded() throws IOException {
        OrderBook book = book();
        assertEquals(List.of(), book.openOrders());
        assertEquals(List.of(), book.damaged());
        assertEquals(
                List.of(Stage.DELIVERED),
                book.ended().latest(10).stream().map(Order::stage).toList());
        assertFalse(book.ended().latest(1).get(0).hasKey());
        requireKept(book);
    }

    /** Once, and with its key. */
    private void requireKept(OrderBook book) throws IOException {
        Vault vault = KilledBuild.openVault(directory, book, new VirtualTime());
        assertEquals(List.of(), vault.damaged());
        VaultEntry entry = vault.find(new CertificateId(KilledBuild.SYSTEM, certificateId), KilledBuild.RUN.job())
                .orElseThrow();
        assertEquals(Pem.certificate(read(KilledBuild.ISSUED)), entry.newest().certificate());
        assertEquals(List.of(entry.newest()), entry.versions());
        KeyStores.requirePair(vault.key(entry), entry.newest().certificate());
    }

    private OrderBook book() throws IOException {
        return KilledBuild.openBook(directory, new VirtualTime());
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
