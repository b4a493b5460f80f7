package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.BasicUser;
import io.jenkins.plugins.sslmanager.engine.api.CaCertificate;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateHistory;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.api.TimePeriod;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the certificates of an account: the first ones, the orders of new ones, and what comes of an order. */
final class Issuance {

    private static final int KEPT_HISTORIES = 100;

    private static final SslContact CONTACT = new SslContact(
            "John",
            "Doe",
            "+49-123-12345",
            null,
            "john.doe@example.com",
            "Admin",
            "Company",
            List.of("123 Main Street"),
            "12345",
            "Anytown",
            "DE",
            "BY",
            1120L);

    private final BasicUser owner;
    private final Numbering numbering;

    Issuance(BasicUser owner, Numbering numbering) {
        this.owner = owner;
        this.numbering = numbering;
    }

    Certificate first(String name, AuthMethod method, List<String> alternativeNames, Instant now) {
        KeyPair keys = KeyAlgorithm.EC_P256.generate();
        String csr = CertificateSigningRequest.create(
                        keys,
                        CheckedCsr.ascii(name),
                        alternativeNames.stream().map(CheckedCsr::ascii).toList())
                .toPem();
        OffsetDateTime created = ServiceTime.at(now);
        TimePeriod term = new TimePeriod("MONTH", 12L);
        Certificate ordered = new Certificate(
                created,
                created,
                owner,
                owner,
                numbering.certificateId(),
                numbering.orderId(),
                CONTACT,
                CONTACT,
                name,
                term,
                "APACHESSL",
                csr,
                null,
                null,
                "QUICKSSLPREMIUM",
                "FQDN",
                "SHA2",
                null,
                Behaviour.of(name) == Behaviour.TERM_ENDS
                        ? created.plus(SandboxCa.LEAF_VALIDITY)
                        : created.plusMonths(term.period()),
                listed(name, alternativeNames),
                List.of(),
                null,
                DomainProofs.of(method, name, now),
                "PUBLIC",
                true,
                name,
                Behaviour.of(name) == Behaviour.REISSUE_REQUIRED ? true : null);
        return issued(ordered, ordered.id(), keys.getPublic(), names(ordered), SandboxCa.shared(), now);
    }

    /** As they were given, in Unicode or in ASCII. */
    private static List<SubjectAlternativeName> listed(String name, List<String> alternativeNames) {
        return alternativeNames.stream()
                .filter(alternative -> !alternative.equals(name))
                .map(alternative -> CheckedCsr.alternativeName(name, alternative))
                .toList();
    }

    /**
     * What the certificate is to become.
     *
     * @param payable when its paid term ends then
     */
    Certificate ordered(
            Certificate current, CertificateOrder order, CheckedCsr csr, OffsetDateTime payable, Instant now) {
        return new Certificate(
                current.created(),
                ServiceTime.at(now),
                owner,
                owner,
                current.id(),
                numbering.orderId(),
                contact(current.adminContact(), order.adminContact()),
                contact(current.technicalContact(), order.technicalContact()),
                current.name(),
                order.lifetime(),
                order.software(),
                order.csr(),
                null,
                null,
                order.product(),
                current.certificateType(),
                current.signatureHashAlgorithm(),
                null,
                payable,
                alternativeNames(order, csr),
                histories(current),
                null,
                order.authentication(),
                current.certificateTransparencyPrivacy(),
                true,
                current.domain(),
                null);
    }

    /** What the order leads to, as its behaviour has it. */
    Certificate reissued(Certificate ordered, Certificate current, Behaviour behaviour, Instant now) {
        List<String> names = names(ordered);
        PublicKey key = CheckedCsr.of(ordered.csr()).key();
        return switch (behaviour) {
            case SAME_SERIAL -> current;
            case NEW_ID -> issued(ordered, numbering.certificateId(), key, names, SandboxCa.shared(), now);
            case WRONG_KEY -> {
                PublicKey another = KeyAlgorithm.EC_P256.generate().getPublic();
                yield issued(ordered, ordered.id(), another, names, SandboxCa.shared(), now);
            }
            case MISSING_NAME -> {
                Stream<String> others =
                        Stream.concat(names.stream().limit(names.size() - 1L), Stream.of("another." + ordered.name()));
                yield issued(ordered, ordered.id(), key, others.toList(), SandboxCa.shared(), now);
            }
            case BROKEN_CHAIN -> issued(ordered, ordered.id(), key, names, SandboxCa.impostor(), now);
            case SAME_END ->
                issued(
                        ordered,
                        ordered.id(),
                        SandboxCa.shared()
                                .issue(key, names, now, current.expire().toInstant()),
                        SandboxCa.shared(),
                        now);
            case CROSS_SIGNED -> crossSigned(issued(ordered, ordered.id(), key, names, SandboxCa.shared(), now), now);
            case CHAIN_IN_SERVER -> inOneField(issued(ordered, ordered.id(), key, names, SandboxCa.shared(), now));
            default -> issued(ordered, ordered.id(), key, names, SandboxCa.shared(), now);
        };
    }

