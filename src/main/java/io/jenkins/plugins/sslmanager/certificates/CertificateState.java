package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.delivery.CertificateFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a certificate stands at a moment, the worst first. */
public enum CertificateState {
    EXPIRED("symbol-close-circle"),
    /** A build could not rotate it, and none has since. */
    FAILED("symbol-warning"),
    /** Due, and a re-issue would not help, since the paid term ends with the certificate. */
    RENEWAL_NEEDED("symbol-shopping-bag"),
    DUE("symbol-hourglass"),
    /** Not due, and the paid term ends soon. */
    TERM_ENDS("symbol-shopping-bag"),
    OK("symbol-status-blue");

    private final String icon;

    CertificateState(String icon) {
        this.icon = icon;
    }

    /**
     * @param notice how long before its end a paid term is told
     * @param failed whether the last rotation failed, as far as the viewer may know
     */
    static CertificateState of(CertificateFacts facts, Duration notice, boolean failed, Instant now) {
        if (!now.isBefore(facts.notAfter())) {
            return EXPIRED;
        }
        if (failed) {
            return FAILED;
        }
        if (!facts.isDue(now)) {
            return facts.paidTermEndsWithin(notice, now) ? TERM_ENDS : OK;
        }
        return facts.endsWithItsTerm() ? RENEWAL_NEEDED : DUE;
    }

    /** As it stands in an address, and in the names of styles. */
    public String getKey() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<CertificateState> ofKey(@CheckForNull String key) {
        return Arrays.stream(values())
                .filter(state -> state.getKey().equals(key))
                .findFirst();
    }

    /** Whether servers may fail for it already, or soon without anybody being told. */
    boolean isUrgent() {
        return this == EXPIRED || this == FAILED;
    }

    public String getIcon() {
        return icon;
    }

    public String getDisplayName() {
        return switch (this) {
            case FAILED -> Messages.CertificateState_failed();
            case OK -> Messages.CertificateState_ok();
            case DUE -> Messages.CertificateState_due();
            case RENEWAL_NEEDED -> Messages.CertificateState_renewalNeeded();
            case TERM_ENDS -> Messages.CertificateState_termEnds();
            case EXPIRED -> Messages.CertificateState_expired();
        };
    }
}
