package io.jenkins.plugins.sslmanager.engine.inbox;

import java.time.Duration;
import java.time.Instant;

/**
 * What keeps an inbox from reading its queue.
 *
 * @param what in a sentence
 * @param since when it was first met
 * @param last when it was last met; a queue that nobody waits for is not read
 * @param refusal whether it is for somebody to put right: credentials that are missing, or that the service does not take
 */
public record Outage(String what, Instant since, Instant last, boolean refusal) {

    /** From when it was first met to when it was last met. */
    public Duration duration() {
        return Duration.between(since, last);
    }

    Outage again(String what, Instant now, boolean refusal) {
        return new Outage(what, since, now, refusal);
    }
}
