package io.jenkins.plugins.sslmanager.engine.http;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Keeps the requests to one service apart, over all accounts and transports of this JVM.
 *
 * <p>Failsafe's smooth rate limiter is not used: its permits lie on a fixed grid, so the first request of a series may
 * go right before a grid point and the next right on it, and a second can then see four.
 */
final class RequestPace {
    private static final ConcurrentMap<String, Long> NEXT_START = new ConcurrentHashMap<>();

    private RequestPace() {}

    /**
     * Takes the next free moment.
     *
     * @param now in nanoseconds, as {@link System#nanoTime} counts them
     * @return the nanoseconds to wait for it
     */
    static long reserve(String service, long now, Duration spacing) {
        long following = NEXT_START.compute(
                service, (key, next) -> (next == null || next - now < 0 ? now : next) + spacing.toNanos());
        return following - spacing.toNanos() - now;
    }
}
