package io.jenkins.plugins.sslmanager.engine.reissue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CaCertificate;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** What CertificateInfo (400104) gives: the service's data, and leaf and chain made out of them. */
public record IssuedCertificate(Certificate data, CertificateChain chain) {

    /** @throws ReissueException if the service has no certificate yet, or gives one that cannot be read */
    public static IssuedCertificate of(Certificate data) {
        if (data.server() == null || data.server().isBlank()) {
            throw new ReissueException(
                    ReissueException.Kind.UNCLEAR,
                    "Certificate " + data.id() + " (" + data.name()
                            + ") has not been issued yet: the service gives no PEM for it. Wait for its job first");
        }
        X509Certificate leaf = read(data, "server", data.server()).get(0);
        List<X509Certificate> authorities = new ArrayList<>();
        for (CaCertificate authority : orEmpty(data.certificationAuthority())) {
            if (authority.caCertificate() != null) {
                authorities.addAll(read(data, "certificationAuthority", authority.caCertificate()));
            }
        }
        return new IssuedCertificate(data, CertificateChain.of(leaf, authorities));
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
