package io.jenkins.plugins.sslmanager.engine.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What stands beside a new private key in a key store, which takes no key alone, until the real certificate is there. */
public final class PlaceholderCertificate {

    /** Nobody trusts it, and nobody takes it for a certificate in use. */
    private static final X500Principal SUBJECT =
            new X500Principal("CN=Private key that waits for its certificate, O=SSL Manager");

    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final int SERIAL_NUMBER_BITS = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PlaceholderCertificate() {}

    /** @param made when the key was made, the certificate's notBefore to the second */
    public static CertificateChain of(KeyPair keys, Instant made) {
        Instant begin = made.truncatedTo(ChronoUnit.SECONDS);
        JcaX509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                SUBJECT,
                new BigInteger(SERIAL_NUMBER_BITS, RANDOM).setBit(SERIAL_NUMBER_BITS),
                Date.from(begin),
                Date.from(begin.plus(VALIDITY)),
                SUBJECT,
                keys.getPublic());
        try {
            return CertificateChain.of(
                    new JcaX509CertificateConverter()
                            .getCertificate(certificate.build(
                                    new JcaContentSignerBuilder(KeyAlgorithm.signatureAlgorithm(keys.getPublic()))
                                            .build(keys.getPrivate()))),
                    List.of());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("Every JDK can sign with the keys that it makes", e);
        }
    }

    public static boolean is(X509Certificate certificate) {
        return SUBJECT.equals(certificate.getSubjectX500Principal());
    }
}
