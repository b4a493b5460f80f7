package io.jenkins.plugins.sslmanager.engine.orders;

import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;

/** Private keys as records hold them: PEM, sealed, Base64. */
public final class SealedKeys {

    private SealedKeys() {}

    /** @param record the id that it opens with */
    public static String seal(Sealing sealing, String record, PrivateKey key) {
        byte[] plain = Pem.encode(key).getBytes(StandardCharsets.US_ASCII);
        try {
            return Base64.getEncoder().encodeToString(sealing.seal(record, plain));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** @throws OrderBookException of the kind DAMAGED if it cannot be opened */
    public static PrivateKey open(Sealing sealing, String record, String sealed) {
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
