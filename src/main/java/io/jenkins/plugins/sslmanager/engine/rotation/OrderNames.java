package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The names of an order: what the certificate has, by its leaf and by what the service lists, and what the CSR adds. A list or a
 * CSR may lack some, and a name that is not ordered is gone; so nothing is left out but what the order says.
 *
 * @param all in ASCII, the certificate's own name first
 * @param alternatives all but the certificate's own name, as the service is told them: those that it lists as it lists them
 * @param unlisted of the leaf, and not listed by the service
 * @param added of the CSR, and new; they may be billed
 * @param removed of the certificate, and left out as the order says
 */
record OrderNames(
        Set<String> all,
        List<SubjectAlternativeName> alternatives,
        List<String> unlisted,
        List<String> added,
        List<String> removed) {

    /** @throws ReissueException if a name cannot be ordered, or is both wanted and to be left out */
    static OrderNames of(Certificate existing, CertificateSigningRequest csr, Collection<String> toRemove) {
        try {
            return read(existing, csr, CertificateNames.set(toRemove));
        } catch (IllegalArgumentException e) {
            throw new ReissueException(
                    ReissueException.Kind.UNFIT,
                    "Certificate " + existing.id() + " (" + existing.name() + ") is not ordered, since one of its names"
                            + " cannot be: " + e.getMessage(),
                    e);
        }
    }

    private static OrderNames read(Certificate existing, CertificateSigningRequest csr, Set<String> toRemove) {
        String name = CertificateNames.ascii(existing.name());
        requireKept(existing, name, csr, toRemove);
        Map<String, SubjectAlternativeName> alternatives = new LinkedHashMap<>();
        listed(existing).forEach(each -> alternatives.putIfAbsent(CertificateNames.ascii(each.name()), each));
        Set<String> known = new LinkedHashSet<>(Set.of(name));
        known.addAll(alternatives.keySet());
        List<String> unlisted = notIn(known, CertificateNames.carried(existing));
        known.addAll(unlisted);
        List<String> added = notIn(known, csr.dnsNames());
        Stream.concat(unlisted.stream(), added.stream())
                .forEach(each -> alternatives.put(each, new SubjectAlternativeName(null, each)));
        List<String> removed =
                toRemove.stream().filter(alternatives::containsKey).toList();
        alternatives.keySet().removeAll(toRemove);
        Set<String> all = new LinkedHashSet<>(Set.of(name));
        all.addAll(alternatives.keySet());
        unlisted = notIn(toRemove, unlisted);
        return new OrderNames(all, List.copyOf(alternatives.values()), unlisted, added, removed);
    }

    private static void requireKept(
            Certificate existing, String name, CertificateSigningRequest csr, Set<String> toRemove) {
        List<String> contradicted = Stream.concat(Stream.of(name), csr.dnsNames().stream())
                .filter(toRemove::contains)
                .distinct()
                .toList();
        if (!contradicted.isEmpty()) {
            throw new ReissueException(
                    ReissueException.Kind.UNFIT,
                    "Certificate " + existing.id() + " (" + existing.name()
                            + ") is not ordered: 'removeNames' leaves out "
                            + contradicted
                            + ", which "
                            + (contradicted.contains(name) ? "is the certificate's own name" : "the CSR has")
                            + ". Take it out of 'removeNames'"
                            + (contradicted.contains(name) ? "" : ", or make the CSR without it"));
        }
    }

    private static Stream<SubjectAlternativeName> listed(Certificate existing) {
        @CheckForNull List<SubjectAlternativeName> names = existing.subjectAlternativeNames();
        return Stream.ofNullable(names)
                .flatMap(List::stream)
                .filter(each -> each.name() != null && !each.name().isBlank());
    }

    private static List<String> notIn(Set<String> known, Collection<String> names) {
        return new ArrayList<>(names)
                .stream().filter(name -> !known.contains(name)).distinct().toList();
    }

    /** What a person has to know before it is ordered. */
    void tell(CertificateSigningRequest csr, Consumer<String> log) {
        if (!unlisted.isEmpty()) {
            log.accept("The service does not list " + unlisted
                    + ", which the certificate has: ordered with it, so that it is not lost");
        }
        if (!added.isEmpty()) {
            log.accept("Adds " + added + " to the certificate. Further names can be billed");
        }
        if (!removed.isEmpty()) {
            log.accept("Leaves out " + removed
                    + ", as 'removeNames' says. Some authorities then revoke the old certificate");
        }
        if (!csr.otherNames().isEmpty()) {
            log.accept("The CSR also has " + String.join(", ", csr.otherNames())
                    + ", which the service does not order: the new certificate will lack it");
        }
    }
}
