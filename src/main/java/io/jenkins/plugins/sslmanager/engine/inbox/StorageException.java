package io.jenkins.plugins.sslmanager.engine.inbox;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;

/** Notifications could not be kept as they should be. The message says which, why, and what to do. */
final class StorageException extends UncheckedIOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param what what could not be done, without a full stop */
    StorageException(String what, String remedy, IOException cause) {
        super(what + ": " + cause + ". " + remedy, cause);
    }
}
