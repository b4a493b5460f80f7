package io.jenkins.plugins.sslmanager.engine.pki;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The text of PEM blocks (RFC 7468) as it is once what programs and the clipboard did to it is undone. PEM is ASCII, so nothing
 * that could be meant is lost.
 */
final class PemText {

    /** Of UTF-16 or UTF-32, wherever it was read byte by byte. */
    private static final String NUL = "\0";

    /** Zero-width characters and byte order marks. */
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");

    /** No-break spaces and blanks of other widths. */
    private static final Pattern BLANK = Pattern.compile("\\p{Zs}");

    private static final Pattern LINE_END = Pattern.compile("[\\x85\\p{Zl}\\p{Zp}]");

    private PemText() {}

    /** @param text of a file in any encoding that has ASCII in it, also where it was read in another one */
    static String of(String text) {
        String visible = INVISIBLE.matcher(asUtf8(text.replace(NUL, ""))).replaceAll("");
        return LINE_END.matcher(BLANK.matcher(visible).replaceAll(" ")).replaceAll("\n");
    }

    /** Files are read as ISO 8859-1, which takes every byte. What is valid UTF-8 by then was UTF-8. */
    private static String asUtf8(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(text));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }
}
