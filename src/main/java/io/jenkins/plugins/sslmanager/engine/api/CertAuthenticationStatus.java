package io.jenkins.plugins.sslmanager.engine.api;

import java.time.OffsetDateTime;

/** How far a step of the validation is (OpenAPI {@code CertAuthenticationStatus}). */
public record CertAuthenticationStatus(String status, String step, OffsetDateTime updated) {}
