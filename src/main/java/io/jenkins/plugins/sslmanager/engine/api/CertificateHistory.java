package io.jenkins.plugins.sslmanager.engine.api;

import java.time.OffsetDateTime;

/** A certificate that this one took the place of (OpenAPI {@code CertificateHistory}). */
public record CertificateHistory(String serialNumber, String orderId, OffsetDateTime revoked) {}
