package io.jenkins.plugins.sslmanager.delivery;

import hudson.ExtensionPoint;
import hudson.model.Run;
import jenkins.util.Listeners;

/** Is told what has become of each certificate of a build. What it throws is logged, and no trouble of the build's. */
public abstract class CertificateListener implements ExtensionPoint {

    /**
     * @param build may still be running
     * @param outcome not one that the build still waits for
     */
    public abstract void onOutcome(Run<?, ?> build, CertificateOutcome outcome);

    static void tell(Run<?, ?> build, CertificateOutcome outcome) {
        Listeners.notify(CertificateListener.class, true, listener -> listener.onOutcome(build, outcome));
    }
}
