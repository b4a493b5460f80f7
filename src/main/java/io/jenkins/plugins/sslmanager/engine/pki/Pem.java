package io.jenkins.plugins.sslmanager.engine.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/**
 * Textual encoding of certificates and keys (RFC 7468). What is written has LF line ends on every platform, 64 columns,
 * and a final line end; what is read may have any, and text around it.
 */
public final class Pem {

    private static final int COLUMNS = 64;

    private Pem() {}

    public static String encode(X509Certificate certificate) {
        return encode("CERTIFICATE", Certificates.der(certificate));
    }

    /**
     * PKCS#8, unencrypted.
     *
     * @throws PkiException for a key that does not leave its hardware module
     */
    public static String encode(PrivateKey key) {
        if (!"PKCS#8".equals(key.getFormat())) {
            throw new PkiException("The private key cannot be written as a file: its provider does not hand it out."
                    + " Use a key that is kept in software.");
        }
        return encode("PRIVATE KEY", key.getEncoded());
    }

    static String encode(String label, byte[] der) {
        Base64.Encoder lines = Base64.getMimeEncoder(COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + label + "-----\n" + lines.encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /**
     * Returns all certificates of a text, in its order; keys and other blocks between them are skipped.
     *
     * @throws PkiException where there is none, or one is unreadable
     */
    public static List<X509Certificate> certificates(String text) {
        List<PemBlock> blocks = PemBlock.scan(text, "certificate");
        List<X509Certificate> certificates = blocks.stream()
                .filter(block ->
                        block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE"))
                .map(Pem::readCertificate)
                .toList();
        if (certificates.isEmpty()) {
            throw new PkiException("The text holds no certificate but: " + labels(blocks)
                    + ". Give the PEM block that begins with -----BEGIN CERTIFICATE-----.");
        }
        return certificates;
    }

    /** @throws PkiException where the text does not hold exactly one readable certificate */
    public static X509Certificate certificate(String text) {
        List<X509Certificate> certificates = certificates(text);
        if (certificates.size() > 1) {
            throw new PkiException("The text holds " + certificates.size() + " certificates where one is expected."
                    + " Give the one of the server alone, without its chain.");
        }
        return certificates.get(0);
    }

    /**
     * Returns an unencrypted RSA or EC key in PKCS#8, PKCS#1 or SEC1 form; other blocks, such as EC PARAMETERS, are skipped.
     *
     * @throws PkiException where the text does not hold exactly one readable key; it quotes nothing of it
     */
    public static PrivateKey privateKey(String text) {
        List<PemBlock> blocks = PemBlock.scan(text, "private key");
        List<PemBlock> keys = blocks.stream().filter(PemBlock::isPrivateKey).toList();
        if (keys.size() != 1) {
            throw new PkiException("The text holds " + keys.size() + " private keys where one is expected; it holds: "
                    + labels(blocks) + ". Give the PEM block of the key alone.");
        }
        PemBlock key = keys.get(0);
        if (key.isEncrypted()) {
            throw new PkiException("The private key is encrypted, and there is no passphrase for it here. Give it"
                    + " unencrypted, as written by: openssl pkey -in key.pem");
        }
        return readPrivateKey(key);
    }

    static String labels(List<PemBlock> blocks) {
        return blocks.stream().map(PemBlock::label).collect(Collectors.joining(", "));
    }

    private static X509Certificate readCertificate(PemBlock block) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException e) {
            throw new PkiException(
                    "The certificate cannot be read: its content is broken or cut off (" + e.getMessage()
                            + "). Fetch it again.",
                    e);
        }
    }

    /** Without the cause of a failure: what the parsers say may quote the key. */
    private static PrivateKey readPrivateKey(PemBlock block) {
        PrivateKeyInfo key;
        try (PEMParser parser = new PEMParser(new StringReader(encode(block.label(), block.der())))) {
            Object parsed = parser.readObject();
            key = parsed instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : (PrivateKeyInfo) parsed;
            PrivateKey read = AcceptedKeys.keyFactory(
                            key.getPrivateKeyAlgorithm().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
            if (!SoundKey.is(read)) {
                throw new InvalidKeyException("its parts do not belong together");
            }
            return read;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new PkiException("The " + block.label() + " cannot be read: it is broken, cut off, or neither"
                    + " RSA nor EC. Give an RSA or EC key as written by: openssl pkey -in key.pem");
        }
    }
}
