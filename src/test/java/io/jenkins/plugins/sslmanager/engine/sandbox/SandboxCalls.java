package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.Message;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The sandbox's tasks as plain calls without a socket. What it refuses comes as an {@link ApiException}, as over HTTP. */
public final class SandboxCalls {

    private final Sandbox sandbox;
    private final SandboxAccount account;
    private final JsonCodec codec = new JsonCodec();
    private final Map<Long, PollMessage> messages = new HashMap<>();

    public SandboxCalls(Sandbox sandbox, SandboxAccount account) {
        this.sandbox = sandbox;
        this.account = account;
    }

    /** How the job of a certificate with this behaviour ends; empty if it never does. */
    public static Optional<JobStatus> endOf(Behaviour behaviour) {
        return behaviour.statusAtEnd();
    }

    public CertificateData prepareOrder(CertificateData request) {
        return call(Task.PREPARE_ORDER, () -> account.prepareOrder(request));
    }

    /** @return a job with nothing but its id, which is all that the service tells */
    public Job reissue(long certificateId, CertificateOrder order, String ctid) {
        Job job = call(Task.REISSUE, () -> account.reissue(certificateId, order, sandbox.nextStid(), ctid));
        return new Job(null, null, null, null, null, null, null, null, null, null, null, job.id());
    }

    public Poll pollInfo() {
        PollQueue.Head head = call(Task.POLL_INFO, account::pollInfo);
        return new Poll(head.waiting(), head.oldest().map(this::asReceived));
    }

    private PollMessage asReceived(Notification notification) {
        return messages.computeIfAbsent(
                notification.id(), id -> codec.decode(codec.encode(notification), PollMessage.class));
    }

    public void pollConfirm(long messageId) {
        call(Task.POLL_CONFIRM, () -> {
            account.pollConfirm(messageId);
            return messageId;
        });
    }

    public Certificate certificateInfo(long certificateId) {
        return call(Task.CERTIFICATE_INFO, () -> account.certificateInfo(certificateId));
    }

    public ObjectJob jobInfo(long jobId) {
        return call(Task.JOB_INFO, () -> account.jobInfo(jobId));
    }

    public ObjectJob jobHistoryInfo(long jobId) {
        return call(Task.JOB_HISTORY_INFO, () -> account.jobHistoryInfo(jobId));
    }

    public List<ObjectJob> jobSearch(Query query) {
        return call(Task.JOB_SEARCH, () -> account.jobSearch(query));
    }

    public List<ObjectJob> jobHistorySearch(Query query) {
        return call(Task.JOB_HISTORY_SEARCH, () -> account.jobHistorySearch(query));
    }

    private <T> T call(Task task, Supplier<T> effect) {
        try {
            return effect.get();
        } catch (TaskRefused refused) {
            Message reason = refused.message();
            throw ApiException.refused(
                    task, refused.httpStatus(), reason.code(), reason.text(), sandbox.nextStid(), "Look at the code.");
        }
    }
}
