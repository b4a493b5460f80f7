package io.jenkins.plugins.sslmanager.engine.inbox;

import java.time.Duration;
import java.time.Instant;

/**
 * What keeps an inbox from reading its queue.
 *
 * @param what in a sentence
 * @param since when it was first met
 * @param last when it was last met; a queue that nobody waits for is not read
 */
public record Outage(String what, Instant since, Instant last) {

    /** From when it was first met to when it was last met. */
    public Duration duration() {
        return Duration.between(since, last);
    }

    Outage again(String what, Instant now) {
        return new Outage(what, since, now);
    }
}
