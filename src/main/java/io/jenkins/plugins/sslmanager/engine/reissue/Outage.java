package io.jenkins.plugins.sslmanager.engine.reissue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import java.util.function.Consumer;

/** Tells of trouble that is waited out once when it begins and once when it is over, however often it is met. */
final class Outage {

    private final Consumer<String> log;
    private boolean lasts;

    Outage(Consumer<String> log) {
        this.log = log;
    }

    void met(ApiException trouble) {
        if (!lasts) {
            lasts = true;
            log.accept(trouble.getMessage());
            log.accept("Waiting until the service answers again.");
        }
    }

    void isOver() {
        if (lasts) {
            lasts = false;
            log.accept("The service answers again.");
        }
    }
}
