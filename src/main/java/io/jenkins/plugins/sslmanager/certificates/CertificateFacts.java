package io.jenkins.plugins.sslmanager.certificates;

import static java.util.Objects.requireNonNull;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.delivery.CertificateAction;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a certificate in use. All of it is public but where it was asked for.
 *
 * @param service the address of the SSL Manager
 * @param account the account's name in Jenkins
 * @param issuer null where the service did not give it
 * @param dueAt from when on it is due, by the rule of the build that got it
 * @param paidUntil null where the service does not tell
 * @param jobId the service's job that issued it; 0 if unknown
 */
record CertificateFacts(
        String service,
        String account,
        String name,
        List<String> names,
        String subject,
        @CheckForNull String issuer,
        String serialNumber,
        String sha256Fingerprint,
        Instant notBefore,
        Instant notAfter,
        Instant dueAt,
        @CheckForNull Instant paidUntil,
        @CheckForNull String product,
        @CheckForNull String orderId,
        long certificateId,
        long jobId) {

    /** Also of what stands in a file. */
    CertificateFacts {
        requireNonNull(service, "service");
        requireNonNull(account, "account");
        requireNonNull(name, "name");
        requireNonNull(subject, "subject");
        requireNonNull(serialNumber, "serialNumber");
        requireNonNull(sha256Fingerprint, "sha256Fingerprint");
        requireNonNull(notBefore, "notBefore");
        requireNonNull(notAfter, "notAfter");
        requireNonNull(dueAt, "dueAt");
        names = List.copyOf(names);
    }

    static CertificateFacts of(CertificateAction certificate) {
        String paidUntil = certificate.getPaidUntil();
        return new CertificateFacts(
                certificate.getService(),
                certificate.getAccount(),
                certificate.getName(),
                certificate.getNames(),
                certificate.getSubject(),
                certificate.getIssuer(),
                certificate.getSerialNumber(),
                certificate.getSha256Fingerprint(),
                Instant.parse(certificate.getNotBefore()),
                Instant.parse(certificate.getNotAfter()),
                Instant.parse(certificate.getDueAt()),
                paidUntil == null ? null : Instant.parse(paidUntil),
                certificate.getProduct(),
                certificate.getOrderId(),
                certificate.getCertificateId(),
                certificate.getJobId());
    }

    CertificateState state(Instant now) {
        if (!now.isBefore(notAfter)) {
            return CertificateState.EXPIRED;
        }
        if (now.isBefore(dueAt)) {
            return CertificateState.OK;
        }
        return endsWithItsTerm() ? CertificateState.RENEWAL_NEEDED : CertificateState.DUE;
    }

    /** Whether a re-issue would not help, since it does not extend the paid term. */
    boolean endsWithItsTerm() {
        return DueRule.isRenewalNeeded(paidUntil, notAfter);
    }

    /** How much of the lifetime is left, in percent. */
    int percentLeft(Instant now) {
        long lifetime = Math.max(1, Duration.between(notBefore, notAfter).toSeconds());
        long left = Duration.between(now, notAfter).toSeconds();
        return (int) Math.max(0, Math.min(100, left * 100 / lifetime));
    }

    /** The same certificate, seen by a build that need not know which job issued it. */
    CertificateFacts knowing(CertificateFacts before) {
        return jobId != 0
                ? this
                : new CertificateFacts(
                        service,
                        account,
                        name,
                        names,
                        subject,
                        issuer,
                        serialNumber,
                        sha256Fingerprint,
                        notBefore,
                        notAfter,
                        dueAt,
                        paidUntil,
                        product,
                        orderId,
                        certificateId,
                        before.jobId);
    }
}
