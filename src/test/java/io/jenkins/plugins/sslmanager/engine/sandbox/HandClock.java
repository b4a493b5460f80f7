package io.jenkins.plugins.sslmanager.engine.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that moves only when told to. */
public final class HandClock implements InstantSource {

    public static final Duration DELAY = Duration.ofMinutes(2);

    private volatile Instant now = Instant.parse("2026-11-24T09:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
    }
}
