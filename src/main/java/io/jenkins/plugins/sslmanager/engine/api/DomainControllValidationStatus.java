package io.jenkins.plugins.sslmanager.engine.api;

/** How far the proof of control over one domain is (OpenAPI {@code DomainControllValidationStatus}, its spelling). */
public record DomainControllValidationStatus(String status, String domain) {}
