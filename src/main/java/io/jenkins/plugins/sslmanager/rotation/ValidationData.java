package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.HarmlessText;
import io.jenkins.plugins.sslmanager.engine.dns.DnsRecord;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.rotation.ProofOfControl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What proves control of one domain, for the block that publishes it.
 *
 * @param certificateName the domain where the service names none
 */
record ValidationData(CertAuthentication proof, String certificateName) {

    /**
     * @throws IllegalArgumentException if a shell could act upon what the service has sent, or its record cannot be read; the
     *     message names the variable, or quotes the record
     */
    ValidationData {
        require("SSL_DOMAIN", HarmlessText.NAME, proof.name() == null ? certificateName : proof.name());
        require("SSL_VALIDATION_METHOD", HarmlessText.WORD, String.valueOf(proof.method()));
        require("SSL_DNS_RECORD", HarmlessText.RECORD, proof.dns());
        require("SSL_FILE_NAME", HarmlessText.FILE_NAME, proof.fileName());
        require("SSL_FILE_CONTENT", HarmlessText.FILE_CONTENT, proof.fileContent());
        if (proof.dns() != null) {
            DnsRecord.parse(proof.dns());
        }
    }

    private static void require(String variable, HarmlessText kind, @CheckForNull String value) {
        if (value != null && !kind.fits(value)) {
            throw new IllegalArgumentException(
                    "The block does not run and nothing is ordered, since the service has sent a"
                            + " value for " + variable + " that a shell could act upon: " + HarmlessText.quoted(value)
                            + ". Ask InterNetX, or publish the proof without a block and use sslRotateCertificate");
        }
    }

    /**
     * One for each record or file that has to be set.
     *
     * @throws ReissueException if one of them is not known
     */
    static List<ValidationData> of(CertAuthentication proof, String certificateName) {
        ProofOfControl.requireRecords(proof, certificateName);
        return ProofOfControl.toBeSet(proof).stream()
                .map(each -> new ValidationData(each, certificateName))
                .toList();
    }

    /** As it is known after a restart. */
    String domain() {
        return proof.name() == null ? certificateName : proof.name();
    }

    /** The record; null where it is no record. */
    @CheckForNull
    DnsRecord record() {
        return proof.dns() == null ? null : DnsRecord.parse(proof.dns());
    }

    /** All of these are public facts, since they are to be published. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SSL_DOMAIN", domain());
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
