package io.jenkins.plugins.sslmanager.engine.orders;

import java.time.Instant;
import java.util.Objects;

/**
 * A private key that no open order needs, known by its fingerprint: it waits for its order, or its order was given up and its
 * certificate may still come. Any number of them may wait for one certificate.
 *
 * @param publicKeySha256 of its SubjectPublicKeyInfo, lower-case hex
 * @param csr PEM
 * @param owner whose builds may order for it
 * @param sealedFor the record that it was sealed for, whose id it opens with
 * @param sealedKey Base64
 * @param created when it began to wait
 */
public record KeptKey(
        String publicKeySha256, String csr, Owner owner, String sealedFor, String sealedKey, Instant created) {

    /** Also of what stands in a file. */
    public KeptKey {
        Objects.requireNonNull(publicKeySha256, "publicKeySha256");
        Objects.requireNonNull(csr, "csr");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(sealedFor, "sealedFor");
        Objects.requireNonNull(sealedKey, "sealedKey");
        Objects.requireNonNull(created, "created");
    }

    KeptKey ownedBy(Owner next) {
        return new KeptKey(publicKeySha256, csr, next, sealedFor, sealedKey, created);
    }

    @Override
    public String toString() {
        return "key " + publicKeySha256;
    }
}
