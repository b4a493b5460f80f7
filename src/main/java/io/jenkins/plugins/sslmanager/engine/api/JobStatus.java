package io.jenkins.plugins.sslmanager.engine.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The state of a job (OpenAPI {@code JobStatusConstants}); an unlisted value is kept as it is and means "not ended". */
public record JobStatus(@JsonValue String name) {

    public static final JobStatus RUNNING = new JobStatus("RUNNING");
    public static final JobStatus SUCCESS = new JobStatus("SUCCESS");
    public static final JobStatus FAILED = new JobStatus("FAILED");
    public static final JobStatus CANCELED = new JobStatus("CANCELED");

    /** Waits for a person at InterNetX. */
    public static final JobStatus SUPPORT = new JobStatus("SUPPORT");

    /** Tried again later, at {@link Job#execution()}. */
    public static final JobStatus DEFERRED = new JobStatus("DEFERRED");

    @JsonCreator
    public JobStatus {}

    @Override
    public String toString() {
        return name;
    }

    public boolean ended() {
        return equals(SUCCESS) || equals(FAILED) || equals(CANCELED);
    }
}
