package io.jenkins.plugins.sslmanager.engine.terminal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.async.Durations;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.http.HttpRoute;
import io.jenkins.plugins.sslmanager.engine.http.HttpTransport;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import io.jenkins.plugins.sslmanager.engine.orders.ServiceSystem;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import io.jenkins.plugins.sslmanager.engine.terminal.examination.Examination;
import io.jenkins.plugins.sslmanager.engine.terminal.examination.ExaminedService;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The terminal run. */
@Command(
        name = ReissueCommand.NAME,
        mixinStandardHelpOptions = true,
        versionProvider = ReissueCommand.Version.class,
        sortOptions = false,
        sortSynopsis = false,
        usageHelpWidth = 110,
        description = {
            "Re-issues one certificate at an SSL Manager, told stage by stage, and writes it to files: leaf.pem,"
                    + " chain.pem, fullchain.pem, root.pem (where known), and key.pem for a new key.",
            "With --examine nothing is ordered: the service is asked what changes nothing, and a report is written.",
            "A run that ended before its certificate was there is gone on with by running it again: the order and its key,"
                    + " sealed, are in the order book until the files are written.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done: the new certificate is checked and written; or, with --if-due, it is not due",
            "1:unexpected, or interrupted",
            "2:an option or a file cannot be used, or certificate and CSR do not fit together; this run ordered nothing",
            "3:the service cannot be reached, or its answer cannot be used",
            "4:the service refused: user, password, context, certificate ID, CSR",
            "5:the job failed or was cancelled, or somebody else's re-issue took its place",
            "6:the time limit was reached; an order that was placed goes on at the service",
            "7:the new certificate was fetched and failed a check",
            "8:the order book cannot be used: it is damaged, in use by another run, or cannot be written",
            "9:due, but the paid term ends with the certificate, so that it has to be renewed (unless --ignore-paid-term)"
        },
        footerHeading = "%nThe certificates of the sandbox, named after what happens to their orders:%n")
public final class ReissueCommand implements Callable<Integer> {

    static final String NAME = "bin/run --terminal";

    /** The first of {@link io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox.Builder#demoCertificates()}. */
    private static final long FIRST_DEMO_CERTIFICATE = 1001;

    private final PasswordSource passwords;
    private final TransportLimits limits;
    private final Function<ScheduledExecutorService, Pauses> time;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final ExaminationOptions examination = new ExaminationOptions();

    @CheckForNull
    @Option(
            names = "--certificate-id",
            paramLabel = "ID",
            description = "The certificate to re-issue, by its number at the service. Default, for the sandbox: "
                    + FIRST_DEMO_CERTIFICATE)
    private Long certificateId;

    @Mixin
    private final ReissueOptions reissue = new ReissueOptions();

    ReissueCommand(PasswordSource passwords, TransportLimits limits, Function<ScheduledExecutorService, Pauses> time) {
        this.passwords = passwords;
        this.limits = limits;
        this.time = time;
    }

    public static void main(String[] arguments) {
        System.exit(commandLine(
                        new ReissueCommand(PasswordSource.environmentOrPrompt(), TransportLimits.STANDARD, Pauses::on))
                .execute(arguments));
    }

