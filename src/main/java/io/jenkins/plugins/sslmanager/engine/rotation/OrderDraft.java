package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.api.TimePeriod;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import java.util.List;

/** The order of a re-issue, with all that the service wants to see again taken over from the certificate. */
public final class OrderDraft {

    private OrderDraft() {}

    /**
     * @param proof what proves control of the domains; its method may be left out, since a re-issue cannot change it
     * @param changes what is not taken over from the certificate
     * @throws ReissueException if the certificate lacks what an order needs, or the CSR is for another name
     */
    public static CertificateOrder of(
            Certificate existing, CertificateSigningRequest csr, CertAuthentication proof, OrderChanges changes) {
        requireSameName(existing, csr);
        return new CertificateOrder(
                contact(existing, "adminContact", changes.adminContact(), existing.adminContact()),
                contact(existing, "technicalContact", changes.technicalContact(), existing.technicalContact()),
                required(existing, "name", existing.name()),
                changes.lifetimeMonths() == null
                        ? required(existing, "lifetime", existing.lifetime())
                        : new TimePeriod("MONTH", changes.lifetimeMonths()),
                required(existing, "software", firstNonNull(changes.software(), existing.software())),
                csr.toPem(),
                required(existing, "product", firstNonNull(changes.product(), existing.product())),
                alternativeNames(existing, csr, changes),
                authentication(existing, proof));
    }

    /** Null where there is none, so that the field is left out. */
    @CheckForNull
    private static List<SubjectAlternativeName> alternativeNames(
            Certificate existing, CertificateSigningRequest csr, OrderChanges changes) {
        List<SubjectAlternativeName> names =
                OrderNames.of(existing, csr, changes.namesToRemove()).alternatives();
        return names.isEmpty() ? null : names;
    }

    private static CertAuthentication authentication(Certificate existing, CertAuthentication proof) {
        CertAuthentication current = required(existing, "authentication", existing.authentication());
        AuthMethod method = method(existing);
        return new CertAuthentication(
                null,
                method,
                proof.dns(),
                proof.fileName(),
                proof.fileContent(),
                method.equals(AuthMethod.EMAIL) ? firstNonNull(current.approverEmails(), proof.approverEmails()) : null,
                method.equals(AuthMethod.DNS) ? firstNonNull(proof.provisioning(), current.provisioning()) : null,
                proof.domains(),
                null,
                null);
    }

    private static AuthMethod method(Certificate existing) {
        return requireProof(existing).method();
    }

    /** @throws ReissueException if the certificate does not tell how control of its domains is proved */
    static CertAuthentication requireProof(Certificate existing) {
        CertAuthentication current = required(existing, "authentication", existing.authentication());
        required(existing, "authentication.method", current.method());
        return current;
    }

    @CheckForNull
    private static <T> T firstNonNull(@CheckForNull T first, @CheckForNull T second) {
        return first == null ? second : first;
    }

    /** @throws ReissueException if the CSR does not name what the certificate is for */
    public static void requireSameName(Certificate existing, CertificateSigningRequest csr) {
        String name = required(existing, "name", existing.name());
        if (!csr.dnsNames().contains(asciiOf(existing, name))) {
            throw new ReissueException(
                    ReissueException.Kind.UNFIT,
                    "The CSR is for " + csr.dnsNames() + ", but certificate " + existing.id() + " is for " + name
                            + ". Give the ID of the right certificate, or make the CSR for " + name);
        }
    }

    private static String asciiOf(Certificate existing, String name) {
        try {
            return CertificateNames.ascii(name);
        } catch (IllegalArgumentException e) {
            throw new ReissueException(
                    ReissueException.Kind.UNFIT,
                    "Certificate " + existing.id() + " is not ordered, since its name cannot be: " + e.getMessage(),
                    e);
        }
    }

    private static SslContact contact(
            Certificate existing, String field, @CheckForNull Long given, @CheckForNull SslContact contact) {
        Long present = contact == null ? null : contact.id();
        return SslContact.reference(required(existing, field + ".id", firstNonNull(given, present)));
    }

    private static <T> T required(Certificate existing, String field, @CheckForNull T value) {
        if (value == null) {
            throw new ReissueException(
                    ReissueException.Kind.UNFIT,
                    "Certificate " + existing.id() + " has no " + field
                            + " at the service, which a re-issue must give again. Complete the certificate in the SSL Manager");
        }
        return value;
    }
}
