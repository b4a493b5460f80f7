package io.jenkins.plugins.sslmanager.engine.reissue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import java.net.IDN;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The DNS names of a certificate to be, the common name first. */
public final class CertificateNames {

    private CertificateNames() {}

    /**
     * The names of a certificate, and further ones.
     *
     * @param others separated by commas or white space; null for none
     * @throws IllegalArgumentException if one is no DNS name
     */
    public static List<String> of(Certificate existing, @CheckForNull String others) {
        Stream<String> alternatives = existing.subjectAlternativeNames() == null
                ? Stream.empty()
                : existing.subjectAlternativeNames().stream().map(SubjectAlternativeName::name);
        return distinct(Stream.of(Stream.of(existing.name()), alternatives, split(others))
                .flatMap(names -> names));
    }

    /** @throws IllegalArgumentException if one is no DNS name */
    public static List<String> of(String commonName, @CheckForNull String others) {
        return distinct(Stream.concat(Stream.of(commonName), split(others)));
    }

    private static Stream<String> split(@CheckForNull String names) {
        return names == null ? Stream.empty() : Arrays.stream(names.trim().split("[,\\s]+"));
    }

    private static List<String> distinct(Stream<String> names) {
        return names.filter(Objects::nonNull)
                .map(CertificateNames::punycode)
                .distinct()
                .toList();
    }

    /** As it stands in certificates (RFC 5890): a wildcard's star is no part of a label that could be encoded. */
    private static String punycode(String name) {
        try {
            return name.startsWith("*.") ? "*." + IDN.toASCII(name.substring(2)) : IDN.toASCII(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no DNS name. Write it as people do, such as www.example.com,"
                            + " *.example.com or müller.example",
                    e);
        }
    }
}
