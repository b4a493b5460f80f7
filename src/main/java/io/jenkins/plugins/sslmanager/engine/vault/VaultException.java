package io.jenkins.plugins.sslmanager.engine.vault;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import java.io.Serial;

/** A record or a key of the vault is damaged, so that nobody knows what is in it. That is never taken for "none". */
public final class VaultException extends ExpectedFailure {

    @Serial
    private static final long serialVersionUID = 1L;

    VaultException(String message, @CheckForNull Throwable cause) {
        super(message, cause);
    }
}
