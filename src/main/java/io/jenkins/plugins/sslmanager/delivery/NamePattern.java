package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.HarmlessText;

/** Names files and credentials after their certificate. */
public final class NamePattern {

    public static final String NAME = "{name}";

    private NamePattern() {}

    /**
     * The certificate's name in the place of {@value #NAME}, {@code *.} as {@code wildcard.}
     *
     * @throws IllegalArgumentException if the service has sent a name that leads elsewhere in a path, or that a shell could act
     *     upon
     */
    public static String fill(String pattern, String certificateName) {
        if (pattern.contains(NAME) && !HarmlessText.NAME.fits(certificateName)) {
            throw new IllegalArgumentException("'" + pattern + "': the certificate's name "
                    + HarmlessText.quoted(certificateName)
                    + " has characters that a shell could act upon, or that lead elsewhere in a path. Write a name of your own"
                    + " instead of " + NAME);
        }
        return pattern.replace(NAME, certificateName.replace("*", "wildcard"));
    }

    /** The same where there may be no pattern. */
    @CheckForNull
    public static String fillIfGiven(@CheckForNull String pattern, String certificateName) {
        return pattern == null ? null : fill(pattern, certificateName);
    }
}
