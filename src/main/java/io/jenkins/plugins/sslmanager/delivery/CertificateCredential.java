package io.jenkins.plugins.sslmanager.delivery;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.util.Secret;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A credential that holds a certificate, its intermediates and its private key.
 *
 * @param keepPrevious whether what is replaced stays, under the id with the suffix {@value #PREVIOUS}
 */
public record CertificateCredential(CredentialPlace place, String id, boolean keepPrevious) {

    public static final String PREVIOUS = "-previous";

    private static final Pattern OWN_DESCRIPTION =
            Pattern.compile(".* \\(SSL Manager, serial number [0-9A-F]+, until .*\\)");
    private static final int PASSWORD_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @throws AbortException if the build may not write it, or must not replace what is there */
    public void check() throws AbortException {
        if (place.requireWritable(id) != null && keepPrevious) {
            place.requireWritable(id + PREVIOUS);
        }
    }

    /**
     * The certificate that is there by now; empty where there is none, or none that can be read.
     *
     * @throws AbortException if the build lacks the permission, or what is there is no certificate
     */
    public Optional<X509Certificate> leaf() throws AbortException {
        CertificateCredentialsImpl current = place.read(id);
        try {
            return current == null
                    ? Optional.empty()
                    : Optional.of(KeyStores.entry(current.getKeyStore(), characters(current.getPassword()))
                            .leaf());
        } catch (PkiException e) {
            return Optional.empty();
        }
    }

    /**
     * Makes all that is to be stored, and stores nothing yet.
     *
     * @param password of the credential's key store; null for a random one
     * @throws AbortException as {@link #check}
     * @throws io.jenkins.plugins.sslmanager.engine.pki.PkiException if the key is not the certificate's
     */
    public Change prepare(IssuedCertificate issued, PrivateKey key, @CheckForNull Secret password)
            throws AbortException {
        KeyStores.requirePair(key, issued.chain().leaf());
        CertificateCredentialsImpl current = place.requireWritable(id);
        List<Write> writes = new ArrayList<>();
        if (current == null || !holds(current, issued, key, password)) {
            if (current != null && keepPrevious) {
                writes.add(new Write(place.requireWritable(id + PREVIOUS), copy(current)));
            }
            writes.add(new Write(current, make(current, issued, key, password == null ? randomPassword() : password)));
        }
        return new Change(place, id, writes);
    }

    private static boolean holds(
            CertificateCredentialsImpl current,
            IssuedCertificate issued,
            PrivateKey key,
            @CheckForNull Secret password) {
        return (password == null || password.equals(current.getPassword()))
                && KeyStores.holds(current.getKeyStore(), key, issued.chain(), characters(current.getPassword()));
    }

    private CertificateCredentialsImpl copy(CertificateCredentialsImpl current) throws AbortException {
        try {
            return new CertificateCredentialsImpl(
                    current.getScope(),
                    id + PREVIOUS,
                    current.getDescription(),
                    current.getPassword().getPlainText(),
                    current.getKeyStoreSource());
        } catch (IllegalArgumentException e) {
            throw new AbortException("keepPreviousCredential: '" + id + "' in " + place
                    + " cannot be kept, since its key store cannot be read. Leave 'keepPreviousCredential' out");
        }
    }

    private CertificateCredentialsImpl make(
            @CheckForNull CertificateCredentialsImpl current,
            IssuedCertificate issued,
            PrivateKey key,
            Secret password) {
        byte[] store = KeyStores.pkcs12(key, issued.chain(), issued.data().name(), characters(password));
        return new CertificateCredentialsImpl(
                // The scope is never widened: what an administrator keeps from builds stays so.
                current == null ? CredentialsScope.GLOBAL : current.getScope(),
                id,
                description(current, issued),
                password.getPlainText(),
                new CertificateCredentialsImpl.UploadedKeyStoreSource(null, SecretBytes.fromBytes(store)));
    }

    private static String description(@CheckForNull CertificateCredentialsImpl current, IssuedCertificate issued) {
        String present = current == null ? null : Util.fixEmptyAndTrim(current.getDescription());
        if (present != null && !OWN_DESCRIPTION.matcher(present).matches()) {
            return present;
        }
        X509Certificate leaf = issued.chain().leaf();
        return issued.data().name() + " (SSL Manager, serial number " + Certificates.serialNumber(leaf) + ", until "
                + leaf.getNotAfter().toInstant() + ")";
    }

    static Secret randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return Secret.fromString(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static char[] characters(Secret password) {
        return password.getPlainText().toCharArray();
    }

    private record Write(@CheckForNull CertificateCredentialsImpl former, CertificateCredentialsImpl next) {}

    /** What is about to be stored. */
    public static final class Change {

        private final CredentialPlace place;
        private final String id;
        private final List<Write> writes;

        private Change(CredentialPlace place, String id, List<Write> writes) {
            this.place = place;
            this.id = id;
            this.writes = writes;
        }

        /**
         * @param files what was written before, for the message if this fails
         * @return what was done, for the log
         * @throws AbortException if the store does not take it
         */
        public String store(Collection<String> files) throws AbortException {
            if (writes.isEmpty()) {
                return "The credential '" + id + "' in " + place + " holds this certificate already";
            }
            for (Write write : writes) {
                try {
                    place.put(write.former(), write.next());
                } catch (AbortException e) {
                    throw new AbortException(
                            e.getMessage() + ". These files were written before: " + String.join(", ", files));
                }
            }
            return "Stored the credential '" + id + "' in " + place
                    + (writes.size() > 1 ? " and kept the one before as '" + id + PREVIOUS + "'" : "");
        }
    }
}
