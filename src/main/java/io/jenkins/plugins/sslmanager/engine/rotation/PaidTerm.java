package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The term that is paid for, which a re-issue does not extend and the service does not renew by itself.
 *
 * @param end OpenAPI {@code Certificate.payable}
 */
public record PaidTerm(Instant end) {

    /** How long before its end it is told where nobody says otherwise. */
    public static final Duration USUAL_NOTICE = Duration.ofDays(30);

    /** Returns nothing where the service does not tell it. */
    public static Optional<PaidTerm> of(@CheckForNull OffsetDateTime payable) {
        return Optional.ofNullable(payable).map(OffsetDateTime::toInstant).map(PaidTerm::new);
    }

    /** Tells whether it ends so soon, or has ended. */
    public boolean endsWithin(Duration notice, Instant now) {
        return !now.plus(notice).isBefore(end);
    }

    /** Returns a line for people. */
    public String told(Instant now) {
        return ends(now)
                + ". A re-issue does not extend it, and nobody renews it by itself: renew the certificate (400106) in the SSL"
                + " Manager, which is billed";
    }

    /** Returns the line where a rotation renews it. */
    public String toldWhereRenewed(Instant now) {
        return ends(now) + ". The certificate is renewed (400106), which is billed, when it is due";
    }

    private String ends(Instant now) {
        LocalDate day = LocalDate.ofInstant(end, SslManagerApi.TIME_ZONE);
        long days = Duration.between(now, end).toDays();
        return now.isBefore(end)
                ? "The paid term ends on " + day + ", in " + days + " days"
                : "The paid term ended on " + day;
    }
}
