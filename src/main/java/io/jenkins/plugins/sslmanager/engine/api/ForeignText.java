package io.jenkins.plugins.sslmanager.engine.api;

import java.util.regex.Pattern;

/** Text from outside made fit for a message: one line, without control characters, of bounded length. */
public final class ForeignText {
    private static final Pattern TERMINAL_SEQUENCE = Pattern.compile("(?:\\x1B\\[|\\x9B)[0-?]*[ -/]*[@-~]");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern INVISIBLE = Pattern.compile("\\p{C}+");

    private ForeignText() {}

    /**
     * Terminal sequences and control, format and unassigned characters become a dot, white space becomes one blank.
     *
     * @param maxLength in chars, the {@code …} that marks a cut included
     */
    public static String oneLine(String text, int maxLength) {
        String visible = TERMINAL_SEQUENCE.matcher(text).replaceAll(".");
        String line = INVISIBLE
                .matcher(SPACE.matcher(visible).replaceAll(" "))
                .replaceAll(".")
                .strip();
        if (line.length() <= maxLength) {
            return line;
        }
        int cut = maxLength - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(cut - 1)) ? cut - 1 : cut) + "…";
    }
}
