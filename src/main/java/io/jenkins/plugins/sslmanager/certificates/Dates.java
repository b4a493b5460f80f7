package io.jenkins.plugins.sslmanager.certificates;

import java.time.Instant;

/** Days as the pages show them. */
final class Dates {

    private Dates() {}

    /** ISO 8601, UTC, such as {@code 2026-12-31}. */
    static String day(Instant instant) {
        return instant.toString().substring(0, "2026-12-31".length());
    }
}
