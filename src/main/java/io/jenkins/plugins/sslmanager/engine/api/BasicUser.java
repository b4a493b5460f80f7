package io.jenkins.plugins.sslmanager.engine.api;

/** A user of the service (OpenAPI {@code BasicUser}). */
public record BasicUser(Integer context, String user) {}
