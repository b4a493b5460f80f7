package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.dns.DnsRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/** What proves control of the domains, for the block that publishes it. */
record ValidationData(CertAuthentication proof) {

    /** The record; null where it is no record. */
    @CheckForNull
    DnsRecord record() {
        return proof.dns() == null ? null : DnsRecord.parse(proof.dns());
    }

    /** All of these are public facts, since they are to be published. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SSL_VALIDATION_METHOD", String.valueOf(proof.method()));
        DnsRecord record = record();
        if (record != null) {
            Integer ttl = record.ttl();
            variables.put("SSL_DNS_RECORD", proof.dns());
            variables.put("SSL_DNS_NAME", record.name());
            variables.put("SSL_DNS_TYPE", record.type().name());
            variables.put("SSL_DNS_TTL", ttl == null ? "" : ttl.toString());
            variables.put("SSL_DNS_VALUE", record.value());
        }
        if (proof.fileName() != null) {
            variables.put("SSL_FILE_NAME", proof.fileName());
            variables.put("SSL_FILE_CONTENT", proof.fileContent() == null ? "" : proof.fileContent());
        }
        return variables;
    }
}
