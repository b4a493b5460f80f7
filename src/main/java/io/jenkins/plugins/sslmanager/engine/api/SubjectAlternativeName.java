package io.jenkins.plugins.sslmanager.engine.api;

/**
 * A further name of a certificate (OpenAPI {@code SubjectAlternativeName}).
 *
 * @param type {@code FQDN}, {@code SUBDOMAIN} or {@code WILDCARD}; null in an order, where the service finds it out
 */
public record SubjectAlternativeName(String type, String name) {}
