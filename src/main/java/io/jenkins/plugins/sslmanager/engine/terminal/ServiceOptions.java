package io.jenkins.plugins.sslmanager.engine.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.http.SecondFactor;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import picocli.CommandLine.Option;

/** Which SSL Manager, and who asks. */
final class ServiceOptions {

    private static final String SANDBOX_USER = "sandbox";
    private static final int SANDBOX_CONTEXT = 1;

    /** Others on this machine reach the sandbox's port, too. */
    private final String sandboxPassword = UUID.randomUUID().toString();

    @CheckForNull
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {
                "The service: https://api.autodns.com/v1 (live), https://api.demo.autodns.com/v1 (demo), or another;",
                "over XML https://gateway.autodns.com (live), https://demo.autodns.com/gateway/ (demo), or another.",
                "Default: a sandbox, an SSL Manager inside this program, started for this run alone."
            })
    private URI url;

    @CheckForNull
    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "The service's user. The password is taken from the environment variable "
                    + PasswordSource.VARIABLE + ", or asked for.")
    private String user;

    @CheckForNull
    @Option(names = "--context", paramLabel = "NUMBER", description = "The user's context, as its operator names it.")
    private Integer context;

    @CheckForNull
    @Option(
            names = "--second-factor",
            paramLabel = "FILE",
            description = "Holds the user's TOTP secret (2FA), as the service showed it. Default: none")
    private Path secondFactor;

    @Option(names = "--protocol", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}. Default: JSON")
    private Protocol protocol = Protocol.JSON;

    Protocol protocol() {
        return protocol;
    }

    boolean isSandbox() {
        return url == null;
    }

    SandboxServer startSandbox() {
        if (user != null || context != null || secondFactor != null) {
            throw new InputException(
                    "--user, --context and --second-factor belong to a service: give its --url too, or leave them out"
                            + " to try the sandbox.");
        }
        return SandboxServer.start(Sandbox.builder()
                .account(SANDBOX_USER, sandboxPassword, SANDBOX_CONTEXT)
                .demoCertificates()
                .build());
    }

    ServiceAccount accountAt(SandboxServer sandbox, Protocol protocol) {
        return new ServiceAccount(sandbox.url(protocol), SANDBOX_USER, sandboxPassword, SANDBOX_CONTEXT);
    }

    ServiceAccount account(PasswordSource passwords) {
        String name = given("--user", user);
        int number = given("--context", context);
        String password = passwords
                .passwordOf(name)
                .orElseThrow(() -> new InputException("There is no password for the user " + name + ". Set the"
                        + " environment variable " + PasswordSource.VARIABLE
                        + ", or run this in a terminal, where it is"
                        + " asked for."));
        try {
            return new ServiceAccount(
                    given("--url", url),
                    name,
                    password,
                    number,
                    secondFactor == null ? null : new SecondFactor(read(secondFactor)));
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new InputException("--second-factor " + file + " cannot be read: " + SafeFiles.reason(e));
        }
    }

    private static <T> T given(String option, @CheckForNull T value) {
        if (value == null) {
            throw new InputException("The service given by --url needs " + option + " too.");
        }
        return value;
    }
}
