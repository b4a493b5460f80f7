package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.Order;

/**
 * What a rotation came to.
 *
 * @param certificate the service's at that time
 * @param order null where there is none
 */
public record RotationOutcome(
        Kind kind,
        IssuedCertificate certificate,
        @CheckForNull Order order) {

    /** What happened. */
    public enum Kind {
        /** The new certificate was delivered. */
        ROTATED,
        /** It was delivered before a restart cut this run off. */
        DELIVERED_BEFORE,
        NOT_DUE,
        /** Due, but a re-issue would not help: the paid term ends. */
        RENEWAL_NEEDED,
        DRY_RUN,
        /** Another run of this job works on its order. */
        UNDER_WAY,
        /** It is being re-issued by another job, to which key and order belong. */
        ORDERED_BY_ANOTHER_JOB
    }
}
