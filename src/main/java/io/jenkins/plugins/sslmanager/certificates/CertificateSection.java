package io.jenkins.plugins.sslmanager.certificates;

import hudson.ExtensionPoint;
import java.util.Optional;

/**
 * A part of a certificate's page that another package knows, with a view {@code section.jelly}. What else it serves is below its
 * name.
 */
public interface CertificateSection {

    /** Its part of the address. */
    String getUrlName();

    /** Makes the sections of one kind. */
    interface Factory extends ExtensionPoint {

        /**
         * @param row as the viewer may see it; nothing of other jobs than its own may be shown
         * @return nothing where there is nothing to show
         */
        Optional<? extends CertificateSection> of(CertificateRow row);
    }
}
