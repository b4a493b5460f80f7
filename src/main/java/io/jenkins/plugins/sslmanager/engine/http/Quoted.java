package io.jenkins.plugins.sslmanager.engine.http;

import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Quotes an unexpected answer in a message, without what may be secret in it. */
public final class Quoted {
    private static final int MAX_BYTES = 8192;
    private static final int MAX_CHARS = 200;
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("(-+BEGIN [A-Z0-9 ]*PRIVATE KEY-+)(?s:.*?)(?:-+END [A-Z0-9 ]*PRIVATE KEY-+|\\z)");
    private static final Pattern AUTHORIZATION = Pattern.compile("(?i)(authorization[\"']?\\s*[:=]\\s*)[^\\r\\n<]+");
    /** Usual phrases are spared: no base64 of printable text begins with "auth", none at all is "realm=". */
    private static final Pattern BASIC = Pattern.compile("(?i)(\\bBasic\\s+)(?!auth|realm=)[A-Za-z0-9+/_-]{4,}=*");

    private static final Pattern PASSWORD =
            Pattern.compile("(?i)(password[\"']?\\s*[>:=]\\s*(?:<!\\[CDATA\\[|[\"'])?)(?:\\\\.|[^<\"\\\\\\r\\n])*");

    private Quoted() {}

    /**
     * The beginning of an answer in quotation marks, at most 200 characters on one line; private keys, passwords and
     * values for HTTP authentication are replaced.
     */
    public static String firstBytes(byte[] answer) {
        String text = new String(answer, 0, Math.min(answer.length, MAX_BYTES), StandardCharsets.UTF_8);
        for (Pattern secret : new Pattern[] {PRIVATE_KEY, AUTHORIZATION, BASIC, PASSWORD}) {
            text = secret.matcher(text).replaceAll("$1[redacted]");
        }
        return "\"" + ForeignText.oneLine(text, MAX_CHARS - 2) + "\"";
    }
}
