package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CaCertificate;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.ChainLength;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What CertificateInfo (400104) gives: the service's data, and leaf and chain made out of them. */
public record IssuedCertificate(Certificate data, CertificateChain chain) {

    /**
     * For whoever did not order it: the leaf is the first certificate of the field server that is no authority's.
     *
     * @throws ReissueException if the service has no certificate yet, or gives one that cannot be read
     */
    public static IssuedCertificate of(Certificate data) {
        return new IssuedCertificate(data, CertificateChain.of(firstLeaf(data), all(data)));
    }

    /**
     * For whoever ordered it: the leaf is the certificate of the ordered key, wherever it stands. Where there is none, it is as
     * in {@link #of(Certificate)}, and {@link #isFor} says no.
     *
     * @param orderedKeySha256 as {@link io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest#publicKeySha256()}
     *     gives it
     * @param at when the authorities have to be valid
     * @throws ReissueException if the service has no certificate yet, or gives one that cannot be read
     */
    public static IssuedCertificate of(Certificate data, String orderedKeySha256, ChainLength length, Instant at) {
        List<X509Certificate> all = all(data);
        boolean isThere = all.stream().map(Certificates::publicKeySha256).anyMatch(orderedKeySha256::equals);
        return new IssuedCertificate(
                data,
                isThere
                        ? CertificateChain.ofKey(orderedKeySha256, all, length, at)
                        : CertificateChain.of(firstLeaf(data), all, length, at));
    }

    /**
     * Returns the leaf for whoever did not order it, without its chain.
     *
     * @return empty if the service has no certificate yet
     * @throws ReissueException if the service gives one that cannot be read
     */
    static Optional<X509Certificate> leaf(Certificate data) {
        return data.server() == null || data.server().isBlank() ? Optional.empty() : Optional.of(firstLeaf(data));
    }

    /**
     * Returns the same with the longest or the shortest of the chains that are valid.
     *
     * @param at when the authorities have to be valid
     */
    public IssuedCertificate withChain(ChainLength length, Instant at) {
        List<X509Certificate> authorities = Stream.of(
                        all(data).stream(), chain.intermediates().stream(), chain.root().stream())
                .flatMap(Function.identity())
                .toList();
        return new IssuedCertificate(data, CertificateChain.of(chain.leaf(), authorities, length, at));
    }

    /** The same certificate as it was when it was issued with this chain. */
    IssuedCertificate as(CertificateChain other) {
        return new IssuedCertificate(data, other);
    }

    /**
     * Tells whether it is the certificate of this key, which the state of a job alone does not say.
     *
     * @param publicKeySha256 of the SubjectPublicKeyInfo, lower-case hex
     */
    public boolean isFor(String publicKeySha256) {
        return Certificates.publicKeySha256(chain.leaf()).equals(publicKeySha256);
    }

    /** Tells whether the service wants it to be re-issued now, whatever is left of it. */
    public boolean isReissueRequired() {
        return Boolean.TRUE.equals(data.reissueRequired());
    }

    private static X509Certificate firstLeaf(Certificate data) {
        List<X509Certificate> server = server(data);
        return server.stream()
                .filter(certificate -> certificate.getBasicConstraints() < 0)
                .findFirst()
                .orElse(server.get(0));
    }

    /** Of both fields: a service may put the whole chain into the first, and nothing into the other. */
    private static List<X509Certificate> all(Certificate data) {
        Stream<X509Certificate> authorities = orEmpty(data.certificationAuthority()).stream()
                .map(CaCertificate::caCertificate)
                .filter(pem -> pem != null && !pem.isBlank())
                .flatMap(pem -> read(data, "certificationAuthority", pem).stream());
        return Stream.concat(server(data).stream(), authorities).toList();
    }

    private static List<X509Certificate> server(Certificate data) {
        if (data.server() == null || data.server().isBlank()) {
            throw new ReissueException(
                    ReissueException.Kind.UNCLEAR,
                    "Certificate " + data.id() + " (" + data.name()
                            + ") has not been issued yet: the service gives no PEM for it. Wait for its job first");
        }
        return read(data, "server", data.server());
    }

    private static List<CaCertificate> orEmpty(@CheckForNull List<CaCertificate> authorities) {
        return authorities == null ? List.of() : authorities;
    }

    private static List<X509Certificate> read(Certificate data, String field, String pem) {
        try {
            return Pem.certificates(pem);
        } catch (PkiException e) {
            throw new ReissueException(
                    ReissueException.Kind.UNCLEAR,
                    "Certificate " + data.id() + " (" + data.name() + "): the service's field " + field
                            + " cannot be read: " + e.getMessage(),
                    e);
        }
    }
}
