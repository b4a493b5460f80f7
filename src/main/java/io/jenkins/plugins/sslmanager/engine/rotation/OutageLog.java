package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import java.util.function.Consumer;

/** Tells of trouble that is waited out once when it begins and once when it is over, however often it is met. */
final class OutageLog {

    private final Consumer<String> log;
    private boolean lasts;

    OutageLog(Consumer<String> log) {
        this.log = log;
    }

    synchronized void met(ApiException trouble) {
        if (!lasts) {
            lasts = true;
            log.accept(trouble.getMessage());
            log.accept("Waiting until the service answers again.");
        }
    }

    synchronized void isOver() {
        if (lasts) {
            lasts = false;
            log.accept("The service answers again.");
        }
    }
}
