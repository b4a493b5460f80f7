package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A certificate as people name it: by its common name, or by the service's number of it.
 *
 * @param name in ASCII and lower case; null where the number is given
 * @param number 0 where the name is given
 */
public record CertificateReference(@CheckForNull String name, long number) implements Serializable {

    /** More in one step would keep others waiting, since each takes several requests. */
    public static final int MOST = 200;

    private static final Pattern NUMBER = Pattern.compile("0*[1-9][0-9]{0,17}");
    private static final Pattern NO_NAME = Pattern.compile("-?[0-9]*");

    /** A certificate by its number, above 0. */
    public static CertificateReference to(long number) {
        return new CertificateReference(null, number);
    }

    /** @throws IllegalArgumentException if the text is neither a certificate's name nor its number */
    public static CertificateReference parse(String text) {
        String given = text.trim();
        if (NUMBER.matcher(given).matches()) {
            return to(Long.parseLong(given));
        }
        if (given.contains("%")) {
            throw new IllegalArgumentException("'" + given
                    + "' is a pattern, and one certificate is to be named. Patterns are for 'matching' and for"
                    + " sslFindCertificates");
        }
        if (NO_NAME.matcher(given).matches()) {
            throw new IllegalArgumentException("'" + given
                    + "' is neither a certificate's name nor its number. Write www.example.com, or the number shown in SSL"
                    + " Manager, such as 1234567");
        }
        return new CertificateReference(CertificateNames.ascii(given), 0);
    }

    /**
     * @param text names and numbers, separated by commas or white space
     * @return in their order, each once
     * @throws IllegalArgumentException if one is neither a name nor a number, or there are more than {@link #MOST}
     */
    public static List<CertificateReference> parseAll(String text) {
        List<CertificateReference> all = Arrays.stream(text.trim().split("[,\\s]+"))
                .map(CertificateReference::parse)
                .distinct()
                .toList();
        if (all.size() > MOST) {
            throw new IllegalArgumentException("These are " + all.size() + " certificates, and a step takes at most "
                    + MOST + ". Distribute them over several jobs");
        }
        return all;
    }

    /** Whether a certificate that is called so may be meant, however its name is written. */
    public boolean fits(@CheckForNull String certificateName) {
        return name == null || certificateName != null && name.equals(CertificateNames.comparable(certificateName));
    }

    /** As people write it. */
    @NonNull
    @Override
    public String toString() {
        return name == null ? Long.toString(number) : name;
    }
}
