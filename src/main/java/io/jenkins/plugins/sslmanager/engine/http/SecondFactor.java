package io.jenkins.plugins.sslmanager.engine.http;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.bouncycastle.util.encoders.DecoderException;

/**
 * The one-time tokens of a two-factor login, as an authenticator app shows them: six digits, another every 30 seconds, by
 * HMAC-SHA-1 (RFC 6238).
 *
 * @param secret what the service shows when the second factor is set up, in Base32 (RFC 4648); white space and case do not
 *     matter; never printed
 */
public record SecondFactor(String secret) {

    /** @throws IllegalArgumentException if it is no such secret; the message does not contain it */
    public SecondFactor {
        secret = secret.replaceAll("[\\s=-]", "").toUpperCase(Locale.ROOT);
        if (secret.isEmpty() || key(secret).length == 0) {
            throw unusable();
        }
    }

    /** The token of this moment. */
    public String token(Instant now) {
        try {
            return new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(new SecretKeySpec(key(secret), "HmacSHA1"), now);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] key(String secret) {
        try {
            return Base32.decode(secret + "=".repeat((8 - secret.length() % 8) % 8));
        } catch (DecoderException e) {
            throw unusable();
        }
    }

    /** Without the cause, which would quote it. */
    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException(
                "SSL Manager account: the TOTP secret (2FA) is not in Base32 (letters and the digits 2 to 7):"
                        + " enter what the service showed when the second factor was set up, not a token of the moment.");
    }

    @Override
    public String toString() {
        return "second factor";
    }
}
