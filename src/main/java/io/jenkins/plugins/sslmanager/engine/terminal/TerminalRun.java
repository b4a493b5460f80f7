package io.jenkins.plugins.sslmanager.engine.terminal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.inbox.RunningJobList;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.ChainLength;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.rotation.AtTermEnd;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.NewKey;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import io.jenkins.plugins.sslmanager.engine.rotation.Rotation;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationContext;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** One re-issue from the certificate's id to its files, told to the one who waits for it. */
final class TerminalRun {

    /**
     * What is wanted.
     *
     * @param csr null for a new key
     * @param out null for a folder named like the certificate
     * @param book the folder of the order book
     * @param dueRule null to re-issue it in any case
     * @param ignoresPaidTerm whether to re-issue it although its paid term ends
     * @param removedNames names of the certificate to leave out of the new one, as people write them
     * @param chain which of the valid chains is written
     * @param givesUpOpenOrder whether to order anew where an earlier run's order is open
     */
    record ReissueRequest(
            long certificateId,
            @CheckForNull CertificateSigningRequest csr,
            KeyAlgorithm keyAlgorithm,
            @CheckForNull Path out,
            Path book,
            @CheckForNull DueRule dueRule,
            boolean ignoresPaidTerm,
            @CheckForNull String removedNames,
            ChainLength chain,
            boolean givesUpOpenOrder,
            Duration timeout) {}

    /**
     * Where the certificate is.
     *
     * @param name as people know the account
     * @param system which the order book tells certificates of one number apart by
     * @param isRehearsal whether the service ends with the run
     */
    record Service(SslManagerApi api, String name, String system, boolean isRehearsal) {}

    /** Without --out, files go into a folder in this one. */
    static final Path CERTIFICATES = Path.of("certificates");

    private static final String CTIDS = "terminal-";

    private final Service service;
    private final Pauses pauses;
    private final ReissueRequest request;
    private final PrintWriter stdout;
    private final PrintWriter stderr;
    private final Progress progress;
    private final Instant deadline;
    private final AtomicBoolean ended = new AtomicBoolean();

    @CheckForNull
    private volatile TerminalBook book;

    @CheckForNull
    private volatile String followed;

    @CheckForNull
    private volatile RunningRotation running;

    TerminalRun(Service service, Pauses pauses, ReissueRequest request, PrintWriter stdout, PrintWriter stderr) {
        this.service = service;
        this.pauses = pauses;
        this.request = request;
        this.stdout = stdout;
        this.stderr = stderr;
        progress = new Progress(stdout, pauses, this::stage);
        deadline = pauses.instant().plus(request.timeout());
    }

    /** @return the {@link ExitCode} */
    int run() {
        Thread interruption = new Thread(() -> end("Interrupted."));
        Runtime.getRuntime().addShutdownHook(interruption);
        try {
            return rotate();
        } catch (Exception e) {
            end(ExitCode.message(e));
            return ExitCode.of(e);
        } finally {
            forget(interruption);
        }
    }

    private int rotate() throws Exception {
        // Before the book, which may be in it.
        Optional<CertificateFolder> given = Optional.ofNullable(request.out()).map(CertificateFolder::new);
        try (TerminalBook opened = TerminalBook.open(request.book(), pauses, stderr::println)) {
            book = opened;
            CertificateId certificate = new CertificateId(service.system(), request.certificateId());
            return rotate(
                    opened,
                    certificate,
                    given.isPresent()
                            ? given.get()
                            : new CertificateFolder(CERTIFICATES.resolve(folderName(opened, certificate))));
        }
    }

