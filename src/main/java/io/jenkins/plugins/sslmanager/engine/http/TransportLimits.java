package io.jenkins.plugins.sslmanager.engine.http;

import java.time.Duration;

/**
 * How long, how much, how often.
 *
 * @param connectTimeout for the clients that {@link HttpRoute} builds
 * @param requestTimeout from the start of one request to the end of its answer
 * @param maxAnswerBytes a longer answer is broken off
 * @param attempts the first one included
 * @param firstPause before the second attempt; each further one is twice as long
 * @param maxPause the longest pause, also where the service asks for more; chance may make it half longer
 * @param requestSpacing between the starts of two requests to one service, whoever sends them
 */
public record TransportLimits(
        Duration connectTimeout,
        Duration requestTimeout,
        int maxAnswerBytes,
        int attempts,
        Duration firstPause,
        Duration maxPause,
        Duration requestSpacing) {

    /** The service takes 3 requests a second and IP address (its help page "JSON API Basics"). */
    public static final TransportLimits STANDARD = new TransportLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            4 * 1024 * 1024,
            5,
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofMillis(334));
}
