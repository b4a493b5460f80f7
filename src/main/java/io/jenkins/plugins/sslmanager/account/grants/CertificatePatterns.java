package io.jenkins.plugins.sslmanager.account.grants;

import io.jenkins.plugins.sslmanager.engine.rotation.CertificateNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/**
 * Certificates by their name or by the service's number. A name may begin with {@code *.} for any one label, as in certificates
 * (RFC 9525, 6.3).
 */
final class CertificatePatterns {

    private static final String WILDCARD = "*.";
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern NAME = Pattern.compile("(?:\\*\\.)?" + LABEL + "(?:\\." + LABEL + ")*+");

    private final List<String> entries;

    private CertificatePatterns(List<String> entries) {
        this.entries = entries;
    }

    /** @param text separated by commas or white space */
    static CertificatePatterns parse(String text) {
        return new CertificatePatterns(Arrays.stream(text.split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .map(CertificatePatterns::ascii)
                .distinct()
                .toList());
    }

    /** As the service and certificates have names; what is none stays as it is, for {@link #check}. */
    private static String ascii(String name) {
        try {
            return CertificateNames.set(List.of(name)).iterator().next();
        } catch (IllegalArgumentException e) {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean hasNames() {
        return entries.stream().anyMatch(entry -> !isNumber(entry));
    }

    private static boolean isNumber(String entry) {
        return NUMBER.matcher(entry).matches();
    }

    /** @param isNumber tells whether a number is the certificate's, or was before a re-issue */
    boolean contains(String name, LongPredicate isNumber) {
        return containsName(name)
                || entries.stream()
                        .filter(CertificatePatterns::isNumber)
                        .mapToLong(Long::parseLong)
                        .anyMatch(isNumber);
    }

    boolean containsName(String name) {
        String wanted = ascii(name);
        return entries.stream().anyMatch(entry -> covers(entry, wanted));
    }

    private static boolean covers(String entry, String name) {
        int firstDot = name.indexOf('.');
        return entry.equals(name)
                || entry.startsWith(WILDCARD)
                        && firstDot > 0
                        && entry.substring(1).equals(name.substring(firstDot));
    }

    /** @throws IllegalArgumentException if an entry is neither a name nor a number, or stands for too much */
    void check() {
        for (String entry : entries) {
            if (entry.equals("*") || entry.startsWith(WILDCARD) && entry.indexOf('.', WILDCARD.length()) < 0) {
                throw new IllegalArgumentException("'" + entry
                        + "' stands for every certificate, or for those of a whole top-level domain. If that is meant, leave"
                        + " the certificates empty and choose every certificate of the account");
            }
            if (!isNumber(entry) && !NAME.matcher(entry).matches()) {
                throw new IllegalArgumentException("'" + entry
                        + "' is neither a certificate's name nor its number. Write www.example.com, *.example.com for any"
                        + " one label before example.com, or 1234567");
            }
        }
    }

    /** For a form. */
    @Override
    public String toString() {
        return String.join(", ", entries);
    }
}
