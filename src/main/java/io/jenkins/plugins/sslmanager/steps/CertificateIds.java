package io.jenkins.plugins.sslmanager.steps;

import java.util.Arrays;
import java.util.List;

/** The service's numbers of certificates, as forms and scripts give them. */
public final class CertificateIds {

    private CertificateIds() {}

    /**
     * @param parameter for messages
     * @param text numbers, separated by commas or white space
     * @return in their order, each once
     * @throws IllegalArgumentException if one is no number of the service
     */
    public static List<Long> parse(String parameter, String text) {
        return Arrays.stream(text.trim().split("[,\\s]+"))
                .map(id -> parseOne(parameter, id))
                .distinct()
                .toList();
    }

    private static long parseOne(String parameter, String text) {
        try {
            long id = Long.parseLong(text);
            SslManagerExecution.requireId(parameter, id);
            return id;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    parameter + ": '" + text + "' is no id of the service. Write numbers, separated by commas", e);
        }
    }
}
