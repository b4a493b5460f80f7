package io.jenkins.plugins.sslmanager.certificates;

import io.jenkins.plugins.sslmanager.delivery.CertificateFacts;
import java.time.Instant;

/** How a certificate stands at a moment. */
public enum CertificateState {
    OK,
    DUE,
    /** Due, and a re-issue would not help, since the paid term ends with the certificate. */
    RENEWAL_NEEDED,
    EXPIRED;

    static CertificateState of(CertificateFacts facts, Instant now) {
        if (!now.isBefore(facts.notAfter())) {
            return EXPIRED;
        }
        if (!facts.isDue(now)) {
            return OK;
        }
        return facts.endsWithItsTerm() ? RENEWAL_NEEDED : DUE;
    }

    public String getDisplayName() {
        return switch (this) {
            case OK -> Messages.CertificateState_ok();
            case DUE -> Messages.CertificateState_due();
            case RENEWAL_NEEDED -> Messages.CertificateState_renewalNeeded();
            case EXPIRED -> Messages.CertificateState_expired();
        };
    }
}
