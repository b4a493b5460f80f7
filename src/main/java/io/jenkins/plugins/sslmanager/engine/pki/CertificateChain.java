package io.jenkins.plugins.sslmanager.engine.pki;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A certificate and those above it, from leaf to root, each signed by the next. */
public final class CertificateChain {

    /** From the leaf up; the root, if it is known, is the last. */
    private final List<X509Certificate> certificates;

    private CertificateChain(List<X509Certificate> certificates) {
        this.certificates = certificates;
    }

    /** {@link #of(X509Certificate, Collection, ChainLength, Instant)} now, with the longest chain. */
    public static CertificateChain of(X509Certificate leaf, Collection<X509Certificate> authorities) {
        return of(leaf, authorities, ChainLength.LONGEST, Instant.now());
    }

    /**
     * The best way from the leaf upwards, by issuer name and signature: one whose authorities are all valid, then by its
     * length, then one that ends at a root. Of several certificates by which one authority vouches for another, the one that
     * lasts longest is taken.
     *
     * @param authorities in any order; duplicates, and certificates that have nothing to do with the leaf, are skipped
     * @param at when the authorities have to be valid
     */
    public static CertificateChain of(
            X509Certificate leaf, Collection<X509Certificate> authorities, ChainLength length, Instant at) {
        return new CertificateChain(ChainSearch.best(leaf, authorities, length, at));
    }

    /**
     * The chain of the certificate that was issued for a key, wherever it stands among others. Of several, the one that was
     * issued last is taken.
     *
     * @param publicKeySha256 of the SubjectPublicKeyInfo, lower-case hex, as {@link CertificateSigningRequest#publicKeySha256()}
     *     gives it
     * @param certificates leaf and authorities in any order
     * @param at when the authorities have to be valid
     * @throws PkiException if none is for the key
     */
    public static CertificateChain ofKey(
            String publicKeySha256, Collection<X509Certificate> certificates, ChainLength length, Instant at) {
        X509Certificate leaf = certificates.stream()
                .filter(certificate -> Certificates.publicKeySha256(certificate).equals(publicKeySha256))
                .max(Comparator.comparing(X509Certificate::getNotBefore).thenComparing(Certificates::sha256Fingerprint))
                .orElseThrow(() -> new PkiException("No certificate is for the key with the SHA-256 " + publicKeySha256
                        + "; they are for "
                        + certificates.stream().map(Certificates::subject).toList()
                        + ". Wait until the service shows the certificate that was ordered."));
        return of(leaf, certificates, length, at);
    }

    public X509Certificate leaf() {
        return certificates.get(0);
    }

    /** Returns the authorities between leaf and root, the leaf's issuer first. */
    public List<X509Certificate> intermediates() {
        return certificates.subList(1, certificates.size() - (root().isPresent() ? 1 : 0));
    }

    /** Returns the self-signed certificate at the top, where the authorities held it. */
    public Optional<X509Certificate> root() {
        X509Certificate top = top(certificates);
        return certificates.size() > 1 && isSignedBy(top, top) ? Optional.of(top) : Optional.empty();
    }

    public String leafPem() {
        return Pem.encode(leaf());
    }

    /** Returns the intermediates; empty where there is none. */
    public String chainPem() {
        return intermediates().stream().map(Pem::encode).collect(Collectors.joining());
    }

    /** Leaf and intermediates, as web servers want them in one file. */
    public String fullchainPem() {
        return leafPem() + chainPem();
    }

    public Optional<String> rootPem() {
        return root().map(Pem::encode);
    }

    /**
     * Tells how long it takes until the last of the certificates has become valid; zero if all have. A machine whose clock goes
     * slower than the authority's sees a new certificate before its time, which is worth a wait and not a failure.
     */
    public Duration untilValid(Instant at) {
        return certificates.stream()
                .map(certificate ->
                        Duration.between(at, certificate.getNotBefore().toInstant()))
                .filter(wait -> wait.compareTo(Duration.ZERO) > 0)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /**
     * Checks the chain by RFC 5280, section 6, without revocation. The root is trusted as the service delivered it;
     * without a root, the topmost intermediate is.
     *
     * @throws PkiException that names the certificate at fault
     */
    public void verify(Instant at) {
        if (certificates.size() == 1) {
            throw new PkiException("The chain of " + Certificates.subject(leaf()) + " is incomplete: the certificate of"
                    + " its issuer " + leaf().getIssuerX500Principal().getName() + " is not among the certificates of"
                    + " the authorities, or did not sign it. Fetch the certificates of the authorities again.");
        }
        certificates.forEach(certificate -> checkValidity(certificate, at));
        checkTrustAnchor(top(certificates));
        try {
            CertPath path = CertificateFactory.getInstance("X.509")
                    .generateCertPath(certificates.subList(0, certificates.size() - 1));
            CertPathValidator.getInstance("PKIX").validate(path, parameters(at));
        } catch (CertPathValidatorException e) {
            X509Certificate culprit = e.getIndex() < 0 ? top(certificates) : certificates.get(e.getIndex());
            throw new PkiException(
                    "The certificate " + Certificates.subject(culprit) + " is not valid in the chain of "
                            + Certificates.subject(leaf()) + ": " + e.getMessage()
                            + ". Fetch the certificates of the authorities again.",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK validates X.509 certificates by PKIX", e);
        }
    }

    private PKIXParameters parameters(Instant at) throws InvalidAlgorithmParameterException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(top(certificates), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        return parameters;
    }

    /** Like the next check: PKIX itself leaves out the trust anchor. */
    private static void checkValidity(X509Certificate certificate, Instant at) {
        Instant notBefore = certificate.getNotBefore().toInstant();
        Instant notAfter = certificate.getNotAfter().toInstant();
        if (at.isBefore(notBefore)) {
            throw new PkiException("The certificate " + Certificates.subject(certificate) + " is not valid before "
                    + notBefore + ", and the time is " + at + ". Check the clock of this machine.");
        }
        if (at.isAfter(notAfter)) {
            throw new PkiException("The certificate " + Certificates.subject(certificate) + " expired at " + notAfter
                    + ", and the time is " + at + ". Fetch a newer one, or have it issued again.");
        }
    }

    private static void checkTrustAnchor(X509Certificate certificate) {
        if (certificate.getBasicConstraints() < 0) {
            throw new PkiException("The certificate " + Certificates.subject(certificate) + " is that of no authority"
                    + " and cannot vouch for others. Fetch the certificates of the authorities again.");
        }
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static X509Certificate top(List<X509Certificate> path) {
        return path.get(path.size() - 1);
    }
}
