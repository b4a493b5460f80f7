package io.jenkins.plugins.sslmanager.engine.api;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * The order of a certificate: those fields of OpenAPI {@code Certificate} that CertificateReissue (400102) sends. The service
 * wants the same data as for a new certificate.
 *
 * @param csr PEM
 * @param authentication must name the method that the certificate has: a re-issue cannot change it
 */
public record CertificateOrder(
        SslContact adminContact,
        SslContact technicalContact,
        String name,
        TimePeriod lifetime,
        String software,
        String csr,
        String product,
        @CheckForNull List<SubjectAlternativeName> subjectAlternativeNames,
        CertAuthentication authentication) {}
