package io.jenkins.plugins.sslmanager.engine.http;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/** Headers that others have written, read as the transport does. */
public final class ForeignHeaders {

    private ForeignHeaders() {}

    public static void readRetryAfter(String value) {
        RetryAfter.of(
                HttpHeaders.of(Map.of("Retry-After", List.of(value), "Date", List.of(value)), (name, any) -> true));
    }
}
