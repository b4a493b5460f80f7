package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import java.util.Optional;

/** Notifications that the sandbox does not send. */
final class Messages {

    static final long ID = 77;

    static final Poll EMPTY = new Poll(0, Optional.empty());

    private Messages() {}

    /** At the head of the queue, and alone in it. */
    static Poll about(long jobId, JobStatus status, String ctid) {
        Job job = new Job(null, null, null, null, status, null, null, null, "ssl", null, "reissue", jobId);
        return alone(new PollMessage(
                ID, null, job, "stid-1", ctid, null, null, null, new ResponseObject("Certificate", "a", null, null)));
    }

    static Poll alone(PollMessage message) {
        return new Poll(1, Optional.of(message));
    }
}
