package io.jenkins.plugins.sslmanager.engine.http;

import java.net.http.HttpResponse;

/**
 * A complete answer, whatever it says.
 *
 * @param contentType as sent, with its parameters; empty if there was none
 */
public record HttpAnswer(int status, String contentType, byte[] body) {
    private static final byte[] NO_BODY = {};

    /** The JDK hands out no body, not even an empty one, where a proxy refuses the way to the service. */
    static HttpAnswer of(HttpResponse<byte[]> response) {
        return new HttpAnswer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body() == null ? NO_BODY : response.body());
    }
}
