package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.inbox.JobOutcome;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.ProofOfControl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the steps return: maps of strings, numbers, lists and maps, which a sandboxed Pipeline may read and keep. */
public final class StepResults {

    private StepResults() {}

    public static Map<String, Object> prepared(CertificateData prepared, CertificateSigningRequest csr) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", prepared.name());
        result.put("names", new ArrayList<>(csr.dnsNames()));
        result.put("product", prepared.product());
        result.put("algorithm", prepared.algorithm());
        result.put("keySize", prepared.keySize());
        Map<String, Object> methods = new LinkedHashMap<>();
        ProofOfControl.byMethod(prepared)
                .forEach((method, offer) -> methods.put(method, method(offer, prepared.name())));
        result.put("authentication", methods);
        return result;
    }

    /** Returns the first domain's method beside a list of all. */
    private static Map<String, Object> method(CertAuthentication offer, String certificateName) {
        List<CertAuthentication> each = ProofOfControl.each(offer);
        Map<String, Object> method = method(each.get(0));
        ArrayList<Map<String, Object>> domains = new ArrayList<>();
        for (CertAuthentication proof : each) {
            Map<String, Object> domain = new LinkedHashMap<>();
            domain.put("name", proof.name() == null ? certificateName : proof.name());
            domain.putAll(method(proof));
            domains.add(domain);
        }
        method.put("domains", domains);
        return method;
    }

    private static Map<String, Object> method(CertAuthentication offer) {
        Map<String, Object> method = new LinkedHashMap<>();
        putIfKnown(method, "dns", offer.dns());
        putIfKnown(method, "fileName", offer.fileName());
        putIfKnown(method, "fileContent", offer.fileContent());
        putIfKnown(
                method,
                "approverEmails",
                offer.approverEmails() == null ? null : new ArrayList<>(offer.approverEmails()));
        putIfKnown(method, "provisioning", offer.provisioning());
        return method;
    }

    public static void putIfKnown(Map<String, Object> map, String key, @CheckForNull Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    public static Map<String, Object> ordered(Order ordered) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("jobId", ordered.jobId());
        result.put("certificateId", ordered.certificate().number());
        result.put("name", ordered.certificateName());
        result.put("previousSerialNumber", ordered.request().previousSerialNumber());
        result.put("clientTransactionId", ordered.request().ctid());
        return result;
    }

    /** What is told of an order whose certificate is there. */
    public static Map<String, Object> issued(Order issued) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("jobId", issued.jobId());
        result.put("status", JobStatus.SUCCESS.name());
        result.put("certificateId", issued.certificateIdNow());
        result.put("name", issued.certificateName());
        return result;
    }

    public static Map<String, Object> ended(JobOutcome outcome) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("jobId", outcome.jobId());
        result.put("status", outcome.status().name());
        result.put("certificateId", outcome.certificateId());
        result.put("name", outcome.certificateName());
        return result;
    }

    /** What a list tells of a certificate. */
    public static Map<String, Object> listed(Certificate row, Instant now) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("certificateId", row.id());
        result.put("name", row.name());
        putIfKnown(result, "product", row.product());
        if (row.expire() != null) {
            Instant end = row.expire().toInstant();
            result.put("notAfter", end.toString());
            result.put("daysLeft", Duration.between(now, end).toDays());
        }
        return result;
    }

    public static Map<String, Object> certificate(
            IssuedCertificate issued, CertificateOfBuild facts, @CheckForNull String credentialsId) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("certificateId", issued.data().id());
        result.put("name", facts.getName());
        result.put("names", new ArrayList<>(facts.getNames()));
        result.put("product", issued.data().product());
        result.put("subject", facts.getSubject());
        result.put("issuer", facts.getIssuer());
        result.put("serialNumber", facts.getSerialNumber());
        result.put("sha256Fingerprint", facts.getSha256Fingerprint());
        result.put("notBefore", facts.getNotBefore());
        result.put("notAfter", facts.getNotAfter());
        result.put("daysLeft", facts.getDaysLeft());
        result.put("due", facts.isDue());
        result.put("renewalNeeded", facts.isRenewalNeeded());
        result.put("files", new LinkedHashMap<>(facts.getFiles()));
        putIfKnown(result, "credentialsId", credentialsId);
        return result;
    }
}
