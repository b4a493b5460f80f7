package io.jenkins.plugins.sslmanager.engine.sandbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.BasicUser;
import io.jenkins.plugins.sslmanager.engine.api.GenericObject;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.Message;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.StatusType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** A message of the poll queue (OpenAPI {@code PollMessage}), which can also be about things that the client does not know. */
public record Notification(
        Long id,
        BasicUser owner,
        Job job,
        String stid,
        @CheckForNull String ctid,
        @CheckForNull List<Message> messages,
        OffsetDateTime created,
        Subject object) {

    /** What a notification is about. */
    public record Subject(
            String type, String value, @CheckForNull Object data) {}

    static Notification of(SandboxJob job, BasicUser owner, long id) {
        String name = job.certificate().name();
        Instant end = job.end();
        boolean success = JobStatus.SUCCESS.equals(job.status(end));
        return new Notification(
                id,
                owner,
                job.job(end),
                job.stid(),
                job.ctid(),
                success ? null : List.of(reason(job.status(end), name)),
                ServiceTime.at(end),
                new Subject(ResponseObject.CERTIFICATE, name, success ? job.certificate() : null));
    }

    /** Codes and texts are the sandbox's own. */
    private static Message reason(JobStatus status, String name) {
        boolean canceled = JobStatus.CANCELED.equals(status);
        return new Message(
                canceled ? "The order was canceled." : "The certificate authority refused the order.",
                null,
                null,
                List.of(new GenericObject(ResponseObject.CERTIFICATE, name)),
                canceled ? "EF400103" : "EF400102",
                StatusType.ERROR);
    }
}
