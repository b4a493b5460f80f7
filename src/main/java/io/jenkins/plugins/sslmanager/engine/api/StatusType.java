package io.jenkins.plugins.sslmanager.engine.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How a task ended (OpenAPI {@code StatusType}); a value that the document does not list is kept as it is. */
public record StatusType(@JsonValue String name) {

    public static final StatusType SUCCESS = new StatusType("SUCCESS");

    /** Accepted; the work goes on as a job. */
    public static final StatusType NOTIFY = new StatusType("NOTIFY");

    public static final StatusType ERROR = new StatusType("ERROR");

    @JsonCreator
    public StatusType {}

    @Override
    public String toString() {
        return name;
    }
}
