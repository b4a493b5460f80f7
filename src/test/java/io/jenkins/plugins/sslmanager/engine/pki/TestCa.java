package io.jenkins.plugins.sslmanager.engine.pki;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority with EC keys, whose certificates are valid from 2026 to 2028 unless told otherwise. */
public record TestCa(X509Certificate certificate, KeyPair keys) {

    static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant WITHIN = Instant.parse("2027-01-01T00:00:00Z");
    static final Instant UNTIL = Instant.parse("2028-01-01T00:00:00Z");

    private static final AtomicLong SERIAL_NUMBERS = new AtomicLong(1000);

    public static TestCa root(String name) {
        return root(name, UNTIL);
    }

    public static TestCa root(String name, Instant until) {
        KeyPair keys = KeyAlgorithm.EC_P256.generate();
        X500Name subject = new X500Name("CN=" + name);
        return new TestCa(sign(subject, keys, subject, keys.getPublic(), true, FROM, until), keys);
    }

    TestCa intermediate(String name) {
        return intermediate(name, true, FROM, UNTIL);
    }

    TestCa intermediate(String name, boolean ca, Instant from, Instant until) {
        KeyPair keys = KeyAlgorithm.EC_P256.generate();
        return new TestCa(issue(new X500Name("CN=" + name), keys.getPublic(), ca, from, until), keys);
    }

    /** Another authority's name and key, vouched for by this one. */
    X509Certificate crossSign(TestCa other) {
        return crossSign(other, UNTIL);
    }

    X509Certificate crossSign(TestCa other, Instant until) {
        return crossSign(other.certificate, until);
    }

    public X509Certificate crossSign(X509Certificate other, Instant until) {
        return issue(subject(other), other.getPublicKey(), true, FROM, until);
    }

    public X509Certificate leaf(PublicKey key, String... dnsNames) {
        return leaf(key, FROM, FROM.plus(Duration.ofDays(400)), dnsNames);
    }

    public X509Certificate leaf(PublicKey key, Instant from, Instant until, String... dnsNames) {
        return issue(new X500Name("CN=" + dnsNames[0]), key, false, from, until, dnsNames);
    }

    private X509Certificate issue(
            X500Name subject, PublicKey key, boolean ca, Instant from, Instant until, String... dnsNames) {
        return sign(subject(certificate), keys, subject, key, ca, from, until, dnsNames);
    }

    private static X500Name subject(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static X509Certificate sign(
            X500Name issuer,
            KeyPair issuerKeys,
            X500Name subject,
            PublicKey key,
            boolean ca,
            Instant from,
            Instant until,
            String... dnsNames) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIAL_NUMBERS.incrementAndGet()),
                    Date.from(from),
                    Date.from(until),
                    subject,
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
            if (dnsNames.length > 0) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(Arrays.stream(dnsNames)
                                .map(name -> new GeneralName(GeneralName.dNSName, name))
                                .toArray(GeneralName[]::new)));
            }
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate()))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
