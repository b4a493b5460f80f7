package io.jenkins.plugins.sslmanager.engine.terminal;

import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import java.io.Serial;

/** An option or a file that cannot be used. The message names it, the reason, and what to do. Nothing was ordered. */
final class InputException extends ExpectedFailure {

    @Serial
    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message);
    }
}
