package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Whether a certificate is to be re-issued now.
 *
 * @param isDue by the rule; also if the service has a newer certificate than the one that is stored, and that one is due
 * @param isRenewalNeeded whether a re-issue would not help, since the paid term ends
 * @param reason for the build's log
 */
public record RotationVerdict(boolean isDue, boolean isRenewalNeeded, String reason) {

    /** @param stored the certificate that is in use; null where it is not known */
    public static RotationVerdict of(
            IssuedCertificate current, @CheckForNull X509Certificate stored, DueRule rule, Instant now) {
        X509Certificate leaf = current.chain().leaf();
        Instant end = leaf.getNotAfter().toInstant();
        Instant dueAt = rule.dueAt(leaf.getNotBefore().toInstant(), end);
        Instant begin = leaf.getNotBefore().toInstant();
        String left = Duration.between(now, end).toDays() + " days are left"
                + (rule.isCapped(begin, end)
                        ? " (the rule's time is more than half of the lifetime, so half of it counts)"
                        : "");
        if (!now.isBefore(dueAt)) {
            OffsetDateTime payable = current.data().payable();
            boolean renewal = DueRule.isRenewalNeeded(payable == null ? null : payable.toInstant(), end);
            return new RotationVerdict(
                    true,
                    renewal,
                    renewal
                            ? "Due, since " + left + ", but a re-issue would not help: its paid term ends on "
                                    + payable.toLocalDate() + ". Renew it (400106) in the SSL Manager, which is billed"
                            : "Due: " + left);
        }
        if (isOld(stored, leaf, rule, now)) {
            return new RotationVerdict(
                    true,
                    false,
                    "Due: the stored certificate is older than the one at the service, whose key is not here, and runs out on "
                            + stored.getNotAfter().toInstant());
        }
        return new RotationVerdict(
                false,
                false,
                "Not due: " + left + "; it will be from " + dueAt.truncatedTo(ChronoUnit.SECONDS) + " on");
    }

    private static boolean isOld(
            @CheckForNull X509Certificate stored, X509Certificate leaf, DueRule rule, Instant now) {
        return stored != null
                && !stored.equals(leaf)
                && rule.isDue(
                        stored.getNotBefore().toInstant(), stored.getNotAfter().toInstant(), now);
    }

    public boolean isToBeReissued() {
        return isDue && !isRenewalNeeded;
    }
}
