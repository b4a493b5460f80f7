package io.jenkins.plugins.sslmanager.engine.served;

import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import java.io.Serializable;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A certificate that a server has presented.
 *
 * @param sha256Fingerprint as {@link Certificates#sha256Fingerprint} gives it
 * @param subject bounded, and without control characters
 */
public record PresentedCertificate(String sha256Fingerprint, String subject, String serialNumber, Instant notAfter)
        implements Serializable {

    private static final int LONGEST_SUBJECT = 120;

    static PresentedCertificate of(X509Certificate leaf) {
        return new PresentedCertificate(
                Certificates.sha256Fingerprint(leaf),
                ForeignText.oneLine(leaf.getSubjectX500Principal().getName(), LONGEST_SUBJECT),
                Certificates.serialNumber(leaf),
                leaf.getNotAfter().toInstant());
    }

    /** For messages. */
    @Override
    public String toString() {
        return subject + ", serial number " + serialNumber + ", until " + notAfter;
    }
}
