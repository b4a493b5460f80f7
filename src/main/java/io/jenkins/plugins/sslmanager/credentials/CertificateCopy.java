package io.jenkins.plugins.sslmanager.credentials;

import hudson.util.Secret;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.vault.Vault;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import io.jenkins.plugins.sslmanager.engine.vault.VaultException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.stream.Stream;

/**
 * Certificate, intermediates and key as a key store for an agent, which has no vault. It is of the type that the controller's Java
 * takes by default, since one that is bound to FIPS 140 refuses PKCS#12.
 */
final class CertificateCopy implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int PASSWORD_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String type;
    private final byte[] bytes;
    private final Secret password;

    private CertificateCopy(String type, byte[] bytes, Secret password) {
        this.type = type;
        this.bytes = bytes;
        this.password = password;
    }

    static CertificateCopy of(KeyStore store, Secret password) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, characters(password));
            return new CertificateCopy(store.getType(), bytes.toByteArray(), password);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The key store cannot be made: " + e.getMessage(), e);
        }
    }

    Secret password() {
        return password;
    }

    /** @throws IllegalStateException if it cannot be read by this Java */
    KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(new ByteArrayInputStream(bytes), characters(password));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "The key store of type " + type + " cannot be read by this Java: " + e.getMessage(), e);
        }
    }

    /**
     * Returns what an entry of the vault has now.
     *
     * @throws VaultException if it is damaged, or was given up
     * @throws IllegalStateException if this Java can make no key store
     */
    static KeyStore keyStore(String entryId, String alias, Secret password) {
        Vault vault = CertificateVault.get().vault();
        VaultEntry entry = vault.required(entryId);
        CertificateChain chain = entry.newest().chain();
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry(
                    alias,
                    vault.key(entry),
                    characters(password),
                    Stream.concat(Stream.of(chain.leaf()), chain.intermediates().stream())
                            .toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "This Java can make no key store of its default type, " + KeyStore.getDefaultType() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Long enough for every rule. */
    static Secret newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(random);
        return Secret.fromString(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    private static char[] characters(Secret password) {
        return password.getPlainText().toCharArray();
    }
}
