package io.jenkins.plugins.sslmanager.engine.api;

/** A term (OpenAPI {@code TimePeriod}), such as 12 {@code MONTH}. */
public record TimePeriod(String unit, Long period) {}
