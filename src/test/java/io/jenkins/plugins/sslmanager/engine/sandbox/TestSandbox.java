package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import java.time.Duration;
import java.time.InstantSource;

/** The sandbox that tests begin with: in their time, with jobs that take a while, and without a limit of requests. */
public final class TestSandbox {

    public static final Duration JOB_DELAY = Duration.ofMinutes(2);

    /** For a transport to it that need not be polite. */
    public static final TransportLimits HASTY = new TransportLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            256 * 1024,
            3,
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            1_000);

    private TestSandbox() {}

    public static Sandbox.Builder in(InstantSource time) {
        return Sandbox.builder().clock(time).jobDelay(JOB_DELAY).rateLimit(false);
    }
}
