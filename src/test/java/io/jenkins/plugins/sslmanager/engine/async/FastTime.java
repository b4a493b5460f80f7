package io.jenkins.plugins.sslmanager.engine.async;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** Real time that passes so many times as fast. */
public final class FastTime implements Pauses {

    private final Instant start = Instant.now();
    private final Pauses real;
    private final int speed;

    public FastTime(ScheduledExecutorService executor, int speed) {
        real = Pauses.on(executor);
        this.speed = speed;
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.between(start, real.instant()).multipliedBy(speed));
    }

    @Override
    public CompletableFuture<Void> pause(Duration duration) {
        return real.pause(duration.dividedBy(speed));
    }
}
