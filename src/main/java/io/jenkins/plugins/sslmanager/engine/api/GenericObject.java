package io.jenkins.plugins.sslmanager.engine.api;

/** What a {@link Message} speaks of (OpenAPI {@code GenericObject}). */
public record GenericObject(String type, String value) {}
