package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import java.util.Optional;
import java.util.function.Function;

/**
 * What an endpoint is asked.
 *
 * @param path below the base URL
 * @param header gives a header's value, or null
 */
public record EndpointRequest(String method, String path, Function<String, String> header, byte[] body) {

    Optional<String> headerIfAny(String name) {
        return Optional.ofNullable(header.apply(name)).filter(value -> !value.isBlank());
    }
}
