package io.jenkins.plugins.sslmanager.engine.terminal;

import java.io.Serial;

/** An option or a file that cannot be used. The message names it, the reason, and what to do. Nothing was ordered. */
final class InputException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message);
    }
}
