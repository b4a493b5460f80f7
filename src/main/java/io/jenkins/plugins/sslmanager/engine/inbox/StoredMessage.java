package io.jenkins.plugins.sslmanager.engine.inbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import java.time.Instant;
import java.util.Objects;

/**
 * What is kept of a notification: enough to deliver it and to show it. Never its object's data, since that of a domain can
 * hold its transfer password.
 *
 * @param id the message's number, which PollConfirm (0906) takes
 * @param outcome null on a message about no job
 * @param stored when it was written, in milliseconds since 1970
 */
public record StoredMessage(
        long id,
        @CheckForNull String ctid,
        @CheckForNull String objectType,
        @CheckForNull String objectName,
        @CheckForNull JobOutcome outcome,
        long stored) {

    /** Also of what stands in a file. */
    public StoredMessage {
        if (outcome != null) {
            Objects.requireNonNull(outcome.status(), "outcome.status");
            Objects.requireNonNull(outcome.reason(), "outcome.reason");
        }
    }

    static StoredMessage of(PollMessage message, Instant now) {
        ResponseObject object = message.object();
        boolean aboutAJob = message.job() != null
                && message.job().id() != null
                && message.job().status() != null;
        return new StoredMessage(
                message.id(),
                message.ctid(),
                object == null ? null : object.type(),
                object == null ? null : object.value(),
                aboutAJob ? outcome(message) : null,
                now.toEpochMilli());
    }

    /** The words about anything but a certificate are as secret as its data: a domain's can quote its transfer password. */
    private static JobOutcome outcome(PollMessage message) {
        JobOutcome outcome = JobOutcome.of(message);
        return message.object() == null || isCertificate(message.object().type())
                ? outcome
                : new JobOutcome(outcome.jobId(), outcome.status(), outcome.certificateName(), null, "");
    }

    private static boolean isCertificate(@CheckForNull String objectType) {
        return ResponseObject.CERTIFICATE.equalsIgnoreCase(objectType);
    }

    boolean isAboutCertificate() {
        return isCertificate(objectType);
    }

    /** Tells whether it tells the end of a job. */
    boolean isEnd() {
        return outcome != null && outcome.status().ended();
    }
}
