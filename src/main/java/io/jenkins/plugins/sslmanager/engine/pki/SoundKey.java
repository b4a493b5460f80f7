package io.jenkins.plugins.sslmanager.engine.pki;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.stream.Stream;

/**
 * A private key whose numbers are no larger than such a key needs. Java checks neither their size nor whether they belong
 * together, and to sign with a key of a few kilobytes can take minutes that nothing interrupts.
 */
final class SoundKey {

    /** What Java itself accepts of a public key. */
    private static final int MOST_RSA_BITS = 16_384;

    private SoundKey() {}

    /** Tells it of an RSA (RFC 8017, section 3.2) or EC key; any other key is not sound. */
    static boolean is(PrivateKey key) {
        if (key instanceof RSAPrivateCrtKey crt) {
            return isSmall(crt) && isFactored(crt);
        }
        if (key instanceof RSAPrivateKey rsa) {
            return isSmall(rsa);
        }
        return key instanceof ECPrivateKey ec
                && ec.getS().bitLength() <= ec.getParams().getOrder().bitLength();
    }

    private static boolean isSmall(RSAPrivateKey key) {
        int bits = key.getModulus().bitLength();
        return bits <= MOST_RSA_BITS && key.getPrivateExponent().bitLength() <= bits;
    }

    private static boolean isFactored(RSAPrivateCrtKey key) {
        BigInteger modulus = key.getModulus();
        return Stream.of(
                                key.getPrimeP(),
                                key.getPrimeQ(),
                                key.getPrimeExponentP(),
                                key.getPrimeExponentQ(),
                                key.getCrtCoefficient())
                        .allMatch(part -> part.signum() > 0 && part.bitLength() <= modulus.bitLength())
                && key.getPrimeP().multiply(key.getPrimeQ()).equals(modulus);
    }
}
