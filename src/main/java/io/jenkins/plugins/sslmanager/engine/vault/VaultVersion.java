package io.jenkins.plugins.sslmanager.engine.vault;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One certificate of an entry.
 *
 * @param leaf PEM
 * @param authorities intermediates and root in PEM, the leaf's issuer first; empty where there is none
 * @param sealedKey Base64; null once it was deleted
 * @param stored when it came into the vault
 */
public record VaultVersion(
        String leaf, String authorities, @CheckForNull String sealedKey, Instant stored) {

    /** Also of what stands in a file. */
    public VaultVersion {
        Objects.requireNonNull(leaf, "leaf");
        Objects.requireNonNull(authorities, "authorities");
        Objects.requireNonNull(stored, "stored");
    }

    static VaultVersion of(CertificateChain chain, String sealedKey, Instant stored) {
        return new VaultVersion(
                chain.leafPem(), chain.chainPem() + chain.rootPem().orElse(""), sealedKey, stored);
    }

    VaultVersion withoutKey() {
        return new VaultVersion(leaf, authorities, null, stored);
    }

    /** Whether its key is still here. */
    public boolean hasKey() {
        return sealedKey != null;
    }

    public X509Certificate certificate() {
        return Pem.certificate(leaf);
    }

    public CertificateChain chain() {
        return CertificateChain.of(certificate(), authorities.isEmpty() ? List.of() : Pem.certificates(authorities));
    }

    public boolean isOf(X509Certificate other) {
        return certificate().equals(other);
    }

    /** Upper-case hex. */
    public String serialNumber() {
        return Certificates.serialNumber(certificate());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "version " + serialNumber() + (hasKey() ? "" : " without key");
    }
}
