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
 * @param requestsPerSecond how many requests of this JVM one address of the service may get in a second, whoever sends them;
 *     fewer than the service takes where other programs send from the same IP address
 */
public record TransportLimits(
        Duration connectTimeout,
        Duration requestTimeout,
        int maxAnswerBytes,
        int attempts,
        Duration firstPause,
        Duration maxPause,
        int requestsPerSecond) {

    /** @throws IllegalArgumentException if no request could ever go out */
    public TransportLimits {
        if (requestsPerSecond < 1) {
            throw new IllegalArgumentException("Requests per second: " + requestsPerSecond
                    + " is too few. Set it to 3, or to 1 or 2 where other programs ask the service from this address.");
        }
    }

    /** The service takes 3 requests a second and IP address (its help page "JSON API Basics"). */
    public static final TransportLimits STANDARD = new TransportLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            4 * 1024 * 1024,
            5,
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            3);
}
