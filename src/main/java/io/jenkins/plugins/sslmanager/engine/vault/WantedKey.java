package io.jenkins.plugins.sslmanager.engine.vault;

import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import java.time.Instant;
import java.util.Objects;

/**
 * A certificate that is not due, and whose key a job lacks.
 *
 * @param changed when this record was written
 * @param confirmed whether an administrator has allowed the order, whatever else is wanted
 * @param ordered whether it was ordered for that reason, which happens once
 */
public record WantedKey(
        CertificateId certificate,
        String certificateName,
        String job,
        Instant changed,
        boolean confirmed,
        boolean ordered) {

    /** Also of what stands in a file. */
    public WantedKey {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(certificateName, "certificateName");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(changed, "changed");
    }

    /** Whether it was ordered, or may be. */
    boolean isSettled() {
        return confirmed || ordered;
    }

    WantedKey asConfirmed(Instant now) {
        return new WantedKey(certificate, certificateName, job, now, true, ordered);
    }

    WantedKey asOrdered(Instant now) {
        return new WantedKey(certificate, certificateName, job, now, confirmed, true);
    }

    WantedKey of(String otherJob) {
        return new WantedKey(certificate, certificateName, otherJob, changed, confirmed, ordered);
    }
}
