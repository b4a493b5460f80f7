package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Points in time as the service gives them: with the offset of its own time zone, to the millisecond. */
final class ServiceTime {

    private ServiceTime() {}

    static OffsetDateTime at(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS)
                .atZone(SslManagerApi.TIME_ZONE)
                .toOffsetDateTime();
    }
}