    static CommandLine commandLine(ReissueCommand command) {
        CommandLine line = new CommandLine(command)
                .registerConverter(Duration.class, ReissueCommand::duration)
                .registerConverter(DueRule.class, ReissueCommand::dueRule)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, arguments) -> {
                    PrintWriter err = failure.getCommandLine().getErr();
                    err.println(failure.getMessage());
                    err.println("All options: " + NAME + " --help");
                    return ExitCode.INPUT;
                })
                .setExecutionExceptionHandler((failure, failed, result) -> {
                    failed.getErr().println(ExitCode.message(failure));
                    return ExitCode.of(failure);
                });
        line.getCommandSpec().usageMessage().footer(demoCertificates());
        return line;
    }

    @Override
    public Integer call() throws IOException {
        if (certificateId == null && !service.isSandbox()) {
            throw bad("The service given by --url needs --certificate-id too");
        }
        if (examination.isAsked()) {
            return examine();
        }
        CertificateSigningRequest csr = reissue.csr();
        if (!service.isSandbox()) {
            return run(service.account(passwords), reissue.request(certificateId(), csr, reissue.book()));
        }
        reissue.requireNoBook();
        try (SandboxServer sandbox = service.startSandbox();
                TemporaryFolder rehearsed = TemporaryFolder.make()) {
            spec.commandLine()
                    .getOut()
                    .println("Without --url this is a rehearsal: with a sandbox, an SSL Manager inside this program. No"
                            + " authority is asked, nothing is paid, and nobody trusts the certificate.");
            return run(
                    service.accountAt(sandbox, service.protocol()),
                    reissue.request(certificateId(), csr, rehearsed.path()));
        }
    }

    private long certificateId() {
        return Optional.ofNullable(certificateId).orElse(FIRST_DEMO_CERTIFICATE);
    }

    private int examine() {
        if (reissue.isGiven()) {
            throw bad("--examine orders nothing: leave the options of an order out");
        }
        examination.requireNoReport();
        if (!service.isSandbox()) {
            return examine(examination.accounts(service.protocol(), service.account(passwords)));
        }
        try (SandboxServer sandbox = service.startSandbox()) {
            return examine(Stream.of(Protocol.values())
                    .collect(Collectors.toMap(
                            Function.identity(),
                            protocol -> service.accountAt(sandbox, protocol),
                            (one, other) -> one,
                            () -> new EnumMap<>(Protocol.class))));
        }
    }

    private int examine(Map<Protocol, ServiceAccount> accounts) {
        return scheduled(scheduler -> {
            List<ExaminedService> services = accounts.entrySet().stream()
                    .map(each -> new ExaminedService(
                            each.getKey(), each.getValue(), transport(each.getValue(), scheduler)::send))
                    .toList();
            PrintWriter stdout = spec.commandLine().getOut();
            stdout.println("Asking about certificate " + certificateId() + " as " + accounts.values()
                    + ". Nothing is ordered, and no notification is confirmed.");
            stdout.flush();
            examination.write(Examination.report(services, certificateId(), time.apply(scheduler)));
            stdout.println("Written to " + examination.report() + ". Read it before you give it to others.");
            return ExitCode.DONE;
        });
    }

    private int run(ServiceAccount account, TerminalRun.ReissueRequest request) {
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.println("Account: " + account + ", protocol " + service.protocol());
        stdout.flush();
        return scheduled(scheduler -> new TerminalRun(
                        new TerminalRun.Service(
                                service.protocol().over(account, transport(account, scheduler)::send),
                                account.toString(),
                                ServiceSystem.of(account.url()),
                                service.isSandbox()),
                        time.apply(scheduler),
                        request,
                        stdout,
                        spec.commandLine().getErr())
                .run());
    }

    private HttpTransport transport(ServiceAccount account, ScheduledExecutorService scheduler) {
        return new HttpTransport(account, HttpRoute.direct(limits), scheduler, limits);
    }

    /** What needs the thread for pauses. */
    private interface ScheduledWork {

        int done(ScheduledExecutorService scheduler) throws Exception;
    }

    /** @return the {@link ExitCode} */
    private int scheduled(ScheduledWork work) {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "SSL Manager");
            thread.setDaemon(true);
            return thread;
        });
        try {
            return work.done(scheduler);
        } catch (Exception e) {
            spec.commandLine().getErr().println(Progress.plain(ExitCode.message(e)));
            return ExitCode.of(e);
        } finally {
            scheduler.shutdownNow();
        }
    }

    private ParameterException bad(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static DueRule dueRule(String text) {
        try {
            return DueRule.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static String[] demoCertificates() {
        return Stream.of(Behaviour.values())
                .map(behaviour -> "  " + (FIRST_DEMO_CERTIFICATE + behaviour.ordinal()) + "  " + behaviour.demoName())
                .toArray(String[]::new);
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = ReissueCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "SSL Manager, terminal run, " + (version == null ? "development version" : version),
                "Java " + Runtime.version()
            };
        }
    }
}
