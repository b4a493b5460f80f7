package io.jenkins.plugins.sslmanager.engine.http;

import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Quotes an unexpected answer in a message, without what may be secret in it. */
public final class Quoted {
    private static final int MAX_BYTES = 8192;
    private static final int MAX_CHARS = 200;

    /** Every repetition here is possessive or of single characters: an answer must neither fill the stack nor take long. */
    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile(
                    "((?<!-)-++BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-++)(?s:.*?)(?:-END [A-Z0-9 ]{0,40}PRIVATE KEY-++|\\z)"),
            Pattern.compile("(?i)(authorization[\"']?\\s*+[:=]\\s*+)[^\\r\\n<]++"),
            // Usual phrases are spared: no base64 of printable text begins with "auth", none at all is "realm=".
            Pattern.compile("(?i)(\\bBasic\\s++)(?!auth|realm=)[A-Za-z0-9+/_-]{4,}+=*+"),
            // An element, whatever attributes it has, also where a page quotes it.
            Pattern.compile(
                    "(?i)((?:<|&lt;)[\\w:.-]{0,40}(?:password|token)[\\w.-]{0,40}+(?:\\s(?:(?!&gt;)[^<>])*+)?(?:>|&gt;)"
                            + "\\s*+(?:<!\\[CDATA\\[)?+)(?:(?!&lt;)[^<])*+"),
            // The value that the service found wrong in what an account signs in with.
            Pattern.compile(
                    "(?i)(request\\.auth\\.\\w++[\"']?[^<>{}\\r\\n]{0,40}?(?:</type>\\s*+)?(?:<value>|\"value\"\\s*+:)"
                            + "\\s*+[\"']?(?:<!\\[CDATA\\[)?+)[^<\"\\r\\n]++"),
            Pattern.compile("(?i)((?:password|token)[\"']?\\s*+[:=]\\s*+[\"']?)(?:[^<\"\\\\\\r\\n]|\\\\.)*+"));

    private Quoted() {}

    /**
     * The beginning of an answer in quotation marks, at most 200 characters on one line; private keys, passwords, tokens and
     * values for HTTP authentication are replaced.
     */
    public static String firstBytes(byte[] answer) {
        String text = new String(answer, 0, Math.min(answer.length, MAX_BYTES), StandardCharsets.UTF_8);
        for (Pattern secret : SECRETS) {
            text = secret.matcher(text).replaceAll("$1[redacted]");
        }
        return "\"" + ForeignText.oneLine(text, MAX_CHARS - 2) + "\"";
    }
}
