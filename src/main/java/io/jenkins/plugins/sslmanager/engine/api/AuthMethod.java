package io.jenkins.plugins.sslmanager.engine.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How control of a domain is proved (OpenAPI {@code AuthMethodConstants}); an unlisted value is kept as it is. */
public record AuthMethod(@JsonValue String name) {

    public static final AuthMethod DNS = new AuthMethod("DNS");
    public static final AuthMethod EMAIL = new AuthMethod("EMAIL");
    public static final AuthMethod FILE = new AuthMethod("FILE");

    @JsonCreator
    public AuthMethod {}

    @Override
    public String toString() {
        return name;
    }
}
