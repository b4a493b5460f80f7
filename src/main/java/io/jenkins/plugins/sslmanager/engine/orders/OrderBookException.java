package io.jenkins.plugins.sslmanager.engine.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import java.io.Serial;

/** The order book does not allow what was about to happen, so it did not happen. */
public final class OrderBookException extends ExpectedFailure {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Kind {
        /** A record or the sealing key is damaged; nobody knows what it says, so nothing is ordered. */
        DAMAGED,
        /** The order is somebody else's, or somebody else works on it. */
        NOT_YOURS,
        /** The order has changed meanwhile: it was given up, handed over or taken over. */
        CHANGED,
        /** Another order of the certificate was sent before this one was. */
        OVERTAKEN
    }

    private final Kind kind;

    OrderBookException(Kind kind, String message) {
        this(kind, message, null);
    }

    OrderBookException(Kind kind, String message, @CheckForNull Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
