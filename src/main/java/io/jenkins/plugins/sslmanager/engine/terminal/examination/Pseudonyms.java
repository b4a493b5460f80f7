package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import java.net.IDN;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stands for what a report must not tell. The same thing has the same pseudonym in all answers, so that a reader sees, for
 * instance, that a notification names the job of the list.
 */
final class Pseudonyms {

    /** Labels that tell nothing of whose they are, and much of how the service works. */
    private static final Set<String> TELLING = Set.of("*", "www", "_dnsauth", "_acme-challenge");

    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,59}");

    private static final String ASCII = "\\p{ASCII}*";

    private final Map<String, String> known = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** The names of fields are the service's, unless something odd stands there. */
    String field(String name) {
        return FIELD.matcher(name).matches() ? name : text(name);
    }

    /** Label by label, so that a name and those below it can be told from others. */
    String name(String dnsName) {
        return Arrays.stream(dnsName.split("\\.", -1)).map(this::label).collect(Collectors.joining("."));
    }

    /** Which form an international label has is kept. */
    private String label(String label) {
        String lowerCase = label.toLowerCase(Locale.ROOT);
        if (label.isEmpty() || TELLING.contains(lowerCase)) {
            return lowerCase;
        }
        if (!label.matches(ASCII)) {
            return numbered("n", ascii(lowerCase)) + "(unicode)";
        }
        return numbered("n", lowerCase) + (lowerCase.startsWith("xn--") ? "(xn--)" : "");
    }

    private static String ascii(String label) {
        try {
            return IDN.toASCII(label);
        } catch (IllegalArgumentException e) {
            return label;
        }
    }

    String mailAddress(String address) {
        int at = address.lastIndexOf('@');
        return numbered("person", address.substring(0, at)) + "@" + name(address.substring(at + 1));
    }

    String number(String digits) {
        return numbered("number", digits);
    }

    String text(String text) {
        return numbered("text", text);
    }

    private String numbered(String kind, String value) {
        String key = kind + " " + value;
        String pseudonym = known.get(key);
        if (pseudonym == null) {
            pseudonym = kind + "-" + counts.merge(kind, 1, Integer::sum);
            known.put(key, pseudonym);
        }
        return pseudonym;
    }
}
