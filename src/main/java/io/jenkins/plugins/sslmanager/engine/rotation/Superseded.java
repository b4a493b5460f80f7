package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import java.io.Serial;

/** Somebody else's re-issue took the place of an order, whose record has ended so. */
public final class Superseded extends ExpectedFailure {

    @Serial
    private static final long serialVersionUID = 1L;

    Superseded(String message) {
        super(message);
    }
}
