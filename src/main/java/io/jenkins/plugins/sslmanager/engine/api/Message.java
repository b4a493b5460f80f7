package io.jenkins.plugins.sslmanager.engine.api;

import java.util.List;

/** A reason that the service gives (OpenAPI {@code Message}). */
public record Message(
        String text,
        String notice,
        List<Message> messages,
        List<GenericObject> objects,
        String code,
        StatusType status) {}
