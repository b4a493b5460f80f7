package io.jenkins.plugins.sslmanager.engine.sandbox;

import static java.util.Map.entry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.Response;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** The JSON API of the sandbox: routes, headers, envelope. */
final class JsonDoor {

    private static final Pattern WITH_ID = Pattern.compile("(?<collection>/.+)/(?<id>[0-9]{1,18})");
    private static final String OLDER_PREPARE_ORDER = "POST /certificate/prepareOrder";

    private static final Map<String, SandboxTask> TASKS = Map.ofEntries(
            entry("POST /certificate/_prepareOrder", SandboxTask.PREPARE_ORDER),
            entry(OLDER_PREPARE_ORDER, SandboxTask.PREPARE_ORDER),
            entry("PUT /certificate/{id}", SandboxTask.REISSUE),
            entry("GET /certificate/{id}", SandboxTask.CERTIFICATE_INFO),
            entry("GET /poll", SandboxTask.POLL_INFO),
            entry("PUT /poll/{id}", SandboxTask.POLL_CONFIRM),
            entry("GET /job/{id}", SandboxTask.JOB_INFO),
            entry("GET /job/history/{id}", SandboxTask.JOB_HISTORY_INFO),
            entry("POST /job/_search", SandboxTask.JOB_SEARCH),
            entry("POST /job/history/_search", SandboxTask.JOB_HISTORY_SEARCH),
            entry("GET /hello", SandboxTask.HELLO));

    private final Sandbox sandbox;
    private final JsonCodec codec = new JsonCodec();

    JsonDoor(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    DoorReply answer(DoorRequest request) {
        String stid = sandbox.nextStid();
        String ctid = request.headerIfAny("X-Domainrobot-Ctid").orElse(null);
        Matcher withId = WITH_ID.matcher(request.path());
        boolean hasId = withId.matches();
        String route = request.method() + " " + (hasId ? withId.group("collection") + "/{id}" : request.path());
        SandboxTask task = TASKS.get(route);
        try {
            request.headerIfAny("User-Agent").orElseThrow(TaskRefused::noUserAgent);
            sandbox.countRequest();
            SandboxAccount account = signIn(request);
            if (task == null || isMissing(task, route)) {
                throw TaskRefused.noSuchRoute(route);
            }
            long id = hasId ? Long.parseLong(withId.group("id")) : 0;
            Done done = perform(task, account, id, request.body(), stid, ctid);
            return reply(
                    200, null, new Response<>(stid, ctid, null, task.done(), done.object, done.data), done.delivery);
        } catch (TaskRefused refused) {
            SandboxTask refusing = task == null ? SandboxTask.HELLO : task;
            return reply(
                    refused.httpStatus(),
                    refused.retryAfter(),
                    new Response<>(stid, ctid, List.of(refused.message()), refusing.refused(), null, null),
                    Delivery.WHOLE);
        }
    }

    private boolean isMissing(SandboxTask task, String route) {
        return sandbox.olderRouteOnly() && task == SandboxTask.PREPARE_ORDER && !route.equals(OLDER_PREPARE_ORDER);
    }

    private SandboxAccount signIn(DoorRequest request) {
        String[] credentials = request.headerIfAny("Authorization")
                .filter(value -> value.startsWith("Basic "))
                .map(value -> decodeBase64(value.substring("Basic ".length())))
                .orElseThrow(TaskRefused::wrongCredentials)
                .split(":", 2);
        return sandbox.signIn(
                credentials[0],
                credentials.length == 2 ? credentials[1] : "",
                request.headerIfAny("X-Domainrobot-Context").orElse(null));
    }

    private static String decodeBase64(String text) {
        try {
            return new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw TaskRefused.wrongCredentials();
        }
    }

    private record Done(
            @CheckForNull ResponseObject object,
            @CheckForNull List<?> data,
            Delivery delivery) {
        Done(@CheckForNull ResponseObject object, @CheckForNull List<?> data) {
            this(object, data, Delivery.WHOLE);
        }
    }

    private Done perform(
            SandboxTask task, SandboxAccount account, long id, byte[] body, String stid, @CheckForNull String ctid) {
        return switch (task) {
            case PREPARE_ORDER -> {
                CertificateData data = account.prepareOrder(read(body, CertificateData.class));
                yield new Done(null, List.of(data), Delivery.of(task, data.name()));
            }
            case REISSUE -> {
                CertificateOrder order = read(body, CertificateOrder.class);
                Job job = account.reissue(id, order, stid, ctid);
                yield new Done(
                        certificate(order.name()), List.of(new JobId(job.id())), Delivery.of(task, order.name()));
            }
            case CERTIFICATE_INFO -> {
                Certificate certificate = account.certificateInfo(id);
                yield new Done(
                        certificate(certificate.name()), List.of(certificate), Delivery.of(task, certificate.name()));
            }
            case POLL_INFO -> {
                PollQueue.Head head = account.pollInfo();
                yield head.oldest()
                        .map(message -> new Done(message(message.id(), head.waiting()), List.of(message)))
                        .orElseGet(() -> new Done(message(null, 0), null));
            }
            case POLL_CONFIRM -> {
                account.pollConfirm(id);
                yield new Done(message(id, null), null);
            }
            case JOB_INFO -> new Done(job(id), List.of(account.jobInfo(id)));
            case JOB_HISTORY_INFO -> new Done(job(id), List.of(account.jobHistoryInfo(id)));
            case JOB_SEARCH -> found(account.jobSearch(read(body, Query.class)));
            case JOB_HISTORY_SEARCH -> found(account.jobHistorySearch(read(body, Query.class)));
            case HELLO -> new Done(null, null);
        };
    }

    /** All that the answer to a re-issue tells of the job. */
    private record JobId(long id) {}

    private static ResponseObject certificate(String name) {
        return new ResponseObject(ResponseObject.CERTIFICATE, name, null, null);
    }

    private static ResponseObject message(@CheckForNull Long id, @CheckForNull Integer waiting) {
        return new ResponseObject("message", id == null ? null : id.toString(), waiting, null);
    }

    private static ResponseObject job(long id) {
        return new ResponseObject("Job", Long.toString(id), null, null);
    }

    private static Done found(List<ObjectJob> jobs) {
        return new Done(new ResponseObject("Job", null, jobs.size(), null), jobs);
    }

    private <T> T read(byte[] body, Class<T> type) {
        T value;
        try {
            value = codec.decode(body, type);
        } catch (JacksonException e) {
            throw TaskRefused.unreadableBody(e.getOriginalMessage());
        }
        if (value == null) {
            throw TaskRefused.unreadableBody("it is null");
        }
        return value;
    }

    private DoorReply reply(int status, @CheckForNull Integer retryAfter, Response<?> response, Delivery delivery) {
        Map<String, String> headers = new TreeMap<>(Map.of("Content-Type", "application/json;charset=UTF-8"));
        if (retryAfter != null) {
            headers.put("Retry-After", retryAfter.toString());
        }
        if (status == 401) {
            headers.put("WWW-Authenticate", "Basic realm=\"SSL Manager sandbox\"");
        }
        return new DoorReply(status, headers, codec.encode(response), delivery);
    }
}
