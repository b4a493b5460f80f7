package io.jenkins.plugins.sslmanager.engine.orders;

import java.util.Objects;

/**
 * Which certificate of which system.
 *
 * @param system as {@link ServiceSystem} names it
 * @param number the service's number of the certificate, above 0; it can change with a re-issue
 */
public record CertificateId(String system, long number) {

    /** Also of what stands in a file. */
    public CertificateId {
        Objects.requireNonNull(system, "system");
    }

    @Override
    public String toString() {
        return number + " at " + system;
    }
}
