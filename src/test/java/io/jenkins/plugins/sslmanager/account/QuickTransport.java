package io.jenkins.plugins.sslmanager.account;

import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import java.time.Duration;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;

/** For tests of trouble with the connection, which builds otherwise wait out for a quarter of a minute. */
public final class QuickTransport {

    private QuickTransport() {}

    public static FlagExtension<TransportLimits> extension() {
        return extension(TransportLimits.STANDARD.requestsPerSecond());
    }

    /** For very many builds, which the service's limit on requests would hold up for minutes. */
    public static FlagExtension<TransportLimits> unpaced() {
        return extension(1_000);
    }

    private static FlagExtension<TransportLimits> extension(int requestsPerSecond) {
        TransportLimits impatient = new TransportLimits(
                TransportLimits.STANDARD.connectTimeout(),
                TransportLimits.STANDARD.requestTimeout(),
                TransportLimits.STANDARD.maxAnswerBytes(),
                3,
                Duration.ofMillis(10),
                Duration.ofSeconds(1),
                requestsPerSecond);
        return new FlagExtension<>(() -> Connections.limits, limits -> Connections.limits = limits, impatient);
    }
}
