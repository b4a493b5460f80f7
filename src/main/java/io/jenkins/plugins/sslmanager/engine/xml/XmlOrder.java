package io.jenkins.plugins.sslmanager.engine.xml;

import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.api.TimePeriod;
import java.util.List;
import tools.jackson.dataformat.xml.annotation.JacksonXmlCData;

/** The {@code certificate} that a task asks for or orders: with its id in it, and in the order of the process page's example. */
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
        List<SubjectAlternativeName> san) {

    static XmlOrder of(long certificateId, CertificateOrder order) {
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
                order.subjectAlternativeNames());
    }
}
