package io.jenkins.plugins.sslmanager.engine.inbox;

import java.time.Duration;

/**
 * How an inbox behaves.
 *
 * @param ownCtids how the client transaction ids of all orders begin that come from here, whoever waits for them
 * @param firstPause between two polls soon after an order
 * @param longestPause between two polls at the end
 * @param kept how long messages are kept
 */
public record InboxSettings(
        QueuePolicy policy, String ownCtids, Duration firstPause, Duration longestPause, Duration kept) {

    public static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofDays(30);

    /** @throws IllegalArgumentException if {@code ownCtids} would make the orders of others ours */
    public InboxSettings {
        if (ownCtids.isBlank()) {
            throw new IllegalArgumentException(
                    "ownCtids is empty: every notification of the account would be taken. Give a beginning of your own");
        }
    }

    public static InboxSettings standard(QueuePolicy policy, String ownCtids) {
        return standard(policy, ownCtids, FIRST_PAUSE);
    }

    public static InboxSettings standard(QueuePolicy policy, String ownCtids, Duration firstPause) {
        return new InboxSettings(policy, ownCtids, firstPause, LONGEST_PAUSE, KEPT);
    }
}
