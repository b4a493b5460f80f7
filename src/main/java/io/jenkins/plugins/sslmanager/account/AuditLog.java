package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * What was ordered and what was refused, a line each, in a log of its own that an administrator can ship: names and values, each
 * value in quotation marks. What people or the service have written cannot begin a line or a value of its own.
 */
public final class AuditLog {

    /** Documented, so that it stays. */
    public static final String NAME = "io.jenkins.plugins.sslmanager.audit";

    private static final Logger LOGGER = Logger.getLogger(NAME);

    private final Map<String, String> values = new LinkedHashMap<>();

    private AuditLog() {}

    /** @param event what happened, in one word */
    public static AuditLog of(String event) {
        return new AuditLog().with("event", event);
    }

    /** @param value left out if null */
    public AuditLog with(String name, @CheckForNull Object value) {
        if (value != null) {
            values.put(name, value.toString());
        }
        return this;
    }

    public void write() {
        LOGGER.log(Level.INFO, "{0}", this);
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=\"" + escaped(entry.getValue()) + '"')
                .collect(Collectors.joining(" "));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("[\\p{C}\\u2028\\u2029]+", " ");
    }
}
