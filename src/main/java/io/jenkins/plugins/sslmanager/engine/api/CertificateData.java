package io.jenkins.plugins.sslmanager.engine.api;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * A CSR as the service understands it, and what would prove control of its domains (OpenAPI {@code CertificateData}).
 *
 * @param plain the CSR, PEM
 * @param keySize in bits
 * @param authentication one entry for each method on offer, or several of one method, each for a domain
 * @param certificate in a request, the certificate that is to be re-issued
 * @param businessCase in a request, what it is asked for, such as REISSUE
 * @param checkCaa in a request, whether the records by which a domain says who may issue (CAA, RFC 8659) are checked
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
        String ecCurve,
        @CheckForNull Reference certificate,
        @CheckForNull String businessCase,
        @CheckForNull Boolean checkCaa) {

    /** A certificate by its number. */
    public record Reference(Long id) {}

    /** Returns the request of CertificatePrepareOrder (400110). */
    public static CertificateData request(String csr, String product) {
        return of(csr, product, null, null);
    }

    /**
     * Returns the same. Before a re-issue the service then checks, too, that the authentication method does not change.
     *
     * @param reissued the certificate that is to be re-issued; null for none
     * @param checkCaa null to leave it to the service
     */
    public static CertificateData of(
            String csr, String product, @CheckForNull Long reissued, @CheckForNull Boolean checkCaa) {
        return new CertificateData(
                csr,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                product,
                null,
                null,
                null,
                null,
                reissued == null ? null : new Reference(reissued),
                reissued == null ? null : "REISSUE",
                checkCaa);
    }
}
