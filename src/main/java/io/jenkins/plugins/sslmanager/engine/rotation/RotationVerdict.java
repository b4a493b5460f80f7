package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.OrderReason;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Whether a certificate is to be re-issued now.
 *
 * @param orderReason why it is due; null if it is not
 * @param isRenewalNeeded whether a re-issue would not help, since the paid term ends
 * @param explanation for the build's log
 */
public record RotationVerdict(@CheckForNull OrderReason orderReason, boolean isRenewalNeeded, String explanation) {

    /** @param stored the certificate that is in use; null where it is not known */
    public static RotationVerdict of(
            IssuedCertificate current, @CheckForNull X509Certificate stored, DueRule rule, Instant now) {
        X509Certificate leaf = current.chain().leaf();
        Instant begin = leaf.getNotBefore().toInstant();
        Instant end = leaf.getNotAfter().toInstant();
        String left = Duration.between(now, end).toDays() + " days left"
                + (rule.isCapped(begin, end)
                        ? "; the rule's time exceeds half of the lifetime, so half of it counts"
                        : "");
        if (current.isReissueRequired()) {
            return new RotationVerdict(
                    OrderReason.SERVICE_ASKS,
                    false,
                    "Due, since InterNetX asks for a re-issue now (reissueRequired); " + left);
        }
        OffsetDateTime payable = current.data().payable();
        boolean endsWithTerm = DueRule.isRenewalNeeded(payable == null ? null : payable.toInstant(), end);
        if (rule.isDue(begin, end, now)) {
            return new RotationVerdict(
                    OrderReason.RUNS_OUT,
                    endsWithTerm,
                    endsWithTerm
                            ? "Due (" + left + "), but a re-issue would not help: its paid term ends on "
                                    + payable.toLocalDate()
                            : "Due (" + left + ")");
        }
        if (isOld(stored, leaf, rule, now)) {
            return new RotationVerdict(
                    OrderReason.ON_DEMAND,
                    false,
                    "Due: the stored certificate is older than InterNetX's, whose key is not here, and expires on "
                            + stored.getNotAfter().toInstant());
        }
        return new RotationVerdict(
                null,
                endsWithTerm,
                "Not due until " + rule.dueAt(begin, end).toString().substring(0, 10) + " (" + left + ")");
    }

    private static boolean isOld(
            @CheckForNull X509Certificate stored, X509Certificate leaf, DueRule rule, Instant now) {
        return stored != null
                && !stored.equals(leaf)
                && rule.isDue(
                        stored.getNotBefore().toInstant(), stored.getNotAfter().toInstant(), now);
    }

    /** Tells whether it is due only because the service has a newer certificate, whose key is not here. */
    public boolean isForWantOfKey() {
        return orderReason == OrderReason.ON_DEMAND;
    }

    /**
     * Tells whether it is due: by the rule, or since the service asks for it; also if the service has a newer certificate than the
     * one that is stored, and that one is due.
     */
    public boolean isDue() {
        return orderReason != null;
    }
}
