package io.jenkins.plugins.sslmanager.engine.failure;

import java.io.Serial;

/**
 * Whoever asks may not have this, by the rules of whoever runs the engine. The service has done nothing, or nothing but show a
 * certificate.
 */
public class NotPermittedException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param message whole sentences */
    public NotPermittedException(String message) {
        super(message);
    }
}
