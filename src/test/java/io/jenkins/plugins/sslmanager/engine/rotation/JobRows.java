package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.WorkflowEvent;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

/** Jobs as a service may tell them that the sandbox is not. */
final class JobRows {

    private JobRows() {}

    static ObjectJob of(long id, String certificateName) {
        return new ObjectJob(
                Job.of(id, JobStatus.RUNNING),
                new ResponseObject(ResponseObject.CERTIFICATE, certificateName, null, null),
                null,
                null,
                null);
    }

    static ObjectJob withCtid(ObjectJob row, String ctid) {
        return with(
                row,
                row.job().created(),
                row.job().status(),
                List.of(new WorkflowEvent(row.job().id(), ctid)));
    }

    static ObjectJob withoutEvents(ObjectJob row) {
        return with(row, row.job().created(), row.job().status(), null);
    }

    static ObjectJob failed(ObjectJob row) {
        return with(row, row.job().created(), JobStatus.FAILED, row.job().events());
    }

    static ObjectJob createdLaterBy(ObjectJob row, Duration late) {
        OffsetDateTime created = row.job().created();
        return with(row, created.plus(late), row.job().status(), row.job().events());
    }

    private static ObjectJob with(ObjectJob row, OffsetDateTime created, JobStatus status, List<WorkflowEvent> events) {
        Job job = row.job();
        return new ObjectJob(
                new Job(
                        created,
                        job.updated(),
                        job.owner(),
                        job.updater(),
                        status,
                        job.subStatus(),
                        job.execution(),
                        events,
                        job.type(),
                        job.subType(),
                        job.action(),
                        job.id()),
                row.object(),
                row.authentication(),
                row.dcvAuth(),
                row.notices());
    }

    static ObjectJob withoutCsr(ObjectJob row) {
        return withCsr(row, null);
    }

    static ObjectJob withCsr(ObjectJob row, String csr) {
        ResponseObject object = row.object();
        Certificate data = object.data();
        return with(
                row,
                new ResponseObject(
                        object.type(),
                        object.value(),
                        object.summary(),
                        data == null ? null : ChangedCertificate.of(data, json -> json.put("csr", csr))));
    }

    static ObjectJob about(ObjectJob row, String type) {
        return with(row, new ResponseObject(type, row.object().value(), null, null));
    }

    static ObjectJob withoutCertificate(ObjectJob row) {
        return with(row, new ResponseObject(row.object().type(), row.object().value(), null, null));
    }

    static ObjectJob withCertificateId(ObjectJob row, Long id) {
        ResponseObject object = row.object();
        return with(
                row,
                new ResponseObject(
                        object.type(),
                        object.value(),
                        null,
                        ChangedCertificate.of(object.data(), json -> json.put("id", id))));
    }

    private static ObjectJob with(ObjectJob row, ResponseObject object) {
        return new ObjectJob(row.job(), object, row.authentication(), row.dcvAuth(), row.notices());
    }
}
