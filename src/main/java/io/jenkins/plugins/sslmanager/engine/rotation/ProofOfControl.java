package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;

/** What proves control of the domains, in words. */
public final class ProofOfControl {

    private ProofOfControl() {}

    /** Whether it is a record or a file that somebody has to set. */
    public static boolean isToBeSet(CertAuthentication proof) {
        return proof.dns() != null || proof.fileName() != null;
    }

    /** What a person who watches may have to do. */
    public static String explanation(CertAuthentication proof) {
        if (proof.dns() != null) {
            return "Set this DNS record unless InterNetX manages the zone: "
                    + proof.dns().replaceAll("\\s+", " ");
        }
        return proof.fileName() != null
                ? "To be found at " + proof.fileName() + ": " + proof.fileContent()
                : "The service sends an e-mail that has to be approved";
    }
}
