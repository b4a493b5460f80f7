package io.jenkins.plugins.sslmanager.engine.pki;

import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;

/**
 * A key, CSR or certificate that cannot be used. The message is written for people: what is wrong, why, and what to do.
 * It never holds key material.
 */
public final class PkiException extends ExpectedFailure {

    private static final long serialVersionUID = 1L;

    PkiException(String message) {
        super(message);
    }

    PkiException(String message, Throwable cause) {
        super(message, cause);
    }
}
