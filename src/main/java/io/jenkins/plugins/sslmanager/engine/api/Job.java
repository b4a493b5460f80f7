package io.jenkins.plugins.sslmanager.engine.api;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * A job (OpenAPI {@code Job}; {@code type} is in the service's answers, though not in the document).
 *
 * @param execution when the service works on it next
 */
public record Job(
        OffsetDateTime created,
        OffsetDateTime updated,
        BasicUser owner,
        BasicUser updater,
        JobStatus status,
        String subStatus,
        OffsetDateTime execution,
        List<WorkflowEvent> events,
        String type,
        String subType,
        String action,
        Long id) {

    /** The action of a job that renews something, as the OpenAPI document has it. */
    public static final String RENEWAL = "renew";

    /** Returns a job of which no more is known. */
    public static Job of(Long id, JobStatus status) {
        return new Job(null, null, null, null, status, null, null, null, null, null, null, id);
    }
}
