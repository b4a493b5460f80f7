package io.jenkins.plugins.sslmanager.forms;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Certificates and jobs of the service, as forms and scripts name them. */
public final class ServiceIds {

    private static final Set<String> CERTIFICATES = Set.of("certificate", "certificates");

    private ServiceIds() {}

    /** @throws IllegalArgumentException if it is missing, or no number of the service */
    public static void require(String parameter, long id) {
        if (id <= 0) {
            throw new IllegalArgumentException("'" + parameter + "' is missing or not an ID: " + id
                    + ". Set it to the number shown in SSL Manager");
        }
    }

    /**
     * Reads the parameter {@code certificate}.
     *
     * @throws IllegalArgumentException if it is missing, or neither a name nor a number
     */
    public static CertificateReference certificate(@CheckForNull String text) {
        String given = Util.fixEmptyAndTrim(text);
        if (given == null) {
            throw new IllegalArgumentException(
                    "'certificate' is missing. Set it to the certificate's name, or to its number in SSL Manager");
        }
        return Parameter.read("certificate", () -> CertificateReference.parse(given));
    }

    /** Lets scripts give a number, which results of steps have, or a list, where the parameter is a text. */
    public static Map<String, Object> asText(Map<String, Object> arguments) {
        Map<String, Object> texts = new HashMap<>(arguments);
        texts.replaceAll((parameter, value) -> CERTIFICATES.contains(parameter) ? asText(value) : value);
        return texts;
    }

    private static Object asText(Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        return value instanceof Number ? value.toString() : value;
    }
}
