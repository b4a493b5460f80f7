package io.jenkins.plugins.sslmanager.account;

import java.util.OptionalLong;

/** What the order book knows and grants depend on. */
public interface OrderFacts {

    /**
     * Returns the service's number that a certificate has now, after all re-issues that gave it another.
     *
     * @param system see {@link AccountAccess#system}
     */
    long currentNumber(String system, long certificateId);

    /**
     * Returns the number of the certificate that a job has an open order for.
     *
     * @param publicKeySha256 of the ordered key, lower-case hex
     * @param job the full name
     */
    OptionalLong orderedNumber(String publicKeySha256, String job);

    /**
     * Tells whether the plugin itself has made a key, for this job.
     *
     * @param publicKeySha256 lower-case hex
     * @param job the full name
     */
    boolean hasKeyOf(String publicKeySha256, String job);
}
