package io.jenkins.plugins.sslmanager.engine.rotation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * The names of certificates that are alike, as in searches of the service.
 *
 * @param text a name, in which {@code %} stands for any characters
 */
public record CertificateNamePattern(String text) implements Serializable {

    /** Without a regular expression, since one with many {@code .*} can take for ever to say no. */
    public boolean matches(String certificateName) {
        String[] parts = text.toLowerCase(Locale.ROOT).split("%", -1);
        String name = certificateName.toLowerCase(Locale.ROOT);
        if (parts.length == 1) {
            return name.equals(parts[0]);
        }
        String last = parts[parts.length - 1];
        if (!name.startsWith(parts[0]) || !name.endsWith(last)) {
            return false;
        }
        int from = parts[0].length();
        for (String part : Arrays.asList(parts).subList(1, parts.length - 1)) {
            int found = name.indexOf(part, from);
            if (found < 0) {
                return false;
            }
            from = found + part.length();
        }
        return from <= name.length() - last.length();
    }
}
