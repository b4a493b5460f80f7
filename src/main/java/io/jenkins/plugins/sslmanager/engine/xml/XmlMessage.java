package io.jenkins.plugins.sslmanager.engine.xml;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.BasicUser;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.GenericObject;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.Message;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.StatusType;
import io.jenkins.plugins.sslmanager.engine.xml.XmlResponse.Status;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * A notification ({@code message}).
 *
 * @param job null on a notification that is about no job
 */
record XmlMessage(Long id, BasicUser owner, MessageJob job, OffsetDateTime created) {

    /**
     * The job that ended. Of what it was about, only a certificate is read; the shape of a domain does not matter here.
     *
     * @param status how it ended: success or error, and there is no other word for a job that was cancelled
     * @param nicResponse the words of whoever had the last one
     */
    record MessageJob(
            Long jobId, Status status, String stid, String ctid, List<String> nicResponse, Certificate certificate) {

        private Job asModel() {
            return Job.of(jobId, jobStatus());
        }

        @CheckForNull
        private JobStatus jobStatus() {
            if (status == null || status.type() == null) {
                return null;
            }
            return StatusType.ERROR.equals(status.type())
                    ? JobStatus.FAILED
                    : new JobStatus(status.type().name());
        }

        @CheckForNull
        private ResponseObject object() {
            if (certificate != null) {
                return new ResponseObject(ResponseObject.CERTIFICATE, certificate.name(), null, certificate);
            }
            GenericObject object = status == null ? null : status.object();
            return object == null ? null : new ResponseObject(object.type(), object.value(), null, null);
        }

        /** Returns those of a failure; a success needs none. */
        @CheckForNull
        private List<Message> reasons() {
            if (status == null || !StatusType.ERROR.equals(status.type())) {
                return null;
            }
            Stream<Message> words =
                    nicResponse == null ? Stream.empty() : nicResponse.stream().map(MessageJob::said);
            return Stream.concat(
                            Stream.of(new Message(status.text(), null, null, null, status.code(), status.type())),
                            words)
                    .toList();
        }

        private static Message said(String text) {
            return new Message(text, null, null, null, null, null);
        }
    }

    PollMessage asModel() {
        return job == null
                ? new PollMessage(id, owner, null, null, null, null, null, created, null)
                : new PollMessage(
                        id, owner, job.asModel(), job.stid(), job.ctid(), job.reasons(), null, created, job.object());
    }
}
