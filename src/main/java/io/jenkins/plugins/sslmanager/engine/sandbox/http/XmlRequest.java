package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxAccount;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxTask;
import io.jenkins.plugins.sslmanager.engine.sandbox.TaskRefused;
import io.jenkins.plugins.sslmanager.engine.xml.CertificateJob;
import io.jenkins.plugins.sslmanager.engine.xml.XmlOrder;
import io.jenkins.plugins.sslmanager.engine.xml.XmlQuery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the XML API is asked. */
record XmlRequest(Auth auth, XmlTask task) {

    /** Who asks. */
    record Auth(
            String user,
            String password,
            String context,
            @CheckForNull String token) {

        /** Without the password. */
        @Override
        public String toString() {
            return user + " in context " + context;
        }
    }

    /** The task by its number, and what it is about; each task has one of the elements. */
    record XmlTask(
            String code,
            String ctid,
            CertificateData certificateRequest,
            XmlOrder certificate,
            CertificateJob certificateJob,
            Reference message,
            XmlQuery.View view,
            XmlQuery.Where where,
            XmlQuery.Order order) {}

    /** Something by its number. */
    record Reference(Long id) {}

    TaskRequest asked(Map<String, SandboxTask> tasks) {
        if (task == null || task.code() == null) {
            throw TaskRefused.wrongValue("request.task.code", null);
        }
        return new Numbered(this, tasks.get(task.code()));
    }

    private record Numbered(
            XmlRequest request, @CheckForNull SandboxTask task) implements TaskRequest {

        @Override
        public String ctid() {
            return request.task.ctid();
        }

        @Override
        public long id() {
            XmlTask asked = request.task;
            return Optional.ofNullable(asked.certificate())
                    .map(XmlOrder::id)
                    .or(() -> Optional.ofNullable(asked.message()).map(Reference::id))
                    .or(() -> Optional.ofNullable(asked.certificateJob())
                            .map(CertificateJob::job)
                            .map(CertificateJob.JobOf::job)
                            .map(job -> job.id()))
                    .orElseThrow(() -> TaskRefused.wrongValue("request.task.id", null));
        }

        @Override
        public CertificateData certificateData() {
            return required("request.task.certificate_request", request.task.certificateRequest());
        }

        @Override
        public CertificateOrder order() {
            XmlOrder order = required("request.task.certificate", request.task.certificate());
            return new CertificateOrder(
                    order.admin(),
                    order.technical(),
                    order.name(),
                    order.lifetime(),
                    order.software(),
                    order.csr(),
                    order.product(),
                    order.san(),
                    order.authentication());
        }

        /** A list over XML has no period. */
        @Override
        public Query query() {
            XmlTask asked = request.task;
            return new Query(
                    asked.where() == null ? null : List.of(filter(asked.where())),
                    asked.view() == null
                            ? null
                            : new Query.View(asked.view().limit(), asked.view().offset(), null, null),
                    asked.order() == null ? null : List.of(order(asked.order())));
        }

        private static Query.Filter filter(XmlQuery.Where where) {
            return new Query.Filter(
                    where.key(), where.value(), "eq".equals(where.operator()) ? "EQUAL" : where.operator());
        }

        private static Query.Order order(XmlQuery.Order order) {
            String mode = order.mode();
            return new Query.Order(order.key(), mode == null ? null : mode.toUpperCase(Locale.ROOT));
        }

        @Override
        public SandboxAccount signIn(Sandbox sandbox) {
            Auth auth = request.auth;
            if (auth == null || auth.user() == null || auth.password() == null) {
                throw TaskRefused.wrongCredentials();
            }
            return sandbox.signIn(auth.user(), auth.password(), auth.context(), auth.token());
        }

        @Override
        public TaskRefused noSuchTask() {
            return TaskRefused.wrongValue("request.task.code", request.task.code());
        }

        private static <T> T required(String element, @CheckForNull T value) {
            if (value == null) {
                throw TaskRefused.wrongValue(element, null);
            }
            return value;
        }
    }
}
