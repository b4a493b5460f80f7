package io.jenkins.plugins.sslmanager.engine.terminal;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.async.FastTime;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A terminal in which the command is run, and a service for it. */
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

    private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
    final Sandbox sandbox;
    private final SandboxServer server;
    private final Protocol protocol;
    private int speed = 1;

    /** Jobs take no time. */
    Terminal(Protocol protocol) {
        this(protocol, Duration.ZERO);
    }

    Terminal(Protocol protocol, Duration jobDelay) {
        this.protocol = protocol;
        sandbox = Sandbox.builder()
                .clock(() -> Instant.now().minus(jobDelay).plus(passed.get()))
                .account(USER, PASSWORD, CONTEXT)
                .account(CAREFUL, PASSWORD, CONTEXT)
                .secondFactor(CAREFUL, SECOND_FACTOR)
                .jobDelay(jobDelay)
                .rateLimit(false)
                .demoCertificates()
                .build();
        server = SandboxServer.start(sandbox);
    }

    /** Lets that much time pass at the service, at most the jobs' delay in all: then its clock is right. */
    void pass(Duration time) {
        passed.updateAndGet(time::plus);
    }

    /** Lets time pass so many times as fast for the runs from now on. */
    void hurry(int times) {
        speed = times;
    }

    static long id(Behaviour behaviour) {
        return 1001 + behaviour.ordinal();
    }

    /** With a good account. */
    Seen reissue(Behaviour behaviour, Path folder, String... more) {
        return reissueWith(Optional.of(PASSWORD), behaviour, folder, more);
    }

    Seen reissueWith(Optional<String> password, Behaviour behaviour, Path folder, String... more) {
        return run(
                password,
                IMPATIENT,
                speed,
                Stream.concat(options(behaviour, folder).stream(), Stream.of(more))
                        .toArray(String[]::new));
    }

    /** A look at this service, with a good account. */
    Seen examine(Behaviour behaviour, String... more) {
        List<String> service = options(behaviour, Path.of("")).stream()
                .filter(option -> !option.startsWith("--out="))
                .toList();
        return run(
                Optional.of(PASSWORD),
                IMPATIENT,
                1,
                Stream.of(Stream.of("--examine"), service.stream(), Stream.of(more))
                        .flatMap(options -> options)
                        .toArray(String[]::new));
    }

    URI url(Protocol of) {
        return server.url(of);
    }

    /** Of a run at this service. */
    List<String> options(Behaviour behaviour, Path folder) {
        return List.of(
                "--url=" + server.url(protocol),
                "--protocol=" + protocol,
                "--user=" + USER,
                "--context=" + CONTEXT,
                "--certificate-id=" + id(behaviour),
                "--out=" + folder);
    }

    static Seen run(String... arguments) {
        return run(Optional.of(PASSWORD), IMPATIENT, 1, arguments);
    }

    static Seen runPatiently(String... arguments) {
        return run(Optional.empty(), TransportLimits.STANDARD, 1, arguments);
    }

    private static Seen run(Optional<String> password, TransportLimits limits, int speed, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = ReissueCommand.commandLine(new ReissueCommand(
                        user -> password,
                        limits,
                        executor -> speed == 1 ? Pauses.on(executor) : new FastTime(executor, speed)))
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
