package io.jenkins.plugins.sslmanager.engine.api;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * A notification (OpenAPI {@code PollMessage}).
 *
 * @param id what PollConfirm asks for
 * @param job the job that ended; null on a notification that is about no job
 * @param ctid the client transaction id of the order
 * @param messages the reasons, where the job failed
 */
public record PollMessage(
        Long id,
        BasicUser owner,
        Job job,
        String stid,
        String ctid,
        List<Message> messages,
        String notice,
        OffsetDateTime created,
        ResponseObject object) {}
