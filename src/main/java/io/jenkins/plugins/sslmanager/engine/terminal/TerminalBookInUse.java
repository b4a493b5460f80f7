package io.jenkins.plugins.sslmanager.engine.terminal;

import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import java.io.Serial;
import java.nio.file.Path;

/** Two runs must not work on one order book at once. */
final class TerminalBookInUse extends ExpectedFailure {

    @Serial
    private static final long serialVersionUID = 1L;

    TerminalBookInUse(Path folder) {
        super("Another run uses the order book " + folder
                + ". Run this again when it has ended, or give a book of its own with --book.");
    }
}
