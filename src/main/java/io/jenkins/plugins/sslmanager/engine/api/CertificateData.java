package io.jenkins.plugins.sslmanager.engine.api;

import java.util.List;

/**
 * A CSR as the service understands it, and what would prove control of its domains (OpenAPI {@code CertificateData}).
 *
 * @param plain the CSR, PEM
 * @param keySize in bits
 * @param authentication one entry for each method on offer
 */
public record CertificateData(
        String plain,
        String name,
        List<SubjectAlternativeName> subjectAlternativeNames,
        Integer keySize,
        String countryCode,
        String state,
        String city,
        String organization,
        String organizationUnit,
        String email,
        String product,
        List<CertAuthentication> authentication,
        String algorithm,
        String signatureHashAlgorithm,
        String ecCurve) {

    /** The request of CertificatePrepareOrder (400110). */
    public static CertificateData request(String csr, String product) {
        return new CertificateData(
                csr, null, null, null, null, null, null, null, null, null, product, null, null, null, null);
    }
}