    private static Certificate issued(
            Certificate ordered, long id, PublicKey key, List<String> names, SandboxCa chain, Instant now) {
        return issued(ordered, id, SandboxCa.shared().issue(key, names, now), chain, now);
    }

    private static Certificate issued(
            Certificate ordered, long id, X509Certificate leaf, SandboxCa chain, Instant now) {
        return copy(
                ordered,
                id,
                Pem.encode(leaf),
                Certificates.serialNumber(leaf),
                ServiceTime.at(leaf.getNotAfter().toInstant()),
                List.of(authority("INTERMEDIATE", chain.intermediate(), now), authority("ROOT", chain.root(), now)));
    }

    private static Certificate crossSigned(Certificate issued, Instant now) {
        Stream<CaCertificate> older = Stream.of(
                authority("INTERMEDIATE", SandboxCa.crossSignedRoot(), now),
                authority("ROOT", SandboxCa.olderRoot(), now));
        return copy(
                issued,
                issued.id(),
                issued.server(),
                issued.serialNumber(),
                issued.expire(),
                Stream.concat(issued.certificationAuthority().stream(), older).toList());
    }

    private static Certificate inOneField(Certificate issued) {
        return copy(
                issued,
                issued.id(),
                Pem.encode(SandboxCa.shared().root())
                        + Pem.encode(SandboxCa.shared().intermediate())
                        + issued.server(),
                issued.serialNumber(),
                issued.expire(),
                List.of());
    }

    private static CaCertificate authority(String type, X509Certificate certificate, Instant now) {
        return new CaCertificate(ServiceTime.at(now), ServiceTime.at(now), type, Pem.encode(certificate));
    }

    /** As an authority writes them: in ASCII, and each once. */
    static List<String> names(Certificate ordered) {
        return Stream.concat(
                        Stream.of(ordered.name()),
                        ordered.subjectAlternativeNames().stream().map(SubjectAlternativeName::name))
                .map(CheckedCsr::ascii)
                .distinct()
                .toList();
    }

    private static List<SubjectAlternativeName> alternativeNames(CertificateOrder order, CheckedCsr csr) {
        List<SubjectAlternativeName> ordered = order.subjectAlternativeNames();
        Set<String> known = new HashSet<>(Set.of(CheckedCsr.ascii(order.name())));
        return Stream.concat(ordered == null ? Stream.empty() : ordered.stream(), csr.alternativeNames().stream())
                .filter(alternative -> known.add(CheckedCsr.ascii(alternative.name())))
                .toList();
    }

    private static List<CertificateHistory> histories(Certificate current) {
        CertificateHistory latest = new CertificateHistory(current.serialNumber(), current.orderId(), null);
        return Stream.concat(Stream.of(latest), current.histories().stream())
                .limit(KEPT_HISTORIES)
                .toList();
    }

    private static SslContact contact(SslContact current, SslContact ordered) {
        return current.id().equals(ordered.id()) ? current : ordered;
    }

    /** As a notification has it: the authorities come with CertificateInfo only. */
    static Certificate withoutAuthorities(Certificate issued) {
        return copy(issued, issued.id(), issued.server(), issued.serialNumber(), issued.expire(), null);
    }

    /** As a list has it: neither the certificate itself nor its chain. */
    static Certificate asListed(Certificate certificate) {
        return copy(certificate, certificate.id(), null, null, certificate.expire(), null);
    }

    /** As a list may have it, of which the service promises no more. */
    static Certificate brief(Certificate certificate) {
        return Certificate.row(certificate.id(), certificate.name(), certificate.created(), null);
    }

    private static Certificate copy(
            Certificate original,
            long id,
            String server,
            String serialNumber,
            OffsetDateTime expire,
            List<CaCertificate> authorities) {
        return new Certificate(
                original.created(),
                original.updated(),
                original.owner(),
                original.updater(),
                id,
                original.orderId(),
                original.adminContact(),
                original.technicalContact(),
                original.name(),
                original.lifetime(),
                original.software(),
                original.csr(),
                server,
                serialNumber,
                original.product(),
                original.certificateType(),
                original.signatureHashAlgorithm(),
                expire,
                original.payable(),
                original.subjectAlternativeNames(),
                original.histories(),
                authorities,
                original.authentication(),
                original.certificateTransparencyPrivacy(),
                original.hasCsr(),
                original.domain(),
                original.reissueRequired());
    }
}
