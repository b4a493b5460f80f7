package io.jenkins.plugins.sslmanager.engine.api;

/** The outcome of a task (OpenAPI {@code ResponseStatus}); the text comes in the account's language, so only the code decides. */
public record ResponseStatus(String code, String text, StatusType type) {}
