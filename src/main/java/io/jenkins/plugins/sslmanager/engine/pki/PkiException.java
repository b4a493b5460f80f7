package io.jenkins.plugins.sslmanager.engine.pki;

/**
 * A key, CSR or certificate that cannot be used. The message is written for people: what is wrong, why, and what to do.
 * It never holds key material.
 */
public final class PkiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PkiException(String message) {
        super(message);
    }

    PkiException(String message, Throwable cause) {
        super(message, cause);
    }
}
