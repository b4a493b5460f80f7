package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What proves control of the domains of a certificate. Each has a proof of its own, which the service may tell in two shapes:
 * one entry with {@code domains} in it, or an entry for each domain. All of them are kept in one, the first with the others in
 * its {@code domains}.
 */
public final class ProofOfControl {

    private ProofOfControl() {}

    /**
     * What PrepareOrder (400110) offers for the method that the certificate has.
     *
     * @throws ReissueException if the service does not offer that method for this CSR, or offers it without what is to be proved
     *     by
     */
    public static CertAuthentication offered(Certificate existing, CertificateData prepared) {
        CertAuthentication current = OrderDraft.requireProof(existing);
        AuthMethod method = current.method();
        List<CertAuthentication> offers = prepared.authentication() == null ? List.of() : prepared.authentication();
        List<CertAuthentication> fitting =
                offers.stream().filter(offer -> method.equals(offer.method())).toList();
        if (fitting.isEmpty()) {
            throw new ReissueException(
                    ReissueException.Kind.UNFIT,
                    "Certificate " + existing.id() + " (" + existing.name() + ") is validated by " + method
                            + ", which a re-issue cannot change, but for this CSR the service offers "
                            + offers.stream().map(CertAuthentication::method).toList()
                            + ". Change the certificate's validation method in the SSL Manager, or order it anew");
        }
        CertAuthentication offer = together(fitting, current.provisioning());
        if (!AuthMethod.FILE.equals(method)
                || each(offer).stream().allMatch(proof -> proof.fileName() != null && proof.fileContent() != null)) {
            return offer;
        }
        return fileOf(existing, current);
    }

    /** Returns the file as it stands in the certificate's own data. */
    private static CertAuthentication fileOf(Certificate existing, CertAuthentication current) {
        if (each(current).stream().anyMatch(proof -> proof.fileName() == null || proof.fileContent() == null)) {
            throw new ReissueException(
                    ReissueException.Kind.UNFIT,
                    "Certificate " + existing.id() + " (" + existing.name()
                            + ") is validated by FILE, but neither the order"
                            + " check nor the certificate tells which file. Nothing was ordered, since it would never be"
                            + " validated. Ask InterNetX's support for the file, and give it as 'fileName' and"
                            + " 'fileContent' of sslReissue");
        }
        return current;
    }

    /** What PrepareOrder offers, by method: all domains of one method together. */
    public static Map<String, CertAuthentication> byMethod(CertificateData prepared) {
        List<CertAuthentication> offers = prepared.authentication() == null ? List.of() : prepared.authentication();
        Map<String, List<CertAuthentication>> grouped = offers.stream()
                .collect(Collectors.groupingBy(
                        offer -> String.valueOf(offer.method()), LinkedHashMap::new, Collectors.toList()));
        Map<String, CertAuthentication> together = new LinkedHashMap<>();
        grouped.forEach((method, all) -> together.put(method, together(all, null)));
        return together;
    }

    /** @param usual whether InterNetX sets records where the offer does not tell, which is as it was */
    private static CertAuthentication together(List<CertAuthentication> offers, @CheckForNull Boolean usual) {
        CertAuthentication first = offers.get(0);
        return new CertAuthentication(
                first.name(),
                first.method(),
                first.dns(),
                first.fileName(),
                first.fileContent(),
                first.approverEmails(),
                first.provisioning() == null ? usual : first.provisioning(),
                offers.size() == 1
                        ? first.domains()
                        : offers.stream().flatMap(offer -> each(offer).stream()).toList(),
                first.scope(),
                first.status());
    }

    /** The proof of each domain, those that are the same for several once. Each has its method and whether it is set by itself. */
    public static List<CertAuthentication> each(CertAuthentication proof) {
        List<CertAuthentication> domains = proof.domains() == null ? List.of() : proof.domains();
        boolean whole = hasData(proof) || domains.isEmpty();
        Map<String, CertAuthentication> distinct = new LinkedHashMap<>();
        Stream.concat(whole ? Stream.of(proof) : Stream.empty(), domains.stream())
                .map(each -> completed(each, proof))
                .forEach(each -> distinct.merge(data(each), each, ProofOfControl::named));
        return new ArrayList<>(distinct.values());
    }

