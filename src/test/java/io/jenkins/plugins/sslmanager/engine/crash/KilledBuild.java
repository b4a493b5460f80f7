package io.jenkins.plugins.sslmanager.engine.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.FastTime;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.http.HttpRoute;
import io.jenkins.plugins.sslmanager.engine.http.HttpTransport;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxJobEnds;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.JobEnds;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.KeySealing;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.rotation.AtTermEnd;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.NewKey;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import io.jenkins.plugins.sslmanager.engine.rotation.Rotation;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationContext;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationPort;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationSettings;
import io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import io.jenkins.plugins.sslmanager.engine.terminal.SealingKeyFile;
import io.jenkins.plugins.sslmanager.engine.vault.Vault;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What is killed: rotates one certificate, then waits for the job of another order, whose notification may have come long
 * before. Whatever it has to know after a crash is in its directory. Started again it is the same run, as a build of Jenkins is.
 */
final class KilledBuild implements RotationPort {

    static final String OWN_CTIDS = "jenkins-killed-";
    static final String SYSTEM = "sandbox";
    static final String INBOX = "inbox";
    static final String ORDERS = "orders";
    static final String VAULT = "vault";
    static final String KEY = "key.pem";
    static final String ISSUED = "issued.pem";
    static final String OUTCOME = "outcome";
    static final String OTHER_OUTCOME = "other-outcome";

    private static final String FOLLOWED = "followed";
    static final Holder RUN = new Holder("rotate", "1", "1");

    private final Path directory;
    private final OrderBook book;
    private final Vault vault;

    private KilledBuild(Path directory, Pauses pauses) throws IOException {
        this.directory = directory;
        book = openBook(directory, pauses);
        vault = openVault(directory, book, pauses);
    }

    /** @param args directory, protocol, base URL, certificate to re-issue, job to wait for afterwards, speed of time */
    public static void main(String[] args) throws IOException {
        try {
            ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
            Pauses pauses = new FastTime(scheduler, Integer.parseInt(args[5]));
            new KilledBuild(Path.of(args[0]), pauses)
                    .run(
                            Protocol.valueOf(args[1]),
                            URI.create(args[2]),
                            Long.parseLong(args[3]),
                            Long.parseLong(args[4]),
                            scheduler,
                            pauses);
        } catch (CompletionException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private void run(
            Protocol protocol,
            URI url,
            long certificateId,
            long otherJob,
            ScheduledExecutorService scheduler,
            Pauses pauses)
            throws IOException {
        HttpRoute route = HttpRoute.direct(TestSandbox.HASTY);
        ServiceAccount account = new ServiceAccount(url, "sandbox", "sandbox", 1);
        SslManagerApi api =
                protocol.over(account, new HttpTransport(account, route, scheduler, TestSandbox.HASTY)::send);
        Instant deadline = pauses.instant().plus(Duration.ofDays(7));
        Inbox inbox = new Inbox(
                InboxSettings.standard(QueuePolicy.SHARED, OWN_CTIDS),
                MessageStore.open(directory.resolve(INBOX), System.out::println),
                pauses,
                System.out::println);
        JobEnds ends = new InboxJobEnds(inbox, deadline, () -> api, System.out::println);

        RotationOutcome outcome = new Rotation(
                        new RotationContext(
                                api,
                                ends,
                                inbox.runningJobs(),
                                book,
                                pauses,
                                Executors.newSingleThreadExecutor(),
                                "sandbox",
                                OWN_CTIDS,
                                new Owner(RUN.job(), "a test"),
                                RUN),
                        settings(deadline),
                        this,
                        new CertificateId(SYSTEM, certificateId))
                .run(followed())
                .join();
        write(OUTCOME, outcome.kind().name());
        write(OTHER_OUTCOME, ends.of(otherJob).join().toString());
        // A controller outlives its builds: the inbox may still be confirming what they have been told already. Of a
        // job that
        // nobody has waited for, since its certificate was there, the next wait would take the notification.
        boolean isNotified = outcome.order().jobId() != 0;
        while (isNotified && api.pollInfo().join().waiting() > 0) {
            pauses.pause(Duration.ofSeconds(1)).join();
        }
    }

    static OrderBook openBook(Path directory, Pauses pauses) throws IOException {
        return OrderBook.open(
                directory.resolve(ORDERS), sealing(directory), holder -> false, pauses, System.out::println);
    }

    static Vault openVault(Path directory, OrderBook book, InstantSource clock) throws IOException {
        return Vault.open(directory.resolve(VAULT), sealing(directory), book::current, clock, System.out::println);
    }

    private static KeySealing sealing(Path directory) {
        return new KeySealing(directory.resolve(ORDERS), new SealingKeyFile(directory.resolve("sealing-key")));
    }

    private static RotationSettings settings(Instant deadline) {
        return new RotationSettings(
                DueRule.parse("33%"),
                true,
                AtTermEnd.RENEW,
                false,
                false,
                new NewKey("EC_P256", null, null, null),
                null,
                OrderChanges.NONE,
                deadline);
    }

    @CheckForNull
    private String followed() throws IOException {
        Path file = directory.resolve(FOLLOWED);
        return Files.exists(file) ? Files.readString(file) : null;
    }

    @Override
    public void log(String line) {
        System.out.println(line);
    }

    @Override
    public void check(IssuedCertificate current) {
        log("Rotating " + current.data().name());
    }

    @Override
    public Optional<X509Certificate> inUse(IssuedCertificate current) {
        return Optional.empty();
    }

    /** Whole or not at all, as the state of a build is. */
    @Override
    public void follows(Order order) {
        try {
            SafeFiles.replace(directory.resolve(FOLLOWED), order.id().getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int renewals(IssuedCertificate current) {
        return 1;
    }

    @Override
    public CompletableFuture<Void> prove(Order order) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void keep(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key) {
        vault.store(
                new Vault.Deposit(
                        order.certificate(), issued.data().name(), "sandbox", RUN.job(), "", null, issued.chain()),
                key);
    }

    @Override
    public void deliver(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key) throws IOException {
        SafeFiles.replacePrivate(directory.resolve(KEY), Pem.encode(key).getBytes(UTF_8));
        SafeFiles.replace(directory.resolve(ISSUED), issued.data().server().getBytes(UTF_8));
    }

    @Override
    public boolean isInterrupted() {
        return false;
    }

    private void write(String name, String text) throws IOException {
        try (FileOutputStream out = new FileOutputStream(directory.resolve(name).toFile())) {
            out.write(text.getBytes(UTF_8));
        }
    }
}
