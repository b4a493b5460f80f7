package io.jenkins.plugins.sslmanager.engine.vault;

import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import io.jenkins.plugins.sslmanager.engine.orders.SealedKeys;
import io.jenkins.plugins.sslmanager.engine.orders.Sealing;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** Seals the vault's keys, each for its entry and certificate, and opens them. */
final class VaultKeys {

    private final Sealing sealing;

    VaultKeys(Sealing sealing) {
        this.sealing = sealing;
    }

    private static String purpose(String entryId, X509Certificate leaf) {
        return "vault/" + entryId + "/" + Certificates.publicKeySha256(leaf);
    }

    /** Base64. */
    String seal(String entryId, CertificateChain chain, PrivateKey key) {
        return SealedKeys.seal(sealing, purpose(entryId, chain.leaf()), key);
    }

    /**
     * The key of an entry's newest version.
     *
     * @throws VaultException if it cannot be opened, or there is none
     */
    PrivateKey open(VaultEntry entry) {
        VaultVersion newest = entry.newest();
        String sealed = newest.sealedKey();
        if (sealed == null) {
            throw new VaultException(
                    "The vault has no key of " + entry + " any more, since the entry was given up", null);
        }
        try {
            return SealedKeys.open(sealing, purpose(entry.id(), newest.certificate()), sealed);
        } catch (OrderBookException e) {
            throw new VaultException(
                    "The vault's key of " + entry + " cannot be opened. Restore the file "
                            + VaultEntries.fileName(entry)
                            + ".json of the vault and Jenkins' folder 'secrets' as they were when it was stored, or give the"
                            + " entry up. " + e.getMessage(),
                    e);
        }
    }
}
