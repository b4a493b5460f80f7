package io.jenkins.plugins.sslmanager.engine.pki;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/** A private key with its certificate and the intermediates in one file under a password, as servers and JVMs take it. */
public final class KeyStores {

    private static final String WITHOUT_PKCS12 =
            "Leave pkcs12 out of 'formats', and use the PEM files, or the credential that 'storeAs' gives.";

    private static final String NO_PKCS12 =
            "This Java makes no PKCS#12 file, such as one that is bound to FIPS 140. " + WITHOUT_PKCS12;

    private static final String BEYOND_ASCII =
            "Java " + Runtime.version().feature() + " cannot protect a PKCS#12 file with this password,"
                    + " which has characters other than letters, digits and signs of ASCII. Take a password of those, or have"
                    + " Jenkins run on Java 25 or later.";

    private KeyStores() {}

    /**
     * PKCS#12 (RFC 7292), encrypted as this Java does it: AES-256 and HMAC with SHA-256.
     *
     * @param alias the friendly name of the entry
     * @throws PkiException if the key is not the certificate's
     */
    public static byte[] pkcs12(PrivateKey key, CertificateChain chain, String alias, char[] password) {
        return store("PKCS12", key, chain, alias, password);
    }

    /**
     * PKCS#12 for what does not know that encryption, such as Windows Server 2016 and Java before 8u301: three-key triple DES
     * and HMAC with SHA-1. It is weaker, so the password has to be the stronger.
     *
     * @param alias the friendly name of the entry
     * @throws PkiException if the key is not the certificate's, or this Java makes no such file
     */
    public static byte[] olderPkcs12(PrivateKey key, CertificateChain chain, String alias, char[] password) {
        requirePair(key, chain.leaf());
        return stored(olderPkcs12(), key, chain, alias, password);
    }

    /**
     * Makes sure, before anything is ordered, that a PKCS#12 file of the older encryption can be made.
     *
     * @throws PkiException if this Java cannot
     */
    public static void requireOlderPkcs12() {
        olderPkcs12();
    }

    private static KeyStore olderPkcs12() {
        try {
            return OlderPkcs12.keyStore();
        } catch (KeyStoreException | NoClassDefFoundError e) {
            // The Bouncy Castle of FIPS 140 has no such class.
            throw new PkiException(NO_PKCS12, e);
        }
    }

    /**
     * Returns the JDK's older form, for servers that know no other.
     *
     * @throws PkiException if the key is not the certificate's
     */
    public static byte[] jks(PrivateKey key, CertificateChain chain, String alias, char[] password) {
        return store("JKS", key, chain, alias, password);
    }

    /**
     * Makes sure, before anything is ordered, that a PKCS#12 file of today's encryption can be made with a password: Java before
     * 25 takes nothing but printable ASCII (JDK-8352294).
     *
     * @throws PkiException if this Java cannot
     */
    public static void requireUsablePassword(char[] password) {
        try {
            tryPkcs12(password);
        } catch (GeneralSecurityException | IOException e) {
            throw new PkiException(makesPkcs12() ? BEYOND_ASCII : NO_PKCS12, e);
        }
    }

    /** Tells whether it makes such files at all, whatever the password. */
    private static boolean makesPkcs12() {
        try {
            tryPkcs12("0123456789abcdef".toCharArray());
            return true;
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    private static void tryPkcs12(char[] password) throws GeneralSecurityException, IOException {
        KeyStore trial = KeyStore.getInstance("PKCS12");
        trial.load(null, null);
        KeyStore.ProtectionParameter protection = new KeyStore.PasswordProtection(password);
        trial.setEntry("trial", new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[16], "AES")), protection);
        trial.store(new ByteArrayOutputStream(), password);
    }

    private static byte[] store(String type, PrivateKey key, CertificateChain chain, String alias, char[] password) {
        requirePair(key, chain.leaf());
        try {
            return stored(KeyStore.getInstance(type), key, chain, alias, password);
        } catch (KeyStoreException e) {
            throw new IllegalStateException("Every JDK has this kind of key store", e);
        }
    }

    private static byte[] stored(
            KeyStore store, PrivateKey key, CertificateChain chain, String alias, char[] password) {
        try {
            store.load(null, null);
            store.setKeyEntry(alias, key, password, certificates(chain));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password);
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new PkiException("The " + store.getType() + " key store cannot be made: " + e.getMessage(), e);
        }
    }

    private static Certificate[] certificates(CertificateChain chain) {
        return Stream.concat(Stream.of(chain.leaf()), chain.intermediates().stream())
                .toArray(Certificate[]::new);
    }

    /** Tells whether a key store has this very key with this very chain; one that cannot be read has not. */
    public static boolean holds(KeyStore store, PrivateKey key, CertificateChain chain, char[] password) {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (key.equals(store.getKey(alias, password))
                        && Arrays.equals(certificates(chain), store.getCertificateChain(alias))) {
                    return true;
                }
            }
            return false;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Returns the certificate of the key in such a file.
     *
     * @param type {@code PKCS12} or {@code JKS}
     * @throws PkiException if it has none, or it cannot be read with this password
     */
    public static X509Certificate leaf(String type, byte[] file, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(new ByteArrayInputStream(file), password);
            return entry(store, password).leaf();
        } catch (GeneralSecurityException | IOException e) {
            throw new PkiException("The key store cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the only key of a key store, or its first.
     *
     * @throws PkiException if it has none, or it cannot be read
     */
    public static Entry entry(KeyStore store, char[] password) {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key
                        && store.getCertificate(alias) instanceof X509Certificate leaf) {
                    return new Entry(key, leaf, authorities(store, alias));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new PkiException("The key store cannot be read: " + e.getMessage(), e);
        }
        throw new PkiException("The key store has no private key");
    }

    private static List<X509Certificate> authorities(KeyStore store, String alias) throws KeyStoreException {
        return Arrays.stream(store.getCertificateChain(alias))
                .skip(1)
                .map(X509Certificate.class::cast)
                .toList();
    }

    /**
     * A private key and what is stored with it.
     *
     * @param authorities from the leaf's issuer upwards
     */
    public record Entry(PrivateKey key, X509Certificate leaf, List<X509Certificate> authorities) {}

    /**
     * Makes sure that a key is a certificate's.
     *
     * @throws PkiException if it is not
     */
    public static void requirePair(PrivateKey key, X509Certificate certificate) {
        if (!isPair(key, certificate.getPublicKey())) {
            throw new PkiException("The private key is not the key of the certificate "
                    + certificate.getSubjectX500Principal().getName()
                    + ". Give the key that the certificate's CSR was made with.");
        }
    }

    /**
     * Tells whether the public key verifies what the private key signs.
     *
     * @throws PkiException if the private key cannot be used
     */
    public static boolean isPair(PrivateKey key, PublicKey publicKey) {
        if (!SoundKey.is(key)) {
            return false;
        }
        byte[] sample = publicKey.getEncoded();
        try {
            Signature signature =
                    Signature.getInstance("EC".equals(key.getAlgorithm()) ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(sample);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException e) {
            // Keys of two algorithms or sizes.
            return false;
        } catch (GeneralSecurityException e) {
            throw new PkiException("The private key cannot be used: " + e.getMessage(), e);
        }
    }
}
