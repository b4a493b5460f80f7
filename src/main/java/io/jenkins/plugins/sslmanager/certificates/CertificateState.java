package io.jenkins.plugins.sslmanager.certificates;

import io.jenkins.plugins.sslmanager.delivery.CertificateFacts;
import java.time.Duration;
import java.time.Instant;

/** How a certificate stands at a moment. */
public enum CertificateState {
    OK,
    DUE,
    /** Due, and a re-issue would not help, since the paid term ends with the certificate. */
    RENEWAL_NEEDED,
    /** Not due, and the paid term ends soon. */
    TERM_ENDS,
    EXPIRED;

    /** @param notice how long before its end a paid term is told */
    static CertificateState of(CertificateFacts facts, Duration notice, Instant now) {
        if (!now.isBefore(facts.notAfter())) {
            return EXPIRED;
        }
        if (!facts.isDue(now)) {
            return facts.paidTermEndsWithin(notice, now) ? TERM_ENDS : OK;
        }
        return facts.endsWithItsTerm() ? RENEWAL_NEEDED : DUE;
    }

    public String getDisplayName() {
        return switch (this) {
            case OK -> Messages.CertificateState_ok();
            case DUE -> Messages.CertificateState_due();
            case RENEWAL_NEEDED -> Messages.CertificateState_renewalNeeded();
            case TERM_ENDS -> Messages.CertificateState_termEnds();
            case EXPIRED -> Messages.CertificateState_expired();
        };
    }
}
