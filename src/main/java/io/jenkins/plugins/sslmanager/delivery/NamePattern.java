package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Names files and credentials after their certificate. */
public final class NamePattern {

    public static final String NAME = "{name}";

    private NamePattern() {}

    /** The certificate's name in the place of {@value #NAME}, {@code *.} as {@code wildcard.} */
    public static String fill(String pattern, String certificateName) {
        return pattern.replace(NAME, certificateName.replace("*", "wildcard"));
    }

    /** The same where there may be no pattern. */
    @CheckForNull
    public static String fillIfGiven(@CheckForNull String pattern, String certificateName) {
        return pattern == null ? null : fill(pattern, certificateName);
    }
}
