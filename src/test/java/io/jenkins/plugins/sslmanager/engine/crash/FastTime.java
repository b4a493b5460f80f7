package io.jenkins.plugins.sslmanager.engine.crash;

import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** Real time in which a minute is a second. */
final class FastTime implements Pauses {

    private static final int SPEED = 60;

    private final Instant start = Instant.now();
    private final Pauses real;

    FastTime(ScheduledExecutorService executor) {
        real = Pauses.on(executor);
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.between(start, real.instant()).multipliedBy(SPEED));
    }

    @Override
    public CompletableFuture<Void> pause(Duration duration) {
        return real.pause(duration.dividedBy(SPEED));
    }
}
