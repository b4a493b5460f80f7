package io.jenkins.plugins.sslmanager.engine.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After} (RFC 9110 §10.2.3), in seconds or as a date. */
final class RetryAfter {
    private RetryAfter() {}

    /** Empty where none can be read. A date counts from the answer's own, so that no clock needs to be right. */
    static Optional<Duration> of(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .map(String::strip)
                .flatMap(value -> value.matches("\\d{1,9}")
                        ? Optional.of(Duration.ofSeconds(Integer.parseInt(value)))
                        : date(value).map(date -> untilFrom(answered(headers), date)));
    }

    private static Duration untilFrom(Instant answered, Instant date) {
        return date.isBefore(answered) ? Duration.ZERO : Duration.between(answered, date);
    }

    private static Instant answered(HttpHeaders headers) {
        return headers.firstValue("Date").flatMap(RetryAfter::date).orElseGet(Instant::now);
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
