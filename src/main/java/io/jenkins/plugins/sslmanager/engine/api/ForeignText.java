package io.jenkins.plugins.sslmanager.engine.api;

import java.util.regex.Pattern;

/** Text from outside made fit for a message: one line, without control characters, of bounded length. */
public final class ForeignText {
    private static final Pattern TERMINAL_SEQUENCE = Pattern.compile("(?:\\x1B\\[|\\x9B)[0-?]*[ -/]*[@-~]");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern INVISIBLE = Pattern.compile("\\p{C}+");

    private ForeignText() {}

    /** The same for a text that keeps its blanks and its length, such as a line of a table that names are part of. */
    public static String visible(String text) {
        return INVISIBLE
                .matcher(TERMINAL_SEQUENCE.matcher(text).replaceAll("."))
                .replaceAll(".");
    }

    /**
     * Terminal sequences and control, format and unassigned characters become a dot, white space becomes one blank.
     *
     * @param maxLength in chars, the {@code …} that marks a cut included
     */
    public static String oneLine(String text, int maxLength) {
        String line = visible(SPACE.matcher(TERMINAL_SEQUENCE.matcher(text).replaceAll("."))
                        .replaceAll(" "))
                .strip();
        if (line.length() <= maxLength) {
            return line;
        }
        int cut = maxLength - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(cut - 1)) ? cut - 1 : cut) + "…";
    }
}
