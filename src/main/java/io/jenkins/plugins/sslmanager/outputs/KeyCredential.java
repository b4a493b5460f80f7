package io.jenkins.plugins.sslmanager.outputs;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.util.Secret;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.pki.PlaceholderCertificate;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Optional;

/** A credential of the kind certificate for a private key that has no certificate yet. */
public record KeyCredential(CredentialPlace place, String id) implements KeyPlace {

    private static final String ALIAS = "key";

    @Override
    public void check() throws AbortException {
        requireFree();
        place.requireRemovable(id);
    }

    /** @throws AbortException if the build may not keep a key there, or there is a certificate that may be in use */
    public void requireFree() throws AbortException {
        requireNotInUse(place.requireWritable(id));
    }

    private void requireNotInUse(@CheckForNull CertificateCredentialsImpl current) throws AbortException {
        if (current != null && !PlaceholderCertificate.is(entry(current).leaf())) {
            throw new AbortException("The credential '" + id + "' in " + place
                    + " holds a certificate, which may be in use. A new key does not take its place: choose another id, or"
                    + " delete that credential");
        }
    }

    private KeyStores.Entry entry(CertificateCredentialsImpl credential) throws AbortException {
        try {
            return KeyStores.entry(
                    credential.getKeyStore(),
                    credential.getPassword().getPlainText().toCharArray());
        } catch (PkiException e) {
            throw new AbortException("The credential '" + id + "' in " + place + " cannot be used: " + e.getMessage());
        }
    }

    @Override
    public Optional<WaitingKey> find() throws AbortException {
        CertificateCredentialsImpl current = place.read(id);
        if (current == null) {
            return Optional.empty();
        }
        requireNotInUse(current);
        KeyStores.Entry entry = entry(current);
        return Optional.of(new WaitingKey(
                new KeyPair(entry.leaf().getPublicKey(), entry.key()),
                entry.leaf().getNotBefore().toInstant()));
    }

    @Override
    public boolean keep(KeyPair keys, CertificateSigningRequest csr) throws AbortException {
        CertificateCredentialsImpl current = place.requireWritable(id);
        requireNotInUse(current);
        Secret password = CertificateCredential.randomPassword();
        byte[] store = KeyStores.pkcs12(
                keys.getPrivate(),
                PlaceholderCertificate.of(keys, Instant.now()),
                ALIAS,
                password.getPlainText().toCharArray());
        place.put(
                current,
                new CertificateCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        id,
                        "Private key for " + csr.dnsNames().get(0) + " (SSL Manager, waits for its certificate)",
                        password.getPlainText(),
                        new CertificateCredentialsImpl.UploadedKeyStoreSource(null, SecretBytes.fromBytes(store))));
        return false;
    }

    @Override
    public void clear() throws AbortException {
        CertificateCredentialsImpl current = place.read(id);
        if (current != null) {
            place.remove(current);
        }
    }

    @Override
    public String toString() {
        return "the credential '" + id + "' in " + place;
    }
}
