package io.jenkins.plugins.sslmanager.engine.terminal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Console;
import java.util.Arrays;
import java.util.Optional;

/** Where the password comes from; never the command line, which other users of a machine can read. */
@FunctionalInterface
interface PasswordSource {

    /** The environment variable that is looked at first. */
    String VARIABLE = "SSLMANAGER_PASSWORD";

    /** @return empty where none is given and nobody is there to be asked */
    Optional<String> passwordOf(String user);

    /** Returns the environment variable, or else a prompt without echo. */
    static PasswordSource environmentOrPrompt() {
        return user -> Optional.ofNullable(System.getenv(VARIABLE))
                .filter(password -> !password.isEmpty())
                .or(() -> prompt(System.console(), user));
    }

    private static Optional<String> prompt(@CheckForNull Console console, String user) {
        char[] typed = console == null ? null : console.readPassword("Password of %s: ", user);
        if (typed == null || typed.length == 0) {
            return Optional.empty();
        }
        String password = new String(typed);
        Arrays.fill(typed, ' ');
        return Optional.of(password);
    }
}
