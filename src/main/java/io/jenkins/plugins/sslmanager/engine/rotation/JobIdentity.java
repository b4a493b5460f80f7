package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.WorkflowEvent;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Whether a job is an order's. It is by its key or, where no key is shown, its client transaction id; it is another's only by
 * another key. Never by a time, since clocks differ, nor by the order of rows.
 */
@FunctionalInterface
interface JobIdentity {

    /** What a job shows of whose it is. */
    enum Verdict {
        OURS,
        OURS_FAILED,
        NOT_OURS,
        UNKNOWN
    }

    JobIdentity BY_KEY_OR_CTID = JobIdentity::byKeyOrCtid;

    Verdict of(Order order, ObjectJob job);

    private static Verdict byKeyOrCtid(Order order, ObjectJob job) {
        Verdict byKey = byKey(order, job);
        if (byKey == Verdict.UNKNOWN && hasCtid(order, job)) {
            byKey = Verdict.OURS;
        }
        boolean failed = job.job() != null
                && (JobStatus.FAILED.equals(job.job().status())
                        || JobStatus.CANCELED.equals(job.job().status()));
        if (byKey == Verdict.OURS) {
            return failed ? Verdict.OURS_FAILED : Verdict.OURS;
        }
        return failed || isAboutSomethingElse(job) ? Verdict.NOT_OURS : byKey;
    }

    private static Verdict byKey(Order order, ObjectJob job) {
        Certificate ordered = job.object() == null ? null : job.object().data();
        if (ordered == null || ordered.csr() == null) {
            return Verdict.UNKNOWN;
        }
        try {
            String key = CertificateSigningRequest.parse(ordered.csr()).publicKeySha256();
            return key.equals(order.request().publicKeySha256()) ? Verdict.OURS : Verdict.NOT_OURS;
        } catch (PkiException e) {
            return Verdict.UNKNOWN;
        }
    }

    private static boolean hasCtid(Order order, ObjectJob job) {
        return Stream.ofNullable(job.job())
                .flatMap(each -> Stream.ofNullable(each.events()))
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .map(WorkflowEvent::ctid)
                .anyMatch(order.request().ctid()::equals);
    }

    private static boolean isAboutSomethingElse(ObjectJob job) {
        return job.object() != null
                && job.object().type() != null
                && !ResponseObject.CERTIFICATE.equalsIgnoreCase(job.object().type());
    }
}
