package io.jenkins.plugins.sslmanager.engine.crash;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.FastTime;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.http.HttpRoute;
import io.jenkins.plugins.sslmanager.engine.http.HttpTransport;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.reissue.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.reissue.JobEnds;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueProcess;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueState;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What is killed: re-issues one certificate, then waits for the job of another order, whose notification may have come long
 * before. Whatever it has to know after a crash is in its directory.
 */
final class KilledBuild {

    static final String OWN_CTIDS = "jenkins-killed-";
    static final String INBOX = "inbox";
    static final String CSR = "csr.pem";
    static final String ISSUED = "issued.pem";
    static final String OTHER_OUTCOME = "other-outcome";

    private static final TransportLimits HASTY = new TransportLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            256 * 1024,
            3,
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            1_000);

    private final Path directory;

    private KilledBuild(Path directory) {
        this.directory = directory;
    }

    /** @param args directory, protocol, base URL, certificate to re-issue, job to wait for afterwards */
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        new KilledBuild(Path.of(args[0]))
                .run(Protocol.valueOf(args[1]), URI.create(args[2]), Long.parseLong(args[3]), Long.parseLong(args[4]));
        System.exit(0);
    }

    private void run(Protocol protocol, URI url, long certificateId, long otherJob)
            throws IOException, ClassNotFoundException {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        HttpRoute route = HttpRoute.direct(HASTY);
        ServiceAccount account = new ServiceAccount(url, "sandbox", "sandbox", 1);
        SslManagerApi api = protocol.over(account, new HttpTransport(account, route, scheduler, HASTY)::send);
        Pauses pauses = new FastTime(scheduler, 60);
        Instant deadline = pauses.instant().plus(Duration.ofHours(1));
        Inbox inbox = new Inbox(
                InboxSettings.standard(QueuePolicy.SHARED, OWN_CTIDS),
                MessageStore.open(directory.resolve(INBOX), System.out::println),
                pauses,
                System.out::println);
        JobEnds ends = jobId ->
                inbox.await(jobId, deadline, () -> api, System.out::println).ended();

        ReissueProcess process = new ReissueProcess(
                api,
                pauses,
                CertificateSigningRequest.parse(Files.readString(directory.resolve(CSR))),
                state -> CompletableFuture.runAsync(() -> save(state), scheduler),
                System.out::println);
        IssuedCertificate issued = (Files.exists(stateFile())
                        ? process.resume(saved(), ends)
                        : process.start(certificateId, OWN_CTIDS + 1, ends))
                .join();
        write(ISSUED, issued.data().server());
        write(OTHER_OUTCOME, ends.of(otherJob).join().toString());
        // A controller outlives its builds: the inbox may still be confirming what they have been told already.
        while (api.pollInfo().join().waiting() > 0) {
            pauses.pause(Duration.ofSeconds(1)).join();
        }
    }

    private Path stateFile() {
        return directory.resolve("state");
    }

    private ReissueState saved() throws IOException, ClassNotFoundException {
        try (ObjectInputStream in =
                new ObjectInputStream(new FileInputStream(stateFile().toFile()))) {
            return (ReissueState) in.readObject();
        }
    }

    private void save(ReissueState state) {
        Path next = directory.resolve("state.next");
        try (ObjectOutputStream out = new ObjectOutputStream(new FileOutputStream(next.toFile()))) {
            out.writeObject(state);
            out.flush();
            Files.move(next, stateFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not by a channel, so that the only channels written are the inbox's. */
    private void write(String name, String text) throws IOException {
        try (FileOutputStream out = new FileOutputStream(directory.resolve(name).toFile())) {
            out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
