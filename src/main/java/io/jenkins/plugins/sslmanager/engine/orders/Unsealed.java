package io.jenkins.plugins.sslmanager.engine.orders;

import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;

/** Private keys out of their seals. */
final class Unsealed {

    private Unsealed() {}

    /** @throws OrderBookException of the kind DAMAGED if it cannot be opened */
    static PrivateKey key(Sealing sealing, String record, String sealed) {
        byte[] plain;
        try {
            plain = sealing.open(record, Base64.getDecoder().decode(sealed));
        } catch (IllegalArgumentException e) {
            throw new OrderBookException(
                    OrderBookException.Kind.DAMAGED, "The sealed private key of record " + record + " is damaged", e);
        }
        try {
            return Pem.privateKey(new String(plain, StandardCharsets.US_ASCII));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }
}
