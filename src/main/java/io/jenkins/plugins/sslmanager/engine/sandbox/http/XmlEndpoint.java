package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.GenericObject;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.Message;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Response;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.sandbox.NameSpelling;
import io.jenkins.plugins.sslmanager.engine.sandbox.Notification;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxTask;
import io.jenkins.plugins.sslmanager.engine.sandbox.TaskRefused;
import io.jenkins.plugins.sslmanager.engine.xml.CertificateJob;
import io.jenkins.plugins.sslmanager.engine.xml.CertificateJob.JobOf;
import io.jenkins.plugins.sslmanager.engine.xml.XmlCodec;
import io.jenkins.plugins.sslmanager.engine.xml.XmlResponse;
import io.jenkins.plugins.sslmanager.engine.xml.XmlResponse.Reason;
import io.jenkins.plugins.sslmanager.engine.xml.XmlResponse.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** The XML API of the sandbox: one address, the task's number in the document, and errors with HTTP 200. */
final class XmlEndpoint extends Endpoint {

    /** Those that come from before the gateway; whatever the service itself has to say is in the document. */
    private static final Set<Integer> HTTP_ERRORS = Set.of(429, 503);

    private static final Map<String, SandboxTask> TASKS = Map.ofEntries(
            entry("400110", SandboxTask.PREPARE_ORDER),
            entry("400102", SandboxTask.REISSUE),
            entry("400106", SandboxTask.RENEW),
            entry("400104", SandboxTask.CERTIFICATE_INFO),
            entry("0905", SandboxTask.POLL_INFO),
            entry("0906", SandboxTask.POLL_CONFIRM),
            entry("400114", SandboxTask.JOB_INFO),
            entry("400134", SandboxTask.JOB_HISTORY_INFO),
            entry("400105", SandboxTask.CERTIFICATE_SEARCH),
            entry("400115", SandboxTask.JOB_SEARCH),
            entry("400135", SandboxTask.JOB_HISTORY_SEARCH));

    private final XmlCodec codec = new XmlCodec();

    private final NameSpelling nameSpelling;

    XmlEndpoint(Sandbox sandbox) {
        super(sandbox);
        nameSpelling = sandbox.nameSpelling();
    }

    @Override
    TaskRequest read(EndpointRequest request) {
        try {
            return codec.decode(request.body(), XmlRequest.class).asked(TASKS);
        } catch (JacksonException e) {
            throw TaskRefused.unreadableBody(e.getOriginalMessage());
        }
    }

    @Override
    byte[] write(SandboxTask task, Response<?> response) {
        List<Message> messages = response.messages();
        byte[] document = codec.encode(new XmlResponse<>(
                new XmlResponse.Result<>(
                        messages == null ? data(task, response) : null,
                        new Status(
                                number(response.status().code()),
                                response.status().text(),
                                response.status().type(),
                                object(response.object())),
                        messages == null
                                ? null
                                : messages.stream().map(XmlEndpoint::reason).toList()),
                response.stid(),
                response.ctid()));
        return nameSpelling.respell(new String(document, UTF_8)).getBytes(UTF_8);
    }

    @Override
    String contentType() {
        return "text/xml;charset=UTF-8";
    }

    @Override
    int httpStatus(TaskRefused refused) {
        return HTTP_ERRORS.contains(refused.httpStatus()) ? refused.httpStatus() : OK;
    }

    private static Map<String, Object> data(SandboxTask task, Response<?> response) {
        Map<String, Object> data = new LinkedHashMap<>();
        ResponseObject object = response.object();
        if (object != null && object.summary() != null) {
            data.put("summary", object.summary());
        }
        if (task == SandboxTask.POLL_CONFIRM && object != null) {
            data.put("message", Map.of("id", object.value()));
        }
        response.entries().stream()
                .map(Element::of)
                .collect(Collectors.groupingBy(Element::name, Collectors.mapping(Element::value, Collectors.toList())))
                .forEach(data::put);
        return data;
    }

    /** An entry of the data, as it is written. */
    private record Element(String name, Object value) {

        static Element of(Object entry) {
            if (entry instanceof CertificateData) {
                return new Element("certificate_request", entry);
            }
            if (entry instanceof Certificate) {
                return new Element("certificate", entry);
            }
            if (entry instanceof Notification notification) {
                return new Element("message", XmlNotification.of(notification));
            }
            return new Element(
                    "certificate_job", entry instanceof ObjectJob job ? certificateJob(job) : jobAlone((Job) entry));
        }
    }

    private static CertificateJob certificateJob(ObjectJob job) {
        return new CertificateJob(
                new JobOf(job.job(), job.object().value()),
                job.authentication(),
                job.dcvAuth(),
                job.notices(),
                job.object().data());
    }

    /** Returns all that the answer to a re-issue tells. */
    private static CertificateJob jobAlone(Job job) {
        return new CertificateJob(new JobOf(job, null), null, null, null, null);
    }

    /** The jobs of certificates have tasks of their own here, {@code 4001…} in the place of {@code 3001…}. */
    private static String number(String code) {
        return code.replace("3001", "4001");
    }

    private static Reason reason(Message message) {
        return new Reason(message.text(), message.code(), message.status(), message.objects());
    }

    @CheckForNull
    private static GenericObject object(@CheckForNull ResponseObject object) {
        return object == null ? null : new GenericObject(object.type().toLowerCase(Locale.ROOT), object.value());
    }
}
