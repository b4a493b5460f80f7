package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The fields of an answer that a re-issue works with.
 *
 * @param values each by its name over JSON; a value is null where the answer lacks it
 */
record ExpectedFields<T>(Map<String, Function<T, Object>> values) {

    static final ExpectedFields<Certificate> OF_CERTIFICATE = new ExpectedFields<Certificate>(Map.of())
            .with("id", Certificate::id)
            .with("name", Certificate::name)
            .with("adminContact.id", certificate -> id(certificate.adminContact()))
            .with("technicalContact.id", certificate -> id(certificate.technicalContact()))
            .with("lifetime", Certificate::lifetime)
            .with("software", Certificate::software)
            .with("product", Certificate::product)
            .with("server", Certificate::server)
            .with("serialNumber", Certificate::serialNumber)
            .with("expire", Certificate::expire)
            .with("payable", Certificate::payable)
            .with("subjectAlternativeNames", Certificate::subjectAlternativeNames)
            .with("certificationAuthority", Certificate::certificationAuthority)
            .with("authentication.method", certificate -> method(certificate.authentication()));

    static final ExpectedFields<List<Certificate>> OF_CERTIFICATE_LIST = new ExpectedFields<List<Certificate>>(Map.of())
            .with("id", ofFirst(Certificate::id))
            .with("name", ofFirst(Certificate::name));

    static final ExpectedFields<CertificateData> OF_PREPARED =
            new ExpectedFields<CertificateData>(Map.of()).with("authentication", CertificateData::authentication);

    static final ExpectedFields<ObjectJob> OF_JOB = new ExpectedFields<ObjectJob>(Map.of())
            .with("job.id", ofJob(Job::id))
            .with("job.status", ofJob(Job::status))
            .with("job.events", ofJob(Job::events))
            .with("object.value", job -> value(job.object()));

    static final ExpectedFields<List<ObjectJob>> OF_JOB_LIST = new ExpectedFields<List<ObjectJob>>(Map.of())
            .with("job.id", ofFirst(ofJob(Job::id)))
            .with("job.status", ofFirst(ofJob(Job::status)))
            .with("job.events", ofFirst(ofJob(Job::events)))
            .with("object.value", ofFirst(job -> value(job.object())));

    static final ExpectedFields<PollMessage> OF_MESSAGE = new ExpectedFields<PollMessage>(Map.of())
            .with("id", PollMessage::id)
            .with("ctid", PollMessage::ctid)
            .with(
                    "job.id",
                    message -> message.job() == null ? null : message.job().id())
            .with("object.value", message -> value(message.object()));

    private ExpectedFields<T> with(String name, Function<T, Object> value) {
        Map<String, Function<T, Object>> all = new LinkedHashMap<>(values);
        all.put(name, value);
        return new ExpectedFields<>(all);
    }

    static <T> ExpectedFields<T> none() {
        return new ExpectedFields<>(Map.of());
    }

    List<String> missingIn(T answer) {
        return values.entrySet().stream()
                .filter(field -> field.getValue().apply(answer) == null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A list without entries lacks nothing. */
    private static <E> Function<List<E>, Object> ofFirst(Function<E, Object> value) {
        return list -> list.isEmpty() ? "" : value.apply(list.get(0));
    }

    private static Function<ObjectJob, Object> ofJob(Function<Job, Object> value) {
        return job -> job.job() == null ? null : value.apply(job.job());
    }

    private static Object id(SslContact contact) {
        return contact == null ? null : contact.id();
    }

    private static Object method(CertAuthentication authentication) {
        return authentication == null ? null : authentication.method();
    }

    private static Object value(ResponseObject object) {
        return object == null ? null : object.value();
    }
}
