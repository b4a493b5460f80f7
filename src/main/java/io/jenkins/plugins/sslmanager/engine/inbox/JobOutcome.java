package io.jenkins.plugins.sslmanager.engine.inbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.Message;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a job ended.
 *
 * @param certificateId the certificate's id after the job, which is the one to ask CertificateInfo for; null if not told
 * @param reason the service's words, empty if it gives none
 */
public record JobOutcome(
        long jobId,
        JobStatus status,
        @CheckForNull String certificateName,
        @CheckForNull Long certificateId,
        String reason) {

    private static final int MAX_REASON = 300;

    public static JobOutcome of(PollMessage message) {
        return of(
                message.job().id(),
                message.job().status(),
                message.object(),
                Stream.concat(Stream.ofNullable(message.notice()), texts(message.messages())));
    }

    public static JobOutcome of(ObjectJob ended) {
        Stream<String> notices = ended.notices() == null ? Stream.empty() : ended.notices().stream();
        return of(
                ended.job().id(),
                ended.job().status(),
                ended.object(),
                Stream.concat(Stream.ofNullable(ended.job().subStatus()), notices));
    }

    private static JobOutcome of(
            long jobId, JobStatus status, @CheckForNull ResponseObject object, Stream<String> reasons) {
        return new JobOutcome(
                jobId,
                status,
                object == null ? null : object.value(),
                object == null || object.data() == null ? null : object.data().id(),
                ForeignText.oneLine(
                        reasons.filter(Objects::nonNull).distinct().collect(Collectors.joining("; ")), MAX_REASON));
    }

    private static Stream<String> texts(@CheckForNull List<Message> messages) {
        return messages == null
                ? Stream.empty()
                : messages.stream()
                        .flatMap(message -> Stream.concat(
                                Stream.of(Stream.of(message.code(), message.text())
                                        .filter(Objects::nonNull)
                                        .collect(Collectors.joining(" "))),
                                texts(message.messages())));
    }

    /** Tells whether the job failed without a word why. */
    @JsonIgnore
    public boolean isUnexplained() {
        return !JobStatus.SUCCESS.equals(status) && reason.isEmpty();
    }

    /** Returns the certificate's id after the job, or the one it was ordered by where the service does not tell. */
    public long certificateIdOr(long ordered) {
        Long told = certificateId;
        return told == null ? ordered : told;
    }

    /**
     * @return this, if the job did what was ordered
     * @throws ReissueException if it failed or was cancelled
     */
    public JobOutcome requireSuccess() {
        if (JobStatus.SUCCESS.equals(status)) {
            return this;
        }
        throw failure();
    }

    /** Tells why no certificate came of it, if it did not succeed. */
    public ReissueException failure() {
        return new ReissueException(
                ReissueException.Kind.JOB_FAILED,
                "Job " + jobId + (certificateName == null ? "" : " for " + certificateName) + " ended as "
                        + status + (reason.isEmpty() ? ", without a reason" : ": \"" + reason + "\"")
                        + ". No certificate was issued. Correct what the service names, then order again");
    }
}
