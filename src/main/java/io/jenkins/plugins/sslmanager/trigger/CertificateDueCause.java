package io.jenkins.plugins.sslmanager.trigger;

import hudson.model.Cause;

/** A certificate is due. */
public final class CertificateDueCause extends Cause {

    private final String certificateName;
    private final String notAfter;

    /** @param notAfter ISO 8601, UTC */
    CertificateDueCause(String certificateName, String notAfter) {
        this.certificateName = certificateName;
        this.notAfter = notAfter;
    }

    @Override
    public String getShortDescription() {
        return Messages.CertificateDueCause_description(certificateName, notAfter.substring(0, 10));
    }
}
