package io.jenkins.plugins.sslmanager.engine.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.sslmanager.engine.api.CaCertificate;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.util.StdConverter;
import tools.jackson.dataformat.xml.annotation.JacksonXmlCData;

/** The names over XML that are not the ones over JSON in lower case, and the texts that the examples put into CDATA. */
final class XmlNames {

    static final Map<Class<?>, Class<?>> MIXINS = Map.of(
            Certificate.class, CertificateNames.class,
            CertificateData.class, CertificateDataNames.class,
            CertAuthentication.class, CertAuthenticationNames.class,
            CaCertificate.class, CaCertificateNames.class,
            SslContact.class, SslContactNames.class);

    private XmlNames() {}

    private interface CertificateNames {

        @JsonProperty("admin")
        SslContact adminContact();

        @JsonProperty("technical")
        SslContact technicalContact();

        @JsonProperty("sha")
        String signatureHashAlgorithm();

        @JsonProperty("san")
        List<SubjectAlternativeName> subjectAlternativeNames();

        @JacksonXmlCData
        String csr();

        @JacksonXmlCData
        String server();
    }

    private interface CertificateDataNames {

        @JacksonXmlCData
        String plain();

        @JsonProperty("san")
        @JsonSerialize(contentConverter = NameAlone.class)
        List<SubjectAlternativeName> subjectAlternativeNames();
    }

    private interface CertAuthenticationNames {

        @JsonProperty("approver_email")
        List<String> approverEmails();

        @JsonProperty("domain")
        List<CertAuthentication> domains();
    }

    private interface CaCertificateNames {

        @JsonSerialize(converter = ToNumberedType.class)
        @JsonDeserialize(converter = FromNumberedType.class)
        String caType();

        @JsonProperty("ca_cert")
        @JacksonXmlCData
        String caCertificate();
    }

    private interface SslContactNames {

        @JsonProperty("first")
        String fname();

        @JsonProperty("last")
        String lname();

        @JsonProperty("postal_code")
        String pcode();
    }

    private static final class NameAlone extends StdConverter<SubjectAlternativeName, String> {
        @Override
        public String convert(SubjectAlternativeName name) {
            return name.name();
        }
    }

    private static final class ToNumberedType extends StdConverter<String, String> {
        @Override
        public String convert(String type) {
            return type.equals("INTERMEDIATE") ? "ICA1" : type;
        }
    }

    /** Intermediate authorities are {@code ICA1}, {@code ICA2}, …; nothing is decided by their number. */
    private static final class FromNumberedType extends StdConverter<String, String> {
        @Override
        public String convert(String type) {
            return type.matches("ICA\\d*") ? "INTERMEDIATE" : type;
        }
    }
}
