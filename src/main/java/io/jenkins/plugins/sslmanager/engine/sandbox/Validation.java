package io.jenkins.plugins.sslmanager.engine.sandbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** How an account proves control of the domains of its certificates. */
final class Validation {

    private final ProofShape shape;
    private final boolean ofEachDomain;
    private final Set<String> zonesElsewhere;

    /** By the public key of the CSR that they were offered for. */
    private final Map<String, List<CertAuthentication>> offered = new BoundedMap<>();

    /**
     * @param ofEachDomain whether an order without the proof of each of its domains is refused
     * @param zonesElsewhere domains whose zones InterNetX does not manage
     */
    Validation(ProofShape shape, boolean ofEachDomain, Set<String> zonesElsewhere) {
        this.shape = shape;
        this.ofEachDomain = ofEachDomain;
        this.zonesElsewhere = zonesElsewhere;
    }

    /**
     * Returns the proofs of a CSR, by all methods.
     *
     * @param names of the CSR, and of the certificate that is to be re-issued
     */
    List<CertAuthentication> offer(CheckedCsr csr, List<String> names, Instant now) {
        List<String> domains = DomainProofs.domains(names);
        List<CertAuthentication> offers = new ArrayList<>();
        Map<AuthMethod, List<CertAuthentication>> byMethod = new LinkedHashMap<>();
        for (String domain : domains) {
            for (CertAuthentication proof : DomainProofs.of(domain, !isElsewhere(domain), now)) {
                byMethod.computeIfAbsent(proof.method(), method -> new ArrayList<>())
                        .add(proof);
            }
        }
        byMethod.values().forEach(proofs -> offers.addAll(inShape(domains, proofs)));
        offered.put(
                csr.keySha256(),
                byMethod.values().stream().flatMap(List::stream).toList());
        return offers;
    }

    private List<CertAuthentication> inShape(List<String> domains, List<CertAuthentication> proofs) {
        if (domains.size() == 1) {
            return proofs;
        }
        List<CertAuthentication> named = new ArrayList<>();
        for (int i = 0; i < proofs.size(); i++) {
            named.add(DomainProofs.with(proofs.get(i), domains.get(i), null));
        }
        return shape == ProofShape.ENTRIES ? named : List.of(DomainProofs.with(proofs.get(0), null, named));
    }

    /** @throws TaskRefused if the proof of a domain is missing */
    void check(CertificateOrder order, CheckedCsr csr) {
        if (!ofEachDomain) {
            return;
        }
        CertAuthentication given = order.authentication();
        List<CertAuthentication> all = Stream.concat(
                        Stream.of(given), Stream.ofNullable(given.domains()).flatMap(List::stream))
                .toList();
        offered.getOrDefault(csr.keySha256(), List.of()).stream()
                .filter(proof -> proof.method().equals(given.method()))
                .filter(proof -> all.stream().noneMatch(each -> isSame(each, proof)))
                .findFirst()
                .ifPresent(missing -> {
                    throw TaskRefused.unproven(String.valueOf(data(missing)));
                });
    }

    private static boolean isSame(CertAuthentication one, CertAuthentication other) {
        return Objects.equals(data(one), data(other));
    }

    @CheckForNull
    private static Object data(CertAuthentication proof) {
        return proof.dns() != null ? proof.dns() : proof.fileName() != null ? proof.fileName() : proof.approverEmails();
    }

    /** Tells whether InterNetX cannot set a record for that name. */
    boolean isElsewhere(String name) {
        return zonesElsewhere.stream().anyMatch(zone -> name.equals(zone) || name.endsWith("." + zone));
    }
}
