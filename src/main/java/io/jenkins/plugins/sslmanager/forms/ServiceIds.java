package io.jenkins.plugins.sslmanager.forms;

import java.util.Arrays;
import java.util.List;

/** The numbers by which the service knows certificates and jobs, as forms and scripts give them. */
public final class ServiceIds {

    /** More in one step would keep others waiting, since each takes several requests. */
    private static final int MOST = 200;

    private ServiceIds() {}

    /** @throws IllegalArgumentException if it is missing, or no number of the service */
    public static void require(String parameter, long id) {
        if (id <= 0) {
            throw new IllegalArgumentException("'" + parameter + "' is missing, or no id of the service: " + id
                    + ". Set it to the number that the SSL Manager shows");
        }
    }

    /**
     * @param parameter for messages
     * @param text numbers, separated by commas or white space
     * @return in their order, each once
     * @throws IllegalArgumentException if one is no number of the service, or there are more than 200
     */
    public static List<Long> parse(String parameter, String text) {
        List<Long> ids = Arrays.stream(text.trim().split("[,\\s]+"))
                .map(id -> parseOne(parameter, id))
                .distinct()
                .toList();
        if (ids.size() > MOST) {
            throw new IllegalArgumentException(parameter + " names " + ids.size()
                    + " certificates, and a step takes at most " + MOST + ". Distribute them over several jobs");
        }
        return ids;
    }

    private static long parseOne(String parameter, String text) {
        try {
            long id = Long.parseLong(text);
            require(parameter, id);
            return id;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    parameter + ": '" + text + "' is no id of the service. Write numbers, separated by commas", e);
        }
    }
}
