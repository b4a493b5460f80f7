package io.jenkins.plugins.sslmanager.engine.pki;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What certificates are recognised by. */
public final class Certificates {

    /** GeneralName dNSName (RFC 5280, 4.2.1.6). */
    private static final Integer DNS_NAME = 2;

    private Certificates() {}

    /** SHA-256 of the certificate as {@code openssl x509 -fingerprint -sha256} prints it: {@code AA:BB:…}. */
    public static String sha256Fingerprint(X509Certificate certificate) {
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(sha256(der(certificate)));
    }

    /** As the service writes it in {@code Certificate.serialNumber}: upper-case hex without leading zeros. */
    public static String serialNumber(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
    }

    /** Returns the dNSName entries of the subject alternative names, lower-case; the subject's CN does not count (RFC 9525). */
    public static List<String> dnsNames(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> DNS_NAME.equals(name.get(0)))
                    .map(name -> DnsNames.normalize((String) name.get(1)))
                    .toList();
        } catch (CertificateParsingException e) {
            throw new PkiException(
                    "The subject alternative names of the certificate " + subject(certificate)
                            + " cannot be read. Ask the certificate authority for a correct one.",
                    e);
        }
    }

    static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read keeps its encoding", e);
        }
    }

    /** SHA-256 of the SubjectPublicKeyInfo, lower-case hex. */
    public static String publicKeySha256(X509Certificate certificate) {
        return sha256Hex(certificate.getPublicKey().getEncoded());
    }

    /** In lower case. */
    public static String sha256Hex(byte[] bytes) {
        return HexFormat.of().formatHex(sha256(bytes));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
