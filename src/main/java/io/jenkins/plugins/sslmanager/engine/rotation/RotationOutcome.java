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
        /** Not due, but what is kept here is an older one: somebody else has re-issued it, and its key is not here. */
        REISSUED_ELSEWHERE,
        /** Not due, but its key is nowhere here, and nothing was ordered for want of it. */
        KEY_NOT_HERE,
        /** Due, but a re-issue would not help: the paid term ends. */
        RENEWAL_NEEDED,
        /** Due, but the last order for it won too little to be repeated yet. */
        NOTHING_TO_WIN,
        DRY_RUN,
        /** Another run of this job works on its order. */
        UNDER_WAY,
        /** It is being re-issued by another job, to which key and order belong. */
        ORDERED_BY_ANOTHER_JOB
    }
}
