package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The sandbox's certificate authority: a root, an intermediate, and the leaves that it signs. Nobody trusts it. */
public final class SandboxCa {

    /** The limit of the CA/Browser Forum since 15 March 2026; both ends of a validity count (RFC 5280, 4.1.2.5). */
    static final Duration LEAF_VALIDITY = Duration.ofDays(200).minusSeconds(1);

    /** RFC 5280, ub-common-name-length. */
    private static final int MAX_COMMON_NAME_LENGTH = 64;

    /** Wide, so that the authority is valid whatever the sandbox's clock says. */
    private static final Instant VALID_FROM = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant VALID_UNTIL = Instant.parse("2049-12-31T23:59:59Z");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate root;
    private final X509Certificate intermediate;
    private final KeyPair intermediateKeys;

    private SandboxCa() {
        X500Principal rootName = new X500Principal("CN=Sandbox Root, O=SSL Manager Sandbox, C=DE");
        KeyPair rootKeys = KeyAlgorithm.RSA_2048.generate();
        Signer rootSigner = new Signer(rootName, rootKeys);
        root = rootSigner.authority(rootName, rootKeys.getPublic(), new BasicConstraints(1));
        X500Principal name = new X500Principal("CN=Sandbox Intermediate, O=SSL Manager Sandbox, C=DE");
        intermediateKeys = KeyAlgorithm.RSA_2048.generate();
        intermediate = rootSigner.authority(name, intermediateKeys.getPublic(), new BasicConstraints(0));
    }

    /** Returns the authority of all sandboxes of this JVM. */
    public static SandboxCa shared() {
        return Shared.CA;
    }

    /** Another authority with the same names, which signs nothing. */
    static SandboxCa impostor() {
        return Impostor.CA;
    }

    /** The root of an older authority, which vouches for {@link #shared()}. */
    public static X509Certificate olderRoot() {
        return Older.ROOT;
    }

    /** The root of {@link #shared()}, signed by {@link #olderRoot()}. */
    public static X509Certificate crossSignedRoot() {
        return Older.CROSS_SIGNED;
    }

    public X509Certificate root() {
        return root;
    }

    public X509Certificate intermediate() {
        return intermediate;
    }

    /** Returns a certificate of a server, valid for 200 days, with a random serial number. */
    public X509Certificate issue(PublicKey key, List<String> dnsNames, Instant validFrom) {
        return issue(
                key,
                dnsNames,
                validFrom,
                validFrom.truncatedTo(ChronoUnit.SECONDS).plus(LEAF_VALIDITY));
    }

    /** The same for a certificate that ends at that time. */
    X509Certificate issue(PublicKey key, List<String> dnsNames, Instant validFrom, Instant end) {
        Instant start = validFrom.truncatedTo(ChronoUnit.SECONDS);
        String name = dnsNames.get(0);
        boolean isTooLong = name.length() > MAX_COMMON_NAME_LENGTH;
        X500Principal subject = new X500Principal(isTooLong ? "" : "CN=" + name);
        GeneralNames names = new GeneralNames(dnsNames.stream()
                .map(each -> new GeneralName(GeneralName.dNSName, each))
                .toArray(GeneralName[]::new));
        Signer signer = new Signer(intermediate.getSubjectX500Principal(), intermediateKeys);
        return signer.sign(
                subject,
                key,
                start,
                end,
                certificate -> certificate
                        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                        .addExtension(
                                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                        .addExtension(Extension.subjectAlternativeName, isTooLong, names));
    }

    private static final class Shared {
        static final SandboxCa CA = new SandboxCa();
    }

    private static final class Impostor {
        static final SandboxCa CA = new SandboxCa();
    }

    private static final class Older {

        static final X509Certificate ROOT;
        static final X509Certificate CROSS_SIGNED;

        static {
            X500Principal name = new X500Principal("CN=Sandbox Older Root, O=SSL Manager Sandbox, C=DE");
            KeyPair keys = KeyAlgorithm.RSA_2048.generate();
            Signer signer = new Signer(name, keys);
            ROOT = signer.authority(name, keys.getPublic(), new BasicConstraints(2));
            X509Certificate root = Shared.CA.root;
            CROSS_SIGNED =
                    signer.authority(root.getSubjectX500Principal(), root.getPublicKey(), new BasicConstraints(1));
        }
    }

    @FunctionalInterface
    private interface Usage {
        void addTo(X509v3CertificateBuilder certificate) throws IOException;
    }

    private record Signer(X500Principal name, KeyPair keys) {

        X509Certificate authority(X500Principal subject, PublicKey key, BasicConstraints constraints) {
            return sign(
                    subject,
                    key,
                    VALID_FROM,
                    VALID_UNTIL,
                    certificate -> certificate
                            .addExtension(Extension.basicConstraints, true, constraints)
                            .addExtension(
                                    Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
        }

        X509Certificate sign(X500Principal subject, PublicKey key, Instant from, Instant until, Usage usage) {
            BigInteger serialNumber = new BigInteger(126, RANDOM).setBit(126);
            try {
                JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
                X509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                                name, serialNumber, Date.from(from), Date.from(until), subject, key)
                        .addExtension(
                                Extension.authorityKeyIdentifier,
                                false,
                                extensions.createAuthorityKeyIdentifier(keys.getPublic()))
                        .addExtension(
                                Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key));
                usage.addTo(certificate);
                return new JcaX509CertificateConverter()
                        .getCertificate(certificate.build(
                                new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
            } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
                throw new IllegalStateException("Every JDK can sign with an RSA key", e);
            }
        }

        @Override
        public String toString() {
            return name.toString();
        }
    }
}
