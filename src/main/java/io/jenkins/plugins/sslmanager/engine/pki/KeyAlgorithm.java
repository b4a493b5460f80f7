package io.jenkins.plugins.sslmanager.engine.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kinds of key that the SSL Manager takes: RSA from 2048 bits, EC on P-256 and P-384. */
public enum KeyAlgorithm {
    RSA_2048,
    RSA_3072,
    RSA_4096,
    EC_P256,
    EC_P384;

    /** Returns a new key pair from the platform's default secure random source. */
    public KeyPair generate() {
        return switch (this) {
            case RSA_2048 -> rsa(2048);
            case RSA_3072 -> rsa(3072);
            case RSA_4096 -> rsa(4096);
            case EC_P256 -> generate("EC", new ECGenParameterSpec("secp256r1"));
            case EC_P384 -> generate("EC", new ECGenParameterSpec("secp384r1"));
        };
    }

    private static KeyPair rsa(int bits) {
        return generate("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
    }

    private static KeyPair generate(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK can make this key", e);
        }
    }

    /** As the JDK names the one to sign with a key of this kind. */
    static String signatureAlgorithm(PublicKey key) {
        if (key instanceof ECPublicKey ecKey) {
            boolean p256 = ecKey.getParams().getCurve().getField().getFieldSize() == 256;
            return p256 ? "SHA256withECDSA" : "SHA384withECDSA";
        }
        return "SHA256withRSA";
    }
}
