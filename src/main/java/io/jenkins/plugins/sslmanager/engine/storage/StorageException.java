package io.jenkins.plugins.sslmanager.engine.storage;

import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import java.io.IOException;
import java.io.Serial;

/** Something could not be kept as it must be. The message names the file, the reason and the remedy. */
public final class StorageException extends ExpectedFailure {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param what what could not be done, without a full stop
     * @param remedy a whole sentence
     */
    public StorageException(String what, String remedy, IOException cause) {
        super(what + ": " + SafeFiles.reason(cause) + ". " + remedy, cause);
    }
}
