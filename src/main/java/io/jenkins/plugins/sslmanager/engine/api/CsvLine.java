package io.jenkins.plugins.sslmanager.engine.api;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line of a file for spreadsheets (RFC 4180), whatever others have written into its fields. Every field is quoted, so that no
 * program takes a semicolon for the end of one.
 */
public final class CsvLine {

    /**
     * What spreadsheets would take for a formula (OWASP, "CSV Injection"), also after characters that nobody sees. A mere number
     * is left as it is.
     */
    private static final Pattern FORMULA =
            Pattern.compile("(?!-?[0-9]++\\z)(?:[\t\r\n]|[\\s\\p{Z}\\p{C}]*+[=+@\\-\uFF1D\uFF0B\uFF20\uFF0D])");

    private CsvLine() {}

    /** Returns the line with its end. A field that would be taken for a formula has an apostrophe before it. */
    public static String of(Stream<String> fields) {
        return fields.map(CsvLine::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String quoted(String text) {
        String harmless = FORMULA.matcher(text).lookingAt() ? "'" + text : text;
        return '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
