package io.jenkins.plugins.sslmanager.engine.failure;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serial;

/**
 * A failure that was foreseen. Its message says what happened, to which certificate, job or file, and what to do; nobody needs
 * its stack trace. It holds no secret.
 */
public abstract class ExpectedFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Whether the message of a failure says all that there is to say. That is so of an {@link IllegalArgumentException}, too,
     * by which what somebody has entered is refused.
     */
    public static boolean isExpected(Throwable failure) {
        return failure instanceof ExpectedFailure || failure instanceof IllegalArgumentException;
    }

    /** @param message whole sentences */
    protected ExpectedFailure(String message) {
        super(message);
    }

    /** @param message whole sentences */
    protected ExpectedFailure(String message, @CheckForNull Throwable cause) {
        super(message, cause);
    }
}
