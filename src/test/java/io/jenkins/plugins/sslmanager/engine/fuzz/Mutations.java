package io.jenkins.plugins.sslmanager.engine.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes what somebody has written, by chance and by what is known to harm. */
final class Mutations {

    private static final int MOST_CHANGES = 6;
    private static final int LONGEST = 64 * 1024;

    private static final List<String> HARMFUL = List.of(
            "\0",
            "\r\n",
            "\n\n",
            "\\",
            "\"",
            "'",
            "<",
            ">",
            "&lt;",
            "&gt;",
            "&#0;",
            "]]>",
            "<![CDATA[",
            "<!--",
            "<?xml",
            "<!DOCTYPE a [<!ENTITY b \"c\">]>",
            "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">",
            "&b;",
            "{",
            "}",
            "[",
            "]",
            "[[[[[[[[",
            "{\"a\":",
            "<a>",
            "null",
            "true",
            "-1",
            "9223372036854775808",
            "1e999999999",
            "NaN",
            "99999999999999999999-99-99",
            "2026-02-30T25:61:61.000+99:99",
            "password=",
            "<password>",
            "token\":\"",
            "Authorization: Basic ",
            "request.auth.password",
            "-----BEGIN PRIVATE KEY-----",
            "-----END PRIVATE KEY-----",
            "-----BEGIN CERTIFICATE-----",
            "-----BEGIN CERTIFICATE REQUEST-----",
            "-----",
            "=",
            "\u00a0",
            "\u202e",
            "\ufeff",
            "\ufffd",
            "\ud83d\ude00",
            "xn--",
            "..",
            "*.",
            "(",
            ")",
            ";",
            "\\#",
            "\\000",
            "TXT",
            "CNAME",
            "IN");

    private final Random chance;

    Mutations(Random chance) {
        this.chance = chance;
    }

    /** One of the texts, or a part of it and of another one, with some changes. */
    byte[] of(List<byte[]> texts) {
        byte[] text = any(texts).clone();
        for (int change = chance.nextInt(MOST_CHANGES); change >= 0; change--) {
            byte[] changed = changed(text, any(texts));
            text = Arrays.copyOf(changed, Math.min(LONGEST, changed.length));
        }
        return text;
    }

    private byte[] changed(byte[] text, byte[] other) {
        int from = chance.nextInt(text.length + 1);
        int to = from + chance.nextInt(text.length - from + 1);
        return switch (chance.nextInt(7)) {
            case 0 -> joined(text, 0, from, harmful(1), text, to, text.length);
            case 1 -> joined(text, 0, from, harmful(1 + chance.nextInt(3000)), text, from, text.length);
            case 2 -> joined(text, 0, from, new byte[0], text, to, text.length);
            case 3 -> joined(text, 0, to, new byte[0], text, from, text.length);
            case 4 -> joined(text, 0, from, new byte[0], other, chance.nextInt(other.length + 1), other.length);
            case 5 ->
                joined(
                        text,
                        0,
                        from,
                        repeated(Arrays.copyOfRange(text, from, Math.min(to, from + 20))),
                        text,
                        to,
                        text.length);
            default -> flipped(text);
        };
    }

    private byte[] harmful(int times) {
        return HARMFUL.get(chance.nextInt(HARMFUL.size())).repeat(times).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] repeated(byte[] part) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = chance.nextInt(2000); i >= 0; i--) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private byte[] flipped(byte[] text) {
        byte[] flipped = text.clone();
        if (flipped.length > 0) {
            flipped[chance.nextInt(flipped.length)] ^= (byte) (1 << chance.nextInt(8));
        }
        return flipped;
    }

    private static byte[] joined(
            byte[] one, int from, int to, byte[] between, byte[] other, int otherFrom, int otherTo) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(one, from, to - from);
        all.writeBytes(between);
        all.write(other, otherFrom, Math.max(0, otherTo - otherFrom));
        return all.toByteArray();
    }

    private byte[] any(List<byte[]> texts) {
        return texts.get(chance.nextInt(texts.size()));
    }
}
