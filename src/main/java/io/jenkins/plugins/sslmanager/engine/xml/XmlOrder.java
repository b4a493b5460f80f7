package io.jenkins.plugins.sslmanager.engine.xml;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.api.TimePeriod;
import java.util.List;
import tools.jackson.dataformat.xml.annotation.JacksonXmlCData;

/**
 * The {@code certificate} that a task asks for or orders: with its id in it, and in the order of the process page's example.
 *
 * @param san the further names in a re-issue
 * @param subjectAlternativeName the same in a renewal, as in the example of InterNetX's help page "Certificate Renew"
 */
public record XmlOrder(
        Long id,
        SslContact technical,
        SslContact admin,
        String name,
        String product,
        CertAuthentication authentication,
        TimePeriod lifetime,
        String software,
        @JacksonXmlCData String csr,
        List<SubjectAlternativeName> san,
        List<SubjectAlternativeName> subjectAlternativeName) {

    /** Of a re-issue. */
    static XmlOrder of(long certificateId, CertificateOrder order) {
        return of(certificateId, order, order.subjectAlternativeNames(), null);
    }

    static XmlOrder renewal(long certificateId, CertificateOrder order) {
        return of(certificateId, order, null, order.subjectAlternativeNames());
    }

    private static XmlOrder of(
            long certificateId,
            CertificateOrder order,
            @CheckForNull List<SubjectAlternativeName> san,
            @CheckForNull List<SubjectAlternativeName> subjectAlternativeName) {
        return new XmlOrder(
                certificateId,
                order.technicalContact(),
                order.adminContact(),
                order.name(),
                order.product(),
                order.authentication(),
                order.lifetime(),
                order.software(),
                order.csr(),
                san,
                subjectAlternativeName);
    }
}
