package io.jenkins.plugins.sslmanager.engine.api;

import java.time.OffsetDateTime;

/**
 * A certificate of the authority (OpenAPI {@code CaCertificate}).
 *
 * @param caType {@code INTERMEDIATE} or {@code ROOT}; the chain is not built from it but from issuer and signature
 * @param caCertificate PEM
 */
public record CaCertificate(OffsetDateTime created, OffsetDateTime updated, String caType, String caCertificate) {}
