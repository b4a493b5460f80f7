package io.jenkins.plugins.sslmanager.engine.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** "Only 3 requests per second and IP" (help: JSON API Basics), in a sliding window; on loopback there is one IP. */
final class RateLimit {

    private static final int REQUESTS = 3;
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final Deque<Instant> admitted = new ArrayDeque<>(REQUESTS);

    synchronized boolean admits(Instant now) {
        Instant windowStart = now.minus(WINDOW);
        admitted.removeIf(instant -> !instant.isAfter(windowStart));
        return admitted.size() < REQUESTS && admitted.add(now);
    }
}
