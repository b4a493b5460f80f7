package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.dns.DnsRecord;
import java.io.Serial;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/** What proves control of the domains, as PrepareOrder (400110) offers it. */
final class Proof implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String method;

    @CheckForNull
    private final String dns;

    @CheckForNull
    private final String fileName;

    @CheckForNull
    private final String fileContent;

    @CheckForNull
    private final Boolean provisioning;

    private Proof(CertAuthentication offered) {
        method = offered.method().name();
        dns = offered.dns();
        fileName = offered.fileName();
        fileContent = offered.fileContent();
        provisioning = offered.provisioning();
    }

    static Proof of(CertAuthentication offered) {
        return new Proof(offered);
    }

    CertAuthentication toOrder() {
        return new CertAuthentication(
                null, new AuthMethod(method), dns, fileName, fileContent, null, provisioning, null, null, null);
    }

    /** A record or a file that somebody has to set. */
    boolean isForTheBlock() {
        return dns != null || fileName != null;
    }

    /** The record; null where it is no record. */
    @CheckForNull
    DnsRecord record() {
        return dns == null ? null : DnsRecord.parse(dns);
    }

    /** For the block: public facts, since they are to be published. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SSL_VALIDATION_METHOD", method);
        DnsRecord record = record();
        if (record != null) {
            Integer ttl = record.ttl();
            variables.put("SSL_DNS_RECORD", dns);
            variables.put("SSL_DNS_NAME", record.name());
            variables.put("SSL_DNS_TYPE", record.type().name());
            variables.put("SSL_DNS_TTL", ttl == null ? "" : ttl.toString());
            variables.put("SSL_DNS_VALUE", record.value());
        }
        if (fileName != null) {
            variables.put("SSL_FILE_NAME", fileName);
            variables.put("SSL_FILE_CONTENT", fileContent);
        }
        return variables;
    }

    /** What a person who watches the build may have to do. */
    String explanation() {
        if (dns != null) {
            return "To be set, unless the service does it by itself: " + dns.replaceAll("\\s+", " ");
        }
        return fileName != null
                ? "To be found at " + fileName + ": " + fileContent
                : "The service sends an e-mail that has to be approved";
    }
}
