package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The DNS names of a certificate to be, the common name first: in the ASCII form that certificates carry (RFC 5890), in lower
 * case, without the dot at their end, each once.
 */
public final class CertificateNames {

    /**
     * What IDNA 2003, which is Java's, and IDNA 2008, which is the registries', read as two names: {@code faß.example} was
     * {@code fass.example} (UTS 46, Deviations); and letters that cannot be seen, which one of them leaves out. All other
     * characters that Java takes come to the same by both, or are caught by {@link #mappedAsToday}. Java has no newer one, and
     * the library that has, ICU4J, is larger than this plugin.
     */
    private static final Pattern OF_TWO_MEANINGS = Pattern.compile(
            "[\\u00DF\\u1E9E\\u03C2\\u200C\\u200D" + "\\u115F\\u1160\\u17B4\\u17B5\\u1806\\u3164\\uFFA0]");

    private static final Pattern SEPARATOR = Pattern.compile("[,\\s\\p{Z}]+");

    private CertificateNames() {}

    /**
     * The names of a certificate as the service lists them and as its leaf carries them, since a list may lack some, and further
     * ones.
     *
     * @param others separated by commas or white space; null for none
     * @throws IllegalArgumentException if one is no DNS name
     */
    public static List<String> of(Certificate existing, @CheckForNull String others) {
        Stream<String> alternatives = existing.subjectAlternativeNames() == null
                ? Stream.empty()
                : existing.subjectAlternativeNames().stream().map(SubjectAlternativeName::name);
        return List.copyOf(
                set(Stream.of(Stream.of(existing.name()), alternatives, carried(existing).stream(), split(others))
                        .flatMap(names -> names)));
    }

    /** Returns those that the leaf itself carries; none where it has not been issued. */
    static List<String> carried(Certificate existing) {
        return IssuedCertificate.leaf(existing).map(Certificates::dnsNames).orElse(List.of());
    }

    /** @throws IllegalArgumentException if one is no DNS name */
    public static List<String> of(String commonName, @CheckForNull String others) {
        return List.copyOf(set(Stream.concat(Stream.of(commonName), split(others))));
    }

    /**
     * Returns names as a set that equals that of the same names, however both are written.
     *
     * @throws IllegalArgumentException if one is no DNS name
     */
    public static Set<String> set(Collection<String> names) {
        return set(names.stream());
    }

    private static Set<String> set(Stream<String> names) {
        return names.filter(name -> name != null && !name.isBlank())
                .map(CertificateNames::ascii)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The names of a text as people write them.
     *
     * @param names separated by commas or white space; null for none
     * @throws IllegalArgumentException if one is no DNS name
     */
    static Set<String> of(@CheckForNull String names) {
        return set(split(names));
    }

    private static Stream<String> split(@CheckForNull String names) {
        return names == null ? Stream.empty() : SEPARATOR.splitAsStream(names);
    }

    /**
     * Returns the form that certificates carry. A wildcard's star is no part of a label that could be encoded.
     *
     * @throws IllegalArgumentException if it is no DNS name
     */
    static String ascii(String given) {
        String name = given.strip();
        boolean isWildcard = name.startsWith("*.");
        String ascii = punycode(name, isWildcard ? name.substring(2) : name).toLowerCase(Locale.ROOT);
        String host = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        return isWildcard ? "*." + host : host;
    }

    /** Whether two names are one, however each is written. Names that are for no domain are the same in the same letters. */
    static boolean areSame(String one, @CheckForNull String other) {
        return other != null && (one.equalsIgnoreCase(other) || comparable(one).equals(comparable(other)));
    }

    /** The service may have certificates that are for no domain. */
    static String comparable(String name) {
        try {
            return ascii(name);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    /** @param name for the error */
    private static String punycode(String name, String host) {
        try {
            String ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
            boolean isAmbiguous = OF_TWO_MEANINGS.matcher(host).find()
                    || !ascii.equalsIgnoreCase(IDN.toASCII(mappedAsToday(host), IDN.USE_STD3_ASCII_RULES));
            if (!isAmbiguous) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a DNS name. Write it such as www.example.com, *.example.com or"
                            + " müller.example, or with its labels in their xn-- form",
                    e);
        }
        throw new IllegalArgumentException(
                "'" + name + "' has a character that programs encode in two ways, which are two"
                        + " names in the DNS. Write the label that has it in its xn-- form, as its registry shows it");
    }

    /** Java's mapping is that of Unicode 3.2, from 2002; some characters have had another since. */
    private static String mappedAsToday(String host) {
        StringBuilder lowerCase = new StringBuilder();
        Normalizer.normalize(host, Normalizer.Form.NFKC)
                .codePoints()
                .map(Character::toLowerCase)
                .forEach(lowerCase::appendCodePoint);
        return Normalizer.normalize(lowerCase, Normalizer.Form.NFKC);
    }
}
