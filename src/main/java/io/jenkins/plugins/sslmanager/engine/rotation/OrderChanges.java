package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import java.io.Serial;
import java.io.Serializable;
import java.util.Set;

/**
 * What an order shall not take over from the certificate; null for what it shall. The validation method is not among it, since a
 * re-issue cannot change it.
 *
 * @param adminContact the id of a contact at the service
 * @param technicalContact the same
 * @param software the service's name of the server software
 * @param product the service's name of the product
 * @param lifetimeMonths the term, in months
 * @param removedNames DNS names of the certificate to leave out of the new one, separated by commas or white space
 */
public record OrderChanges(
        @CheckForNull Long adminContact,
        @CheckForNull Long technicalContact,
        @CheckForNull String software,
        @CheckForNull String product,
        @CheckForNull Long lifetimeMonths,
        @CheckForNull String removedNames)
        implements Serializable {

    public static final OrderChanges NONE = new OrderChanges(null, null, null, null, null, null);

    @Serial
    private static final long serialVersionUID = 1L;

    /** @throws IllegalArgumentException if a name to be removed is no DNS name */
    public void check() {
        try {
            namesToRemove();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("removeNames: " + e.getMessage(), e);
        }
    }

    /** In ASCII. */
    Set<String> namesToRemove() {
        return CertificateNames.of(removedNames);
    }

    /** Returns the service's name of the product that is ordered, null where neither this nor the certificate has one. */
    @CheckForNull
    String productFor(Certificate existing) {
        return product == null ? existing.product() : product;
    }

    /** Tells whether the order may cost more than the certificate as it is. */
    public boolean isBilled() {
        return product != null || lifetimeMonths != null;
    }
}
