package io.jenkins.plugins.sslmanager.engine.failure;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serial;

/** A re-issue that cannot go on. The message says what happened, to which certificate or job, and what to do. */
public final class ReissueException extends ExpectedFailure {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Why it cannot go on. */
    public enum Kind {
        /** Certificate, CSR and order do not fit together; nothing was ordered. */
        UNFIT,
        /** The service answered, but not what is needed to go on or to be certain. */
        UNCLEAR,
        /** The job ended without a certificate. */
        JOB_FAILED,
        /** What was waited for has not come in time; a job that was ordered goes on. */
        TIME_LIMIT
    }

    private final Kind kind;

    public ReissueException(Kind kind, String message) {
        this(kind, message, null);
    }

    public ReissueException(Kind kind, String message, @CheckForNull Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
