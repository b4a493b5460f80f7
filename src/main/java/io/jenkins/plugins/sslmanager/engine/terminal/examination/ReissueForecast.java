package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateNames;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.ProofOfControl;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a re-issue of the certificate would work, by what the service told over one protocol. */
final class ReissueForecast {

    private final Findings findings;
    private final Pseudonyms pseudonyms;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();
    private final List<String> obstacles = new ArrayList<>();

    ReissueForecast(Findings findings, Pseudonyms pseudonyms, Instant now) {
        this.findings = findings;
        this.pseudonyms = pseudonyms;
        this.now = now;
    }

    /** The verdict first. */
    List<String> lines() {
        findings.certificate()
                .ifPresentOrElse(this::judge, () -> obstacles.add("the service did not give the certificate"));
        lines.add(
                0,
                obstacles.isEmpty()
                        ? "A re-issue by `sslRotateCertificate` would work."
                        : "A re-issue by `sslRotateCertificate` would not work as things are: "
                                + String.join("; ", obstacles) + ".");
        return lines;
    }

    private void judge(Certificate certificate) {
        List<String> missing = ExpectedFields.OF_CERTIFICATE.missingIn(certificate).stream()
                .filter(field -> !Set.of("subjectAlternativeNames", "payable", "serialNumber", "expire")
                        .contains(field))
                .toList();
        if (!missing.isEmpty()) {
            obstacles.add("the certificate has no " + String.join(", ", missing));
        }
        if (findings.isUnderWay()) {
            obstacles.add("a job of this certificate is under way");
        }
        try {
            IssuedCertificate issued = IssuedCertificate.of(certificate);
            names(certificate, issued);
            term(certificate, issued);
        } catch (ReissueException e) {
            obstacles.add("its PEM cannot be read");
        }
        findings.prepared()
                .ifPresentOrElse(
                        prepared -> proofs(certificate, prepared),
                        () -> obstacles.add("the order check (PrepareOrder) gave no answer that can be used"));
    }

    private void names(Certificate certificate, IssuedCertificate issued) {
        try {
            Set<String> carried =
                    CertificateNames.set(Certificates.dnsNames(issued.chain().leaf()));
            Set<String> listed = CertificateNames.set(Stream.concat(
                            Stream.of(certificate.name()),
                            Stream.ofNullable(certificate.subjectAlternativeNames())
                                    .flatMap(List::stream)
                                    .map(SubjectAlternativeName::name))
                    .filter(Objects::nonNull)
                    .toList());
            Set<String> all = new LinkedHashSet<>(listed);
            all.addAll(carried);
            lines.add("Names: " + all.size() + " would be ordered: " + shown(all) + ".");
            tellDifference("Only the leaf has", carried, listed);
            tellDifference("Only the service lists", listed, carried);
        } catch (IllegalArgumentException e) {
            obstacles.add(
                    "one of its names cannot be ordered, since it is not a DNS name, or one that programs encode in two"
                            + " ways");
        }
    }

    private void tellDifference(String who, Set<String> names, Set<String> others) {
        Set<String> alone = new LinkedHashSet<>(names);
        alone.removeAll(others);
        if (!alone.isEmpty()) {
            lines.add(who + ": " + shown(alone) + ".");
        }
    }

    private String shown(Collection<String> names) {
        return names.stream().map(pseudonyms::name).collect(Collectors.joining(", "));
    }

    private void term(Certificate certificate, IssuedCertificate issued) {
        Instant end = issued.chain().leaf().getNotAfter().toInstant();
        RotationVerdict verdict = RotationVerdict.of(issued, null, DueRule.parse(DueRule.DEFAULT), now);
        lines.add("Due by the rule `" + DueRule.DEFAULT + "`: " + (verdict.isDue() ? "yes" : "no")
                + ". The certificate has "
                + Duration.between(now, end).toDays() + " days left of "
                + Duration.between(issued.chain().leaf().getNotBefore().toInstant(), end)
                        .toDays()
                + ".");
        if (certificate.payable() == null) {
            lines.add("Paid term: the service does not tell its end (`payable`).");
            return;
        }
        Instant payable = certificate.payable().toInstant();
        lines.add("Paid term: it ends in " + Duration.between(now, payable).toDays() + " days, "
                + Duration.between(end, payable).toDays() + " days after the certificate.");
        if (DueRule.isRenewalNeeded(payable, end)) {
            obstacles.add("the paid term ends with the certificate, so it has to be renewed");
        }
    }

    private void proofs(Certificate certificate, CertificateData prepared) {
        CertAuthentication offered;
        try {
            offered = ProofOfControl.offered(certificate, prepared);
        } catch (ReissueException e) {
            obstacles.add("the order check offers no proof by the certificate's method that can be used");
            return;
        }
        List<CertAuthentication> proofs = ProofOfControl.each(offered);
        lines.add("Proofs: " + proofs.size() + " by " + word(offered.method()) + ".");
        proofs.forEach(proof -> lines.add("- "
                + (proof.name() == null ? "of the certificate" : pseudonyms.name(proof.name())) + ": " + state(proof)));
        if (AuthMethod.EMAIL.equals(offered.method())) {
            obstacles.add("people have to approve it by e-mail, so it cannot run unattended");
        } else if (proofs.stream().anyMatch(proof -> !Boolean.TRUE.equals(proof.provisioning()))) {
            obstacles.add(
                    "InterNetX does not set all that proves control, so the rest has to be set by `sslRotateWithValidation`,"
                            + " or be there already");
        }
    }

    private static String state(CertAuthentication proof) {
        String given = proof.dns() != null
                ? "a DNS record"
                : proof.fileName() != null ? "a file" : proof.approverEmails() != null ? "e-mail addresses" : "no data";
        return given
                + (proof.provisioning() == null
                        ? ", nothing about `provisioning`"
                        : ", `provisioning` is " + proof.provisioning());
    }

    /** A method that is not among the documented ones may be anything. */
    private static String word(AuthMethod method) {
        return Stream.of(AuthMethod.DNS, AuthMethod.FILE, AuthMethod.EMAIL)
                .filter(method::equals)
                .map(String::valueOf)
                .findFirst()
                .orElse("another method");
    }
}
