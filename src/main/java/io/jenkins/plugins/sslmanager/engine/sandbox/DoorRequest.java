package io.jenkins.plugins.sslmanager.engine.sandbox;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a door is asked.
 *
 * @param path below the base URL
 * @param header gives a header's value, or null
 */
record DoorRequest(String method, String path, Function<String, String> header, byte[] body) {

    Optional<String> headerIfAny(String name) {
        return Optional.ofNullable(header.apply(name)).filter(value -> !value.isBlank());
    }
}
