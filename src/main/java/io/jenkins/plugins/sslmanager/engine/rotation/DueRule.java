package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.async.Durations;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a certificate is due for re-issue: a time before its end ({@code 30d}), or when so much of its lifetime is left
 * ({@code 33%}), which stays right while lifetimes fall.
 *
 * <p>A time is capped at half of the lifetime: with {@code 60d}, a certificate of 47 days would be due as soon as it has been
 * issued, and ordered every night. Half leaves a rule its meaning (30 days of 47 become 23 and a half) and leaves time enough
 * for an order that takes weeks. A share is taken as it is: whoever writes {@code 95%} means it.
 */
public final class DueRule {

    /** A third, as ACME clients have it. */
    public static final String DEFAULT = "33%";

    private static final Pattern SHARE = Pattern.compile("([1-9][0-9]?)%");

    private final int percent;

    @CheckForNull
    private final Duration before;

    private DueRule(int percent, @CheckForNull Duration before) {
        this.percent = percent;
        this.before = before;
    }

    /** @throws IllegalArgumentException if it is neither a share nor a duration */
    public static DueRule parse(String text) {
        Matcher share = SHARE.matcher(text);
        if (share.matches()) {
            return new DueRule(Integer.parseInt(share.group(1)), null);
        }
        try {
            return new DueRule(0, Durations.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' does not say when a certificate is due. Write how much of its lifetime is left, such as"
                            + " 33%, or how long before its end, such as 30d",
                    e);
        }
    }

    /** From when on a certificate is near its end, whatever a rule says: a tenth of its lifetime before it. */
    public static Instant nearEndFrom(Instant notBefore, Instant notAfter) {
        return notAfter.minus(Duration.between(notBefore, notAfter).dividedBy(10));
    }

    public boolean isDue(Instant notBefore, Instant notAfter, Instant now) {
        return !now.isBefore(dueAt(notBefore, notAfter));
    }

    /** Tells whether it is due: by this rule, or since the service wants it to be re-issued. */
    public boolean isDue(IssuedCertificate certificate, Instant now) {
        X509Certificate leaf = certificate.chain().leaf();
        return certificate.isReissueRequired()
                || isDue(leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant(), now);
    }

    /** From when on the certificate is due. */
    public Instant dueAt(Instant notBefore, Instant notAfter) {
        Duration lifetime = Duration.between(notBefore, notAfter);
        if (before == null) {
            return notAfter.minus(lifetime.multipliedBy(percent).dividedBy(100));
        }
        return notAfter.minus(isCapped(notBefore, notAfter) ? lifetime.dividedBy(2) : before);
    }

    /** Tells whether a time is longer than half of the lifetime, so that half of it counts; worth a line for people. */
    public boolean isCapped(Instant notBefore, Instant notAfter) {
        return before != null
                && before.compareTo(Duration.between(notBefore, notAfter).dividedBy(2)) > 0;
    }

    /**
     * Tells whether a re-issue would not help, since it does not extend the paid term: then the certificate has to be renewed
     * (CertificateRenew 400106), which is billed.
     *
     * @param payable when the paid term ends (OpenAPI {@code Certificate.payable}); null if unknown
     */
    public static boolean isRenewalNeeded(@CheckForNull Instant payable, Instant notAfter) {
        return payable != null && payable.isBefore(notAfter.plus(Order.WORTHWHILE));
    }
}
