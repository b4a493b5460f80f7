package io.jenkins.plugins.sslmanager.engine.api;

import java.util.List;
import java.util.regex.Pattern;

/** Texts with a character that stands for any number of any characters. */
public final class Wildcards {

    private Wildcards() {}

    /**
     * Tells whether a text is like a pattern. Without a regular expression, since one with many {@code .*} can take for ever to
     * say no.
     *
     * @param any what stands for any characters in the pattern
     */
    public static boolean match(String pattern, String any, String text) {
        List<String> parts = List.of(pattern.split(Pattern.quote(any), -1));
        String first = parts.get(0);
        if (parts.size() == 1) {
            return text.equals(first);
        }
        String last = parts.get(parts.size() - 1);
        if (!text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int from = first.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = text.indexOf(part, from);
            if (found < 0) {
                return false;
            }
            from = found + part.length();
        }
        return from <= text.length() - last.length();
    }
}
