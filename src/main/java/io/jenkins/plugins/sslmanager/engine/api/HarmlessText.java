package io.jenkins.plugins.sslmanager.engine.api;

import java.util.regex.Pattern;

/**
 * What a text of the service may look like where it becomes an environment variable or part of a path. Programs put variables
 * into scripts, on Windows even before these are read, so there is nothing that a shell acts upon, and no path that leads
 * elsewhere.
 */
public enum HarmlessText {
    WORD("[A-Za-z0-9:_-]*+"),
    NAME("(?:\\*\\.)?[\\p{L}\\p{M}\\p{N}][\\p{L}\\p{M}\\p{N}._-]*+"),
    RECORD("[A-Za-z0-9_*][A-Za-z0-9 \\t\"._=+/:*-]*+"),
    FILE_NAME("(?!.*\\.\\.)(?:https?://)?[A-Za-z0-9._/][A-Za-z0-9._/*:-]*+"),
    FILE_CONTENT("[A-Za-z0-9 .,_=+/:\\r\\n-]*+");

    private static final int LONGEST_QUOTED = 100;

    private final Pattern pattern;

    HarmlessText(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    public boolean fits(String text) {
        return pattern.matcher(text).matches();
    }

    /** Returns a text that does not fit, for a message: short, on one line, in quotation marks. */
    public static String quoted(String text) {
        return "'" + ForeignText.oneLine(text, LONGEST_QUOTED) + "'";
    }
}
