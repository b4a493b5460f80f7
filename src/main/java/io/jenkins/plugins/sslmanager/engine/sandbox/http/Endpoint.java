package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.Response;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.sandbox.PollQueue;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxAccount;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxTask;
import io.jenkins.plugins.sslmanager.engine.sandbox.TaskRefused;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A way into the sandbox: does what is asked, whatever it is written in. Each protocol has one. */
public abstract class Endpoint {

    static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final String JOB = "Job";

    private final Sandbox sandbox;

    Endpoint(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    public final EndpointReply answer(EndpointRequest request) {
        String stid = sandbox.nextStid();
        SandboxTask task = null;
        String ctid = null;
        try {
            sandbox.countRequest();
            TaskRequest asked = read(request);
            task = asked.task();
            ctid = asked.ctid();
            SandboxAccount account = asked.signIn(sandbox);
            if (task == null) {
                throw asked.noSuchTask();
            }
            Done done = perform(task, account, asked, stid);
            Response<?> response = new Response<>(stid, ctid, null, task.done(), done.object, done.data);
            return new EndpointReply(task, OK, headers(), write(task, response), done.fate);
        } catch (TaskRefused refused) {
            SandboxTask refusing = task == null ? SandboxTask.HELLO : task;
            Response<?> response =
                    new Response<>(stid, ctid, List.of(refused.message()), refusing.refused(), null, null);
            int status = httpStatus(refused);
            Map<String, String> headers = headers();
            if (status == UNAUTHORIZED) {
                headers.put("WWW-Authenticate", "Basic realm=\"SSL Manager sandbox\"");
            }
            Integer seconds = refused.retryAfter();
            if (seconds != null) {
                headers.put("Retry-After", seconds.toString());
            }
            return new EndpointReply(task, status, headers, write(refusing, response), AnswerFate.WHOLE);
        }
    }

    private Map<String, String> headers() {
        return new TreeMap<>(Map.of("Content-Type", contentType()));
    }

    abstract TaskRequest read(EndpointRequest request);

    /** @param response of the task, done or refused */
    abstract byte[] write(SandboxTask task, Response<?> response);

    abstract String contentType();

    abstract int httpStatus(TaskRefused refused);

    private record Done(
            @CheckForNull ResponseObject object,
            @CheckForNull List<?> data,
            AnswerFate fate) {
        Done(@CheckForNull ResponseObject object, @CheckForNull List<?> data) {
            this(object, data, AnswerFate.WHOLE);
        }
    }

    private static Done perform(SandboxTask task, SandboxAccount account, TaskRequest asked, String stid) {
        return switch (task) {
            case PREPARE_ORDER -> {
                CertificateData data = account.prepareOrder(asked.certificateData());
                yield new Done(null, List.of(data), AnswerFate.of(task, data.name()));
            }
            case REISSUE, RENEW -> {
                CertificateOrder order = asked.order();
                Job job = task == SandboxTask.RENEW
                        ? account.renew(asked.id(), order, stid, asked.ctid())
                        : account.reissue(asked.id(), order, stid, asked.ctid());
                yield new Done(certificate(order.name()), List.of(job), AnswerFate.of(task, order.name()));
            }
            case CERTIFICATE_INFO -> {
                Certificate certificate = account.certificateInfo(asked.id());
                yield new Done(
                        certificate(certificate.name()), List.of(certificate), AnswerFate.of(task, certificate.name()));
            }
            case CERTIFICATE_SEARCH -> found(ResponseObject.CERTIFICATE, account.certificateSearch(asked.query()));
            case POLL_INFO -> {
                PollQueue.Head head = account.pollInfo();
                yield head.oldest()
                        .map(message -> new Done(message(message.id(), head.waiting()), List.of(message)))
                        .orElseGet(() -> new Done(message(null, 0), null));
            }
            case POLL_CONFIRM -> {
                account.pollConfirm(asked.id());
                yield new Done(message(asked.id(), account.pollInfo().waiting()), null);
            }
            case JOB_INFO -> new Done(job(asked.id()), List.of(account.jobInfo(asked.id())));
            case JOB_HISTORY_INFO -> new Done(job(asked.id()), List.of(account.jobHistoryInfo(asked.id())));
            case JOB_SEARCH -> found(JOB, account.jobSearch(asked.query()));
            case JOB_HISTORY_SEARCH -> found(JOB, account.jobHistorySearch(asked.query()));
            case HELLO -> new Done(null, null);
        };
    }

    private static ResponseObject certificate(String name) {
        return new ResponseObject(ResponseObject.CERTIFICATE, name, null, null);
    }

    private static ResponseObject message(@CheckForNull Long id, @CheckForNull Integer waiting) {
        return new ResponseObject("message", id == null ? null : id.toString(), waiting, null);
    }

    private static ResponseObject job(long id) {
        return new ResponseObject(JOB, Long.toString(id), null, null);
    }

    private static Done found(String type, List<?> rows) {
        return new Done(new ResponseObject(type, null, rows.size(), null), rows);
    }
}
