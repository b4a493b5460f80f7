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
        String status) {}
