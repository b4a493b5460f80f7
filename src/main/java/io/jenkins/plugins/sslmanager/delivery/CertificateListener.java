package io.jenkins.plugins.sslmanager.delivery;

import hudson.ExtensionPoint;
import hudson.model.Run;
import jenkins.util.Listeners;

/** Is told of each certificate that a build has got. What it throws is logged, and no trouble of the build's. */
public abstract class CertificateListener implements ExtensionPoint {

    /** @param build may still be running */
    public abstract void onCertificate(Run<?, ?> build, CertificateFacts certificate);

    static void tell(Run<?, ?> build, CertificateFacts certificate) {
        Listeners.notify(CertificateListener.class, true, listener -> listener.onCertificate(build, certificate));
    }
}
