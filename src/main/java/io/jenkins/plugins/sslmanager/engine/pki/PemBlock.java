package io.jenkins.plugins.sslmanager.engine.pki;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of textual encoding (RFC 7468). Its body may be a private key, so the body is in no message and not in
 * {@link #toString()}.
 */
record PemBlock(String label, String body) {

    private static final int DASHES = 5;

    private static final Pattern NOT_BASE64 = Pattern.compile("[^A-Za-z0-9+/=]");

    private static final Pattern BOUNDARY =
            Pattern.compile("(?<!-)(?<before>-+)(?<kind>BEGIN|END) (?<label>[A-Z0-9 ]{1,40})(?<after>-*)");

    /**
     * Returns all blocks of a text, in its order; text around them is skipped.
     *
     * @param given also with the blanks and the encoding of other programs, see {@link PemText}
     * @param what what the text should hold, for messages
     * @throws PkiException where there is no block, or a boundary line is malformed or missing
     */
    static List<PemBlock> scan(String given, String what) {
        String text = PemText.of(given);
        if (text.isBlank()) {
            throw new PkiException(
                    "The " + what + " is empty. Give it in PEM form, from its BEGIN line to its END line.");
        }
        List<PemBlock> blocks = new ArrayList<>();
        Matcher boundary = BOUNDARY.matcher(text);
        while (boundary.find()) {
            if (boundary.group("kind").equals("BEGIN")) {
                blocks.add(readBlock(boundary, text, what));
            }
        }
        if (blocks.isEmpty()) {
            throw new PkiException("The " + what + " has no line like -----BEGIN …----- and is not in PEM form."
                    + " Give the whole PEM text, with its BEGIN and END lines.");
        }
        return blocks;
    }

    private static PemBlock readBlock(Matcher boundary, String text, String what) {
        String label = checkedLabel(boundary, what);
        int bodyStart = boundary.end();
        if (!boundary.find() || boundary.group("kind").equals("BEGIN")) {
            throw new PkiException("The " + what + " has no line -----END " + label + "----- after its BEGIN line: it"
                    + " is cut off. Give the whole PEM text.");
        }
        String endLabel = checkedLabel(boundary, what);
        if (!endLabel.equals(label)) {
            throw new PkiException("The " + what + " begins as " + label + " and ends as " + endLabel
                    + ". Give one whole PEM block, from its BEGIN line to its own END line.");
        }
        return new PemBlock(label, text.substring(bodyStart, boundary.start()));
    }

    private static String checkedLabel(Matcher boundary, String what) {
        checkDashes(boundary, "before", what);
        checkDashes(boundary, "after", what);
        return boundary.group("label").strip();
    }

    private static void checkDashes(Matcher boundary, String side, String what) {
        int dashes = boundary.group(side).length();
        if (dashes != DASHES) {
            throw new PkiException(
                    "The " + boundary.group("kind") + " line of the " + what + " has " + dashes + " dashes " + side
                            + " its words and needs " + DASHES + ". Write it with five dashes on both sides.");
        }
    }

    boolean isPrivateKey() {
        return label.endsWith("PRIVATE KEY");
    }

    /** PKCS#8 encryption has a label of its own, the older encryption of OpenSSL a header (RFC 1421, 4.6.1.1). */
    boolean isEncrypted() {
        return label.startsWith("ENCRYPTED") || body.contains("Proc-Type:");
    }

    /** @throws PkiException where the body is not Base64 */
    byte[] der() {
        String base64 = body.replaceAll("\\s", "");
        if (base64.isEmpty()) {
            throw new PkiException(
                    "The " + label + " has nothing between its BEGIN and END lines." + " Give the whole PEM text.");
        }
        requireBase64(base64);
        if (base64.length() % 4 != 0) {
            throw new PkiException("The Base64 text of the " + label + " is cut off: " + base64.length()
                    + " characters are not a multiple of 4. Give the whole PEM text.");
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new PkiException(
                    "The text of the " + label + " between its BEGIN and END lines is not Base64, since it"
                            + " goes on after its end. Give the PEM text unchanged.");
        }
    }

    /** Names the odd character alone, since what is around it may be a private key. */
    private void requireBase64(String base64) {
        Matcher odd = NOT_BASE64.matcher(base64);
        if (odd.find()) {
            throw new PkiException(
                    "The %s has the character '%s' (U+%04X) between its BEGIN and END lines, which is not Base64. Give the PEM text unchanged."
                            .formatted(label, odd.group(), odd.group().codePointAt(0)));
        }
    }

    @Override
    public String toString() {
        return "PEM block " + label;
    }
}
