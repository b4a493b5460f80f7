package io.jenkins.plugins.sslmanager.engine.http;

import java.util.concurrent.TimeUnit;

/**
 * How long a request may be on its way to the service without a request after it overtaking it into the same second of the
 * service. HTTP 429 says that the way may be longer than thought, so that doubles it. What it costs is that requests without
 * an answer are counted for longer, so an hour without a 429 halves it again: if the way is still as long, that is found out
 * by one 429 in an hour at the most.
 */
final class TransitMargin {
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long MOST = TimeUnit.SECONDS.toNanos(2);
    private static final long CALM = TimeUnit.HOURS.toNanos(1);

    private long margin = FIRST;
    private long changed;

    /** @return nanoseconds */
    long at(long now) {
        while (margin > FIRST && now - changed >= CALM) {
            margin /= 2;
            changed += CALM;
        }
        return margin;
    }

    void widen(long now) {
        margin = Math.min(MOST, at(now) * 2);
        changed = now;
    }
}