    private static CertAuthentication named(CertAuthentication one, CertAuthentication same) {
        return one.name() == null ? same : one;
    }

    private static boolean hasData(CertAuthentication proof) {
        return proof.dns() != null || proof.fileName() != null || proof.approverEmails() != null;
    }

    private static String data(CertAuthentication proof) {
        return hasData(proof)
                ? proof.dns() + "\n" + proof.fileName() + "\n" + proof.fileContent() + "\n" + proof.approverEmails()
                : String.valueOf(proof.name());
    }

    private static CertAuthentication completed(CertAuthentication each, CertAuthentication whole) {
        return new CertAuthentication(
                each.name(),
                each.method() == null ? whole.method() : each.method(),
                each.dns(),
                each.fileName(),
                each.fileContent(),
                each.approverEmails(),
                each.provisioning() == null ? whole.provisioning() : each.provisioning(),
                null,
                each.scope(),
                each.status());
    }

    /**
     * Makes sure that whoever sets the records knows them.
     *
     * @param certificateName the domain where the service names none
     * @throws ReissueException if the service tells no record for a domain whose record it does not set itself
     */
    public static void requireRecords(CertAuthentication proof, String certificateName) {
        for (CertAuthentication each : each(proof)) {
            if (AuthMethod.DNS.equals(each.method())
                    && !Boolean.TRUE.equals(each.provisioning())
                    && each.dns() == null) {
                throw notOrdered(
                        each.name() == null ? certificateName : each.name(),
                        "the service does not tell the DNS record");
            }
        }
    }

    static ReissueException notOrdered(String domain, String why) {
        return new ReissueException(
                ReissueException.Kind.UNFIT,
                "Nothing was ordered, since control of " + domain
                        + " would never be proved: InterNetX does not set its record"
                        + " (provisioning), and " + why
                        + ". If InterNetX manages the zone, connect the SSL Manager to AutoDNS once (in the SSL Manager: user"
                        + " configuration, 'Connect SSL Manager to the Domain Administration System'). Otherwise set the record"
                        + " in the block of sslRotateWithValidation");
    }

    /** Returns those that somebody has to set: records and files. */
    public static List<CertAuthentication> toBeSet(CertAuthentication proof) {
        return each(proof).stream()
                .filter(each -> each.dns() != null || each.fileName() != null)
                .toList();
    }

    /** What a person who watches may have to do, a line for each proof. */
    public static List<String> explanation(CertAuthentication proof) {
        List<CertAuthentication> all = each(proof);
        if (all.stream().anyMatch(each -> each.dns() != null || each.fileName() != null)) {
            return toBeSet(proof).stream().map(ProofOfControl::toSet).toList();
        }
        if (AuthMethod.DNS.equals(proof.method()) && Boolean.TRUE.equals(proof.provisioning())) {
            return List.of("InterNetX sets the DNS records itself");
        }
        if (AuthMethod.DNS.equals(proof.method())) {
            return List.of("The service tells no DNS record");
        }
        String approvers = all.stream()
                .map(each -> (each.name() == null ? "" : "for " + each.name() + " ") + "to one of " + approvers(each))
                .collect(Collectors.joining("; "));
        return List.of("The service sends an e-mail for each name (" + approvers
                + "). The order waits until people have approved all of them");
    }

    private static String toSet(CertAuthentication proof) {
        if (proof.dns() == null) {
            return "To be found at " + proof.fileName() + ": " + proof.fileContent();
        }
        return (Boolean.FALSE.equals(proof.provisioning())
                        ? "Set this DNS record, since InterNetX does not: "
                        : "Set this DNS record unless InterNetX manages the zone: ")
                + proof.dns().replaceAll("\\s+", " ");
    }

    private static Object approvers(CertAuthentication proof) {
        @CheckForNull List<String> known = proof.approverEmails();
        return known == null || known.isEmpty() ? "the addresses that the certificate has" : known;
    }
}
