package io.jenkins.plugins.sslmanager.engine.terminal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.reissue.Durations;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** One re-issue from the certificate's id to its files, told to the one who waits for it. */
final class TerminalRun {

    /**
     * What is wanted.
     *
     * @param csr null for a new key
     * @param out null for a folder named like the certificate
     */
    record Wish(
            long certificateId,
            @CheckForNull CertificateSigningRequest csr,
            KeyAlgorithm keyAlgorithm,
            @CheckForNull Path out,
            Duration timeout) {}

    /** What the last look at the job may take beyond the time limit. */
    private static final Duration LAST_LOOK = Duration.ofSeconds(10);

    private final SslManagerApi api;
    private final Pauses pauses;
    private final Wish wish;
    private final PrintWriter stdout;
    private final PrintWriter stderr;
    private final Progress progress;
    private final Aftermath aftermath;
    private final Instant deadline;
    private final AtomicBoolean ended = new AtomicBoolean();

    TerminalRun(SslManagerApi api, Pauses pauses, Wish wish, PrintWriter stdout, PrintWriter stderr) {
        this.api = api;
        this.pauses = pauses;
        this.wish = wish;
        this.stdout = stdout;
        this.stderr = stderr;
        progress = new Progress(stdout, pauses);
        aftermath = new Aftermath(progress);
        deadline = pauses.instant().plus(wish.timeout());
    }

    /** @return the {@link ExitCode} */
    int run() {
        Thread interruption = new Thread(() -> end("Interrupted.", null));
        Runtime.getRuntime().addShutdownHook(interruption);
        try {
            reissue();
            return ExitCode.DONE;
        } catch (Exception e) {
            end(ExitCode.message(e), e);
            return ExitCode.of(e);
        } finally {
            forget(interruption);
        }
    }

    private void reissue() throws Exception {
        Certificate existing = result(api.certificateInfo(wish.certificateId()));
        String name = name(existing);
        progress.tell("Certificate " + wish.certificateId() + " is " + name + ", a " + existing.product() + " until "
                + existing.expire());
        Path out = wish.out();
        CertificateFolder folder =
                new CertificateFolder(out == null ? Path.of("certificates", CertificateFolder.nameFor(name)) : out);
        CertificateSigningRequest csr = wish.csr();
        if (csr == null) {
            csr = makeKey(existing, name, folder);
        } else {
            folder.requireNoKeyBut(csr);
        }
        CertificateChain chain = reissued(csr);
        folder.complete(chain, progress::tell);
        ended.set(true);
        stdout.println("Written to " + folder.description());
        stdout.println("To check: " + folder.verification(chain));
    }

    private CertificateChain reissued(CertificateSigningRequest csr) throws Exception {
        String ctid = "terminal-" + UUID.randomUUID();
        Path messages = Files.createTempDirectory("ssl-manager-");
        try {
            Inbox inbox = new Inbox(
                    InboxSettings.standard(QueuePolicy.SHARED, ctid),
                    MessageStore.open(messages, progress::tell),
                    pauses,
                    line -> {});
            return result(new ReissueProcess(api, pauses, csr, progress::reached, progress::tell)
                            .start(
                                    wish.certificateId(),
                                    ctid,
                                    jobId -> inbox.await(jobId, deadline, () -> api, progress::tell)
                                            .ended()))
                    .chain();
        } finally {
            delete(messages);
        }
    }

    private void delete(Path temporaryFolder) {
        try (Stream<Path> files = Files.list(temporaryFolder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(temporaryFolder);
        } catch (IOException e) {
            progress.tell("A temporary folder stays: " + temporaryFolder);
        }
    }

    private static String name(Certificate existing) {
        if (existing.name() == null) {
            throw new InputException(
                    "Certificate " + existing.id() + " has no name at the service, so that nothing can be"
                            + " ordered for it. Give the id of another certificate.");
        }
        return existing.name();
    }

    private CertificateSigningRequest makeKey(Certificate existing, String name, CertificateFolder folder)
            throws IOException {
        folder.requireRoomForNewKey(name);
        List<SubjectAlternativeName> others =
                existing.subjectAlternativeNames() == null ? List.of() : existing.subjectAlternativeNames();
        KeyPair keys = wish.keyAlgorithm().generate();
        CertificateSigningRequest csr;
        try {
            csr = CertificateSigningRequest.create(
                    keys,
                    name,
                    others.stream()
                            .map(SubjectAlternativeName::name)
                            .filter(Objects::nonNull)
                            .toList());
        } catch (PkiException e) {
            throw new InputException("No CSR can be made for certificate " + existing.id() + ". " + e.getMessage()
                    + " Or give a CSR of your own with --csr.");
        }
        Path file = folder.keepNewKey(keys.getPrivate(), stderr::println);
        aftermath.keyWasMade(file);
        progress.tell("New key (" + wish.keyAlgorithm() + ") and CSR for " + String.join(", ", csr.dnsNames()));
        return csr;
    }

    private <T> T result(CompletableFuture<T> future) throws Exception {
        try {
            Duration left = Duration.between(pauses.instant(), deadline).plus(LAST_LOOK);
            return future.get(left.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TimeoutException("The time limit of " + Durations.format(wish.timeout()) + " was reached.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Tells the end of a run without a certificate, once, whoever comes first: the failure or the interruption. */
    private void end(String message, @CheckForNull Exception failure) {
        if (!ended.getAndSet(true)) {
            stderr.println(Progress.plain(message));
            stderr.println(aftermath.settle(failure));
            stderr.flush();
        }
    }

    private static void forget(Thread interruption) {
        try {
            Runtime.getRuntime().removeShutdownHook(interruption);
        } catch (IllegalStateException e) {
            // It runs already, and the program ends with it.
        }
    }
}
