package io.jenkins.plugins.sslmanager.engine.reissue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serial;

/** A re-issue that cannot go on. The message says what happened, to which certificate or job, and what to do. */
public final class ReissueException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public ReissueException(String message) {
        super(message);
    }

    public ReissueException(String message, @CheckForNull Throwable cause) {
        super(message, cause);
    }
}
