package io.jenkins.plugins.sslmanager.engine.api;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A certificate at the service (OpenAPI {@code Certificate}).
 *
 * @param id the service's number of it, which can change by a re-issue
 * @param server the certificate itself, PEM; null until it has been issued
 * @param serialNumber hexadecimal
 * @param expire its notAfter
 * @param payable when the paid term ends, which a re-issue does not move
 * @param reissueRequired whether the service wants it to be re-issued now; null where it does not tell
 * @param certificationAuthority the chain, in no certain order
 */
public record Certificate(
        OffsetDateTime created,
        OffsetDateTime updated,
        BasicUser owner,
        BasicUser updater,
        Long id,
        String orderId,
        SslContact adminContact,
        SslContact technicalContact,
        String name,
        TimePeriod lifetime,
        String software,
        String csr,
        String server,
        String serialNumber,
        String product,
        String certificateType,
        String signatureHashAlgorithm,
        OffsetDateTime expire,
        OffsetDateTime payable,
        List<SubjectAlternativeName> subjectAlternativeNames,
        List<CertificateHistory> histories,
        List<CaCertificate> certificationAuthority,
        CertAuthentication authentication,
        String certificateTransparencyPrivacy,
        Boolean hasCsr,
        String domain,
        Boolean reissueRequired) {

    /**
     * A row of CertificateList, of which the service promises no more.
     *
     * @param created null where it does not tell
     * @param expire null where it does not tell
     */
    public static Certificate row(
            long id, String name, @CheckForNull OffsetDateTime created, @CheckForNull OffsetDateTime expire) {
        return new Certificate(
                created, null, null, null, id, null, null, null, name, null, null, null, null, null, null, null, null,
                expire, null, null, null, null, null, null, null, null, null);
    }
}
