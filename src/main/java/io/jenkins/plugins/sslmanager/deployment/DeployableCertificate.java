package io.jenkins.plugins.sslmanager.deployment;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** The certificate of a credential, with its key and those above it. */
record DeployableCertificate(PrivateKey key, CertificateChain chain) {

    /**
     * Looks it up as the build, and has Jenkins show on the credential's page that the build uses it.
     *
     * @throws IllegalArgumentException if the build may use no such credential, or it lacks what is needed
     */
    static DeployableCertificate of(Run<?, ?> build, String credentialsId) {
        StandardCertificateCredentials found =
                CredentialsProvider.findCredentialById(credentialsId, StandardCertificateCredentials.class, build);
        if (found == null) {
            throw new IllegalArgumentException(missing(build, credentialsId));
        }
        CredentialsProvider.track(build, found);
        try {
            KeyStores.Entry entry = KeyStores.entry(
                    found.getKeyStore(), found.getPassword().getPlainText().toCharArray());
            KeyStores.requirePair(entry.key(), entry.leaf());
            return new DeployableCertificate(entry.key(), CertificateChain.of(entry.leaf(), entry.authorities()));
        } catch (PkiException e) {
            throw new IllegalArgumentException(
                    "credentialsId: '" + credentialsId + "' cannot be deployed. "
                            + e.getMessage().replaceFirst("\\.$", "")
                            + ". Take a credential that holds a certificate together with its private key",
                    e);
        }
    }

    private static String missing(Run<?, ?> build, String credentialsId) {
        IdCredentials other = CredentialsProvider.findCredentialById(credentialsId, StandardCredentials.class, build);
        return other == null
                ? "There are no credentials '" + credentialsId + "' of the kind 'Certificate' that this build may use."
                        + " Check 'credentialsId' and the folder it is in"
                : "credentialsId: '" + credentialsId + "' is of the kind '"
                        + other.getDescriptor().getDisplayName()
                        + "', and only a certificate can be deployed. Choose a credential of the kind 'Certificate'";
    }

    X509Certificate leaf() {
        return chain.leaf();
    }

    String sha256Fingerprint() {
        return Certificates.sha256Fingerprint(leaf());
    }

    /** For the log. */
    String words() {
        return leaf().getSubjectX500Principal().getName() + ", serial number " + Certificates.serialNumber(leaf())
                + ", until " + leaf().getNotAfter().toInstant();
    }
}