    private int rotate(TerminalBook opened, CertificateId certificate, CertificateFolder folder) throws Exception {
        String job = folder.path().toAbsolutePath().normalize().toString();
        ExecutorService disk = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "SSL Manager, disk");
            thread.setDaemon(true);
            return thread;
        });
        Rotation rotation = new Rotation(
                new RotationContext(
                        service.api(),
                        new OrderNotifications(
                                opened, service.system(), service.api(), pauses, deadline, progress::tell),
                        new RunningJobList(pauses),
                        opened.orders(),
                        pauses,
                        disk,
                        service.name(),
                        CTIDS,
                        new Owner(job, "the terminal"),
                        new Holder(job, UUID.randomUUID().toString(), "terminal")),
                settings(),
                new TerminalPort(
                        folder, request.csr(), request.chain(), pauses, progress::tell, order -> followed = order),
                certificate);
        RunningRotation current = new RunningRotation(rotation, disk);
        running = current;
        if (ended.get()) {
            // Interrupted a moment ago, by a thread that may not have seen it.
            current.end();
        }
        return tell(current.await(pauses, request.timeout()), folder);
    }

    /** An open order has the name, too, whatever number its certificate has by now. */
    private String folderName(TerminalBook opened, CertificateId certificate) throws Exception {
        Optional<Order> open = opened.orders().openFor(certificate);
        if (open.isPresent()) {
            return CertificateFolder.nameFor(open.get().certificateName());
        }
        CertificateId current = opened.orders().current(certificate);
        try {
            return CertificateFolder.nameFor(TerminalPort.requireName(
                    service.api().certificateInfo(current.number()).get()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private RotationSettings settings() {
        DueRule rule = request.dueRule();
        return new RotationSettings(
                rule == null ? DueRule.parse(DueRule.DEFAULT) : rule,
                rule == null,
                request.ignoresPaidTerm() ? AtTermEnd.REISSUE : AtTermEnd.TELL,
                request.givesUpOpenOrder(),
                false,
                new NewKey(request.keyAlgorithm().name(), null, null, null),
                request.csr(),
                new OrderChanges(null, null, null, null, null, request.removedNames()),
                deadline);
    }

    private int tell(RotationOutcome outcome, CertificateFolder folder) {
        switch (outcome.kind()) {
            case ROTATED -> {
                ended.set(true);
                stdout.println("Written to " + folder.description());
                stdout.println(
                        "To check: " + folder.verification(outcome.certificate().chain()));
                return ExitCode.DONE;
            }
            case NOT_DUE, NOTHING_TO_WIN -> {
                ended.set(true);
                stdout.println("Nothing was ordered.");
                return ExitCode.DONE;
            }
            case RENEWAL_NEEDED -> {
                end("A re-issue would not help: the paid term ends with the certificate. Renew it (400106) in the SSL"
                        + " Manager, which is billed; or give --ignore-paid-term to re-issue it anyway.");
                return ExitCode.RENEWAL_NEEDED;
            }
            case ORDERED_BY_ANOTHER_JOB ->
                throw new InputException(
                        "Certificate " + request.certificateId() + " is being re-issued for another folder, "
                                + owner(outcome) + ". Give that one with --out, or another book with --book.");
            default -> throw new IllegalStateException(outcome.kind().name());
        }
    }

    private static String owner(RotationOutcome outcome) {
        Order order = outcome.order();
        return order == null ? "" : String.valueOf(order.owner().job());
    }

    private Optional<Stage> stage() {
        return Optional.ofNullable(order()).map(Order::stage);
    }

    /** As it is in the book. */
    @CheckForNull
    private Order order() {
        TerminalBook opened = book;
        String id = followed;
        return opened == null || id == null
                ? null
                : opened.orders()
                        .openOrder(id)
                        .or(() -> opened.orders().ended().withId(id))
                        .orElse(null);
    }

    /** Tells the end of a run without a certificate, once, whoever comes first: the failure or the interruption. */
    private void end(String message) {
        if (!ended.getAndSet(true)) {
            RunningRotation current = running;
            if (current != null) {
                current.end();
            }
            stderr.println(Progress.plain(message));
            stderr.println(UnfinishedOrder.of(order(), request.book(), service.isRehearsal()));
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
