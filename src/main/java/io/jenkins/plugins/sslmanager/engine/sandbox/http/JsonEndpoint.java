package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import static java.util.Map.entry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.Response;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxAccount;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxTask;
import io.jenkins.plugins.sslmanager.engine.sandbox.TaskRefused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** The JSON API of the sandbox: routes, headers, envelope. */
final class JsonEndpoint extends Endpoint {

    private static final Pattern WITH_ID = Pattern.compile("(?<collection>/.+)/(?<id>[0-9]{1,18})(?<action>/_[a-z]+)?");
    private static final String OLDER_PREPARE_ORDER = "POST /certificate/prepareOrder";

    private static final Map<String, SandboxTask> TASKS = Map.ofEntries(
            entry("POST /certificate/_prepareOrder", SandboxTask.PREPARE_ORDER),
            entry(OLDER_PREPARE_ORDER, SandboxTask.PREPARE_ORDER),
            entry("PUT /certificate/{id}", SandboxTask.REISSUE),
            entry("PUT /certificate/{id}/_renew", SandboxTask.RENEW),
            entry("GET /certificate/{id}", SandboxTask.CERTIFICATE_INFO),
            entry("GET /poll", SandboxTask.POLL_INFO),
            entry("PUT /poll/{id}", SandboxTask.POLL_CONFIRM),
            entry("GET /job/{id}", SandboxTask.JOB_INFO),
            entry("GET /job/history/{id}", SandboxTask.JOB_HISTORY_INFO),
            entry("POST /certificate/_search", SandboxTask.CERTIFICATE_SEARCH),
            entry("POST /job/_search", SandboxTask.JOB_SEARCH),
            entry("POST /job/history/_search", SandboxTask.JOB_HISTORY_SEARCH),
            entry("GET /hello", SandboxTask.HELLO));

    private final boolean olderRouteOnly;
    private final JsonCodec codec = new JsonCodec();

    JsonEndpoint(Sandbox sandbox) {
        super(sandbox);
        olderRouteOnly = sandbox.olderRouteOnly();
    }

    @Override
    TaskRequest read(EndpointRequest request) {
        return new Routed(request);
    }

    private final class Routed implements TaskRequest {

        private final EndpointRequest request;
        private final String route;
        private final long id;

        Routed(EndpointRequest request) {
            this.request = request;
            Matcher withId = WITH_ID.matcher(request.path());
            boolean hasId = withId.matches();
            route = request.method() + " "
                    + (hasId ? withId.replaceFirst("${collection}/{id}${action}") : request.path());
            id = hasId ? Long.parseLong(withId.group("id")) : 0;
        }

        @Override
        public SandboxTask task() {
            SandboxTask task = TASKS.get(route);
            return olderRouteOnly && task == SandboxTask.PREPARE_ORDER && !route.equals(OLDER_PREPARE_ORDER)
                    ? null
                    : task;
        }

        @Override
        public String ctid() {
            return request.headerIfAny("X-Domainrobot-Ctid").orElse(null);
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public CertificateData certificateData() {
            return body(CertificateData.class);
        }

        @Override
        public CertificateOrder order() {
            return body(CertificateOrder.class);
        }

        /** Over JSON the service wants a period of the history. */
        @Override
        public Query query() {
            Query query = body(Query.class);
            if (task() == SandboxTask.JOB_HISTORY_SEARCH
                    && (query.view() == null
                            || query.view().from() == null
                            || query.view().to() == null)) {
                throw TaskRefused.wrongValue("query.view.from/to", null);
            }
            return query;
        }

        private <T> T body(Class<T> type) {
            T value;
            try {
                value = codec.decode(request.body(), type);
            } catch (JacksonException e) {
                throw TaskRefused.unreadableBody(e.getOriginalMessage());
            }
            if (value == null) {
                throw TaskRefused.unreadableBody("it is null");
            }
            return value;
        }

        @Override
        public SandboxAccount signIn(Sandbox sandbox) {
            request.headerIfAny("User-Agent").orElseThrow(TaskRefused::noUserAgent);
            String[] credentials = request.headerIfAny("Authorization")
                    .filter(value -> value.startsWith("Basic "))
                    .map(value -> decodeBase64(value.substring("Basic ".length())))
                    .orElseThrow(TaskRefused::wrongCredentials)
                    .split(":", 2);
            return sandbox.signIn(
                    credentials[0],
                    credentials.length == 2 ? credentials[1] : "",
                    request.headerIfAny("X-Domainrobot-Context").orElse(null),
                    request.headerIfAny("X-Domainrobot-2FA-Token").orElse(null));
        }

        @Override
        public TaskRefused noSuchTask() {
            return TaskRefused.noSuchRoute(route);
        }
    }

    private static String decodeBase64(String text) {
        try {
            return new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw TaskRefused.wrongCredentials();
        }
    }

    @Override
    byte[] write(SandboxTask task, Response<?> response) {
        List<?> data = response.data();
        return codec.encode(new Response<>(
                response.stid(),
                response.ctid(),
                response.messages(),
                response.status(),
                written(task, response.object()),
                data == null ? null : data.stream().map(JsonEndpoint::written).toList()));
    }

    @Override
    String contentType() {
        return "application/json;charset=UTF-8";
    }

    @Override
    int httpStatus(TaskRefused refused) {
        return refused.httpStatus();
    }

    /** In the example of a confirmation nothing tells how many are left. */
    @CheckForNull
    private static ResponseObject written(SandboxTask task, @CheckForNull ResponseObject object) {
        return task == SandboxTask.POLL_CONFIRM && object != null
                ? new ResponseObject(object.type(), object.value(), null, null)
                : object;
    }

    private static Object written(Object entry) {
        return entry instanceof Job job ? new JobId(job.id()) : entry;
    }

    /** All that the answer to a re-issue tells of the job. */
    private record JobId(long id) {}
}
