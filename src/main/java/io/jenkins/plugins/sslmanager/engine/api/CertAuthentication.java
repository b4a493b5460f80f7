package io.jenkins.plugins.sslmanager.engine.api;

import java.util.List;

/**
 * What proves control of a domain (OpenAPI {@code CertAuthentication}).
 *
 * @param name the domain that it is for; null where it is the certificate's
 * @param dns the record to set, as a line of a zone file
 * @param fileName where the file must be found
 * @param provisioning whether InterNetX sets the record by itself, which it can for zones that it manages
 * @param domains a proof for each domain; null where there is one for all
 */
public record CertAuthentication(
        String name,
        AuthMethod method,
        String dns,
        String fileName,
        String fileContent,
        List<String> approverEmails,
        Boolean provisioning,
        List<CertAuthentication> domains,
        String scope,
        String status) {

    /** By a record in the DNS. */
    public static CertAuthentication byDns(String line, boolean provisioning) {
        return new CertAuthentication(null, AuthMethod.DNS, line, null, null, null, provisioning, null, null, null);
    }

    /** By a file on the web server. */
    public static CertAuthentication byFile(String fileName, String fileContent) {
        return new CertAuthentication(null, AuthMethod.FILE, null, fileName, fileContent, null, null, null, null, null);
    }

    /** By a mail to people who may approve. */
    public static CertAuthentication byMail(List<String> approverEmails) {
        return new CertAuthentication(null, AuthMethod.EMAIL, null, null, null, approverEmails, null, null, null, null);
    }

    /** What CertificatePrepareOrder has given, where the method is that of the certificate. Each may be null. */
    public static CertAuthentication proof(String dns, String fileName, String fileContent) {
        return new CertAuthentication(null, null, dns, fileName, fileContent, null, null, null, null, null);
    }
}
