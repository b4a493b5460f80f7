package io.jenkins.plugins.sslmanager.certificates;

/** How a certificate stands at a moment. */
public enum CertificateState {
    OK,
    DUE,
    /** Due, and a re-issue would not help, since the paid term ends with the certificate. */
    RENEWAL_NEEDED,
    EXPIRED;

    public String getDisplayName() {
        return switch (this) {
            case OK -> Messages.CertificateState_ok();
            case DUE -> Messages.CertificateState_due();
            case RENEWAL_NEEDED -> Messages.CertificateState_renewalNeeded();
            case EXPIRED -> Messages.CertificateState_expired();
        };
    }
}
