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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A certificate and those above it, from leaf to root, each signed by the next. */
public final class CertificateChain {

    /** Makes the chain independent of the order in which a service lists its authorities. */
    private static final Comparator<X509Certificate> LATEST_EXPIRY_FIRST = Comparator.comparing(
                    X509Certificate::getNotAfter)
            .reversed()
            .thenComparing(Certificates::sha256Fingerprint);

    /** From the leaf up; the root, if it is known, is the last. */
    private final List<X509Certificate> certificates;

    private CertificateChain(List<X509Certificate> certificates) {
        this.certificates = certificates;
    }

    /**
     * The shortest way from the leaf to a root among the authorities, by issuer name and signature; where no root is
     * among them, the longest way up. Of several certificates of one authority the one that lasts longest is taken.
     *
     * @param authorities in any order; duplicates, and certificates that have nothing to do with the leaf, are skipped
     */
    public static CertificateChain of(X509Certificate leaf, Collection<X509Certificate> authorities) {
        Set<X509Certificate> unused = new TreeSet<>(LATEST_EXPIRY_FIRST);
        unused.addAll(authorities);
        List<X509Certificate> longest = List.of();
        Queue<List<X509Certificate>> paths = new ArrayDeque<>(List.of(List.of(leaf)));
        while (!paths.isEmpty()) {
            List<X509Certificate> path = paths.remove();
            X509Certificate top = top(path);
            if (isSignedBy(top, top)) {
                return new CertificateChain(path);
            }
            if (path.size() > longest.size()) {
                longest = path;
            }
            List<X509Certificate> issuers =
                    unused.stream().filter(issuer -> isSignedBy(top, issuer)).toList();
            issuers.forEach(issuer -> {
                unused.remove(issuer);
                paths.add(Stream.concat(path.stream(), Stream.of(issuer)).toList());
            });
        }
        return new CertificateChain(longest);
    }

    public X509Certificate leaf() {
        return certificates.get(0);
    }

    /** The authorities between leaf and root, the leaf's issuer first. */
    public List<X509Certificate> intermediates() {
        return certificates.subList(1, certificates.size() - (root().isPresent() ? 1 : 0));
    }

    /** The self-signed certificate at the top, where the authorities held it. */
    public Optional<X509Certificate> root() {
        X509Certificate top = top(certificates);
        return certificates.size() > 1 && isSignedBy(top, top) ? Optional.of(top) : Optional.empty();
    }

    public String leafPem() {
        return Pem.encode(leaf());
    }

    /** The intermediates; empty where there is none. */
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
