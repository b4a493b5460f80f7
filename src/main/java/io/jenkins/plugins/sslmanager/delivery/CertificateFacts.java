package io.jenkins.plugins.sslmanager.delivery;

import static java.util.Objects.requireNonNull;

import com.thoughtworks.xstream.converters.basic.AbstractSingleValueConverter;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.PaidTerm;
import io.jenkins.plugins.sslmanager.engine.storage.DiskJson;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is known of a certificate in use. All of it is public but where it was asked for.
 *
 * @param service the address of the SSL Manager
 * @param account the account's lasting id; its name in records from before accounts had ids
 * @param issuer null where the service did not give it
 * @param dueAt from when on it is due, by the rule of the build that got it; no later than when it was seen that the service
 *     wants it to be re-issued
 * @param paidUntil null where the service does not tell
 * @param jobId the service's job that issued it; 0 if unknown
 */
public record CertificateFacts(
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

    /** What stands in a file is checked, too. */
    public CertificateFacts {
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

    /**
     * @param access the account that it comes from
     * @param jobId the service's job that issued it; 0 if unknown
     */
    static CertificateFacts of(AccountAccess access, IssuedCertificate issued, DueRule rule, long jobId) {
        X509Certificate leaf = issued.chain().leaf();
        Instant begin = leaf.getNotBefore().toInstant();
        Instant end = leaf.getNotAfter().toInstant();
        Instant byRule = rule.dueAt(begin, end);
        Instant now = Instant.now();
        OffsetDateTime payable = issued.data().payable();
        Long number = issued.data().id();
        List<String> subjects = subjects(issued.chain());
        return new CertificateFacts(
                access.account().serviceAddress().lasting(),
                Objects.requireNonNull(access.account().getId(), "An account in use has an ID"),
                issued.data().name(),
                List.copyOf(Certificates.dnsNames(leaf)),
                subjects.get(0),
                subjects.size() < 2 ? null : subjects.get(1),
                Certificates.serialNumber(leaf),
                Certificates.sha256Fingerprint(leaf),
                begin,
                end,
                issued.isReissueRequired() && now.isBefore(byRule) ? now : byRule,
                payable == null ? null : payable.toInstant(),
                issued.data().product(),
                issued.data().orderId(),
                number == null ? 0 : number,
                jobId);
    }

    /** From the leaf to the topmost known authority. */
    static List<String> subjects(CertificateChain chain) {
        return Stream.of(Stream.of(chain.leaf()), chain.intermediates().stream(), chain.root().stream())
                .flatMap(Function.identity())
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .toList();
    }

    /** The same for all certificates of one name at one service; good for a file's name and in an address. */
    public String recordId() {
        return Util.getDigestOf(service + "\n" + name);
    }

    public boolean isDue(Instant now) {
        return !now.isBefore(dueAt);
    }

    /** Whole days; negative once it has expired. */
    public long daysLeft(Instant now) {
        return Duration.between(now, notAfter).toDays();
    }

    /** Whether a re-issue would not help, since it does not extend the paid term. */
    public boolean endsWithItsTerm() {
        return DueRule.isRenewalNeeded(paidUntil, notAfter);
    }

    /** Tells whether the paid term ends so soon, or has ended; no if the service does not tell it. */
    public boolean paidTermEndsWithin(Duration notice, Instant now) {
        return paidUntil != null && new PaidTerm(paidUntil).endsWithin(notice, now);
    }

    /** Returns the same with a time from when on it is due that is no later than that. */
    public CertificateFacts dueNoLaterThan(Instant limit) {
        return limit.isBefore(dueAt) ? with(limit, jobId) : this;
    }

    private CertificateFacts with(Instant due, long job) {
        return new CertificateFacts(
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
                due,
                paidUntil,
                product,
                orderId,
                certificateId,
                job);
    }

    /** How much of the lifetime is left, in percent. */
    public int percentLeft(Instant now) {
        long lifetime = Math.max(1, Duration.between(notBefore, notAfter).toSeconds());
        long left = Duration.between(now, notAfter).toSeconds();
        return (int) Math.max(0, Math.min(100, left * 100 / lifetime));
    }

    /** The same certificate, seen by a build that need not know which job issued it. */
    public CertificateFacts withJobOf(CertificateFacts before) {
        return jobId != 0 ? this : with(dueAt, before.jobId);
    }

    /** In a build's record as on the disk elsewhere. Jenkins' XStream reads no records by itself, and finds this by its name. */
    public static final class ConverterImpl extends AbstractSingleValueConverter {

        @Override
        @SuppressWarnings("rawtypes") // as it is inherited
        public boolean canConvert(Class type) {
            return type == CertificateFacts.class;
        }

        @Override
        public String toString(Object facts) {
            return new String(DiskJson.write(facts), StandardCharsets.UTF_8);
        }

        @Override
        public Object fromString(String json) {
            return DiskJson.read(json.getBytes(StandardCharsets.UTF_8), CertificateFacts.class);
        }
    }
}
