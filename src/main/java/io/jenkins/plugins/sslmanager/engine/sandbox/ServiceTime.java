package io.jenkins.plugins.sslmanager.engine.sandbox;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Points in time as the service gives them: with the offset of Regensburg, to the millisecond. */
final class ServiceTime {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private ServiceTime() {}

    static OffsetDateTime at(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).atZone(ZONE).toOffsetDateTime();
    }
}
