package io.jenkins.plugins.sslmanager.engine.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The public keys that the service takes: RSA from 2048 bits, EC on P-256 and P-384. */
final class AcceptedKeys {

    private static final int MIN_RSA_BITS = 2048;

    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);

    private static final String REMEDY = ". Create the CSR with a key that the SSL Manager takes: RSA from "
            + MIN_RSA_BITS + " bits, or EC on P-256 or P-384.";

    private AcceptedKeys() {}

    /**
     * @throws PkiException where the service would refuse the key
     * @throws IOException where the key is malformed
     * @throws GeneralSecurityException where the JDK cannot read the key
     */
    static PublicKey read(SubjectPublicKeyInfo key) throws IOException, GeneralSecurityException {
        ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            checkSize(RSAPublicKey.getInstance(key.parsePublicKey()));
        } else if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            checkCurve(key.getAlgorithm().getParameters());
        } else {
            throw new PkiException(
                    "The key of the CSR is neither RSA nor EC but of the algorithm " + algorithm + REMEDY);
        }
        return keyFactory(algorithm).generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    }

    /** @throws NoSuchAlgorithmException for keys that are neither RSA nor EC */
    static KeyFactory keyFactory(ASN1ObjectIdentifier algorithm) throws NoSuchAlgorithmException {
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return KeyFactory.getInstance("RSA");
        }
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return KeyFactory.getInstance("EC");
        }
        throw new NoSuchAlgorithmException(algorithm.getId());
    }

    private static void checkSize(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        if (bits < MIN_RSA_BITS) {
            throw new PkiException("The RSA key of the CSR has " + bits + " bits" + REMEDY);
        }
    }

    private static void checkCurve(ASN1Encodable parameters) {
        if (!(parameters instanceof ASN1ObjectIdentifier curve)) {
            throw new PkiException("The EC key of the CSR is on a curve without a name" + REMEDY);
        }
        if (!CURVES.contains(curve)) {
            String name = ECNamedCurveTable.getName(curve);
            throw new PkiException("The EC key of the CSR is on the curve " + (name == null ? curve : name) + REMEDY);
        }
    }
}
