package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import java.security.PrivateKey;

/** A certificate that is kept with its key. */
public record KeptCertificate(CertificateChain chain, PrivateKey key) {

    /** Without the key. */
    @Override
    public String toString() {
        return chain.leaf().getSubjectX500Principal().getName();
    }
}
