package io.jenkins.plugins.sslmanager.engine.terminal;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.http.HttpRoute;
import io.jenkins.plugins.sslmanager.engine.http.HttpTransport;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A terminal in which the command is run, and a service for it whose jobs take no time. */
final class Terminal implements AutoCloseable {

    static final String USER = "release";
    static final String PASSWORD = "a-password-that-must-not-leak";
    static final int CONTEXT = 9;

    /** Signs in with one-time tokens besides. */
    static final String CAREFUL = "careful";

    static final String SECOND_FACTOR = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /** What the user sees. */
    record Seen(int exitCode, String out, String err) {}

    private static final TransportLimits IMPATIENT = new TransportLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            1024 * 1024,
            3,
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            1_000);

    final Sandbox sandbox = Sandbox.builder()
            .account(USER, PASSWORD, CONTEXT)
            .account(CAREFUL, PASSWORD, CONTEXT)
            .secondFactor(CAREFUL, SECOND_FACTOR)
            .jobDelay(Duration.ZERO)
            .rateLimit(false)
            .demoCertificates()
            .build();
    private final SandboxServer server = SandboxServer.start(sandbox);
    private final Protocol protocol;

    Terminal(Protocol protocol) {
        this.protocol = protocol;
    }

    static long id(Behaviour behaviour) {
        return 1001 + behaviour.ordinal();
    }

    SslManagerApi api(ScheduledExecutorService scheduler) {
        ServiceAccount account = new ServiceAccount(server.url(protocol), USER, PASSWORD, CONTEXT);
        HttpRoute route = HttpRoute.direct(IMPATIENT);
        return protocol.over(account, new HttpTransport(account, route, scheduler, IMPATIENT)::send);
    }

    /** With a good account. */
    Seen reissue(Behaviour behaviour, Path folder, String... more) {
        return reissueWith(Optional.of(PASSWORD), behaviour, folder, more);
    }

    Seen reissueWith(Optional<String> password, Behaviour behaviour, Path folder, String... more) {
        return run(
                password,
                IMPATIENT,
                Stream.concat(
                                Stream.of(
                                        "--url=" + server.url(protocol),
                                        "--protocol=" + protocol,
                                        "--user=" + USER,
                                        "--context=" + CONTEXT,
                                        "--certificate-id=" + id(behaviour),
                                        "--out=" + folder),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    static Seen run(String... arguments) {
        return run(Optional.of(PASSWORD), IMPATIENT, arguments);
    }

    static Seen runPatiently(String... arguments) {
        return run(Optional.empty(), TransportLimits.STANDARD, arguments);
    }

    private static Seen run(Optional<String> password, TransportLimits limits, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = ReissueCommand.commandLine(new ReissueCommand(user -> password, limits))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        int exitCode = line.setOverwrittenOptionsAllowed(true).execute(arguments);
        return new Seen(exitCode, out.toString(), err.toString());
    }

    @Override
    public void close() {
        server.close();
    }
}
