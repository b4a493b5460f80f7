package io.jenkins.plugins.sslmanager.account;

import jenkins.util.SystemProperties;

/**
 * Whether this Jenkins was started as a copy that must not act: nothing is ordered, and no notification is taken out of a queue.
 * Whoever starts a copy of a controller says so by the system property {@value #PROPERTY}.
 */
public final class ReadOnlyController {

    /** Documented, so that it stays. */
    public static final String PROPERTY = "io.jenkins.plugins.sslmanager.readOnly";

    private ReadOnlyController() {}

    public static boolean isOn() {
        return SystemProperties.getBoolean(PROPERTY);
    }

    /** The engine takes from the kind of this exception that nothing was sent. */
    static IllegalArgumentException refusal(String what) {
        return new IllegalArgumentException("This Jenkins is read only (" + PROPERTY + "), so " + what
                + ". If it is not a copy of another Jenkins, start it without that system property");
    }
}
