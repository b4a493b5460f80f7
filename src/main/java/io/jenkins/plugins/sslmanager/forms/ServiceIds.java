package io.jenkins.plugins.sslmanager.forms;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The numbers by which the service knows certificates and jobs, as forms and scripts give them. */
public final class ServiceIds {

    /** More in one step would keep others waiting, since each takes several requests. */
    private static final int MOST = 200;

    private static final Pattern NUMBER = Pattern.compile("0*[1-9][0-9]{0,17}");

    private ServiceIds() {}

    /** @throws IllegalArgumentException if it is missing, or no number of the service */
    public static void require(String parameter, long id) {
        if (id <= 0) {
            throw new IllegalArgumentException("'" + parameter + "' is missing or not an ID: " + id
                    + ". Set it to the number shown in SSL Manager");
        }
    }

    /**
     * @param text numbers, separated by commas or white space
     * @return in their order, each once
     * @throws IllegalArgumentException if one is no number of the service, or there are more than 200
     */
    public static List<Long> parse(String text) {
        List<Long> ids = Arrays.stream(text.trim().split("[,\\s]+"))
                .map(ServiceIds::parseOne)
                .distinct()
                .toList();
        if (ids.size() > MOST) {
            throw new IllegalArgumentException("These are " + ids.size() + " certificates, and a step takes at most "
                    + MOST + ". Distribute them over several jobs");
        }
        return ids;
    }

    private static long parseOne(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("Unknown ID '" + text + "'. Use numbers, separated by commas");
        }
        return Long.parseLong(text);
    }
}
