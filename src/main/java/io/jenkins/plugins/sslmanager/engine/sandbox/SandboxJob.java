package io.jenkins.plugins.sslmanager.engine.sandbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.DomainControllValidationStatus;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.api.WorkflowEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A re-issue or renewal under way or done; its state follows from the time.
 *
 * @param action what it does, as OpenAPI {@code Job.action} has it
 * @param stid the transaction that ordered it
 * @param certificate the one ordered, and once the job has ended well, the one issued
 * @param takes how long it runs, if it ever ends
 */
record SandboxJob(
        long id,
        String action,
        String stid,
        @CheckForNull String ctid,
        Behaviour behaviour,
        Certificate certificate,
        Instant created,
        Duration takes) {

    private static final String TYPE = "ssl";

    boolean endedBy(Instant now) {
        return behaviour.statusAtEnd().isPresent() && !now.isBefore(end());
    }

    Instant end() {
        return created.plus(takes);
    }

    JobStatus status(Instant now) {
        return endedBy(now) ? behaviour.statusAtEnd().orElseThrow() : behaviour.statusBeforeEnd();
    }

    SandboxJob withCertificate(Certificate issued) {
        return new SandboxJob(id, action, stid, ctid, behaviour, issued, created, takes);
    }

    Job job(Instant now) {
        JobStatus status = status(now);
        boolean deferred = JobStatus.DEFERRED.equals(status);
        return new Job(
                ServiceTime.at(created),
                ServiceTime.at(endedBy(now) ? end() : created),
                certificate.owner(),
                certificate.updater(),
                status,
                deferred ? "WF_" + certificate.authentication().method() + "_AUTH" : null,
                ServiceTime.at(deferred ? end() : created),
                List.of(new WorkflowEvent(id, ctid)),
                TYPE,
                certificate.product(),
                action,
                id);
    }

    ObjectJob describe(Instant now) {
        return new ObjectJob(
                job(now),
                new ResponseObject(ResponseObject.CERTIFICATE, certificate.name(), null, certificate),
                null,
                proofs(now),
                null);
    }

    /** With several domains, a record that InterNetX sets is found in half of the time. */
    private String proof(String name, Instant now) {
        boolean isOver = JobStatus.SUCCESS.equals(status(now));
        boolean isHalfOver = !now.isBefore(created.plus(takes.dividedBy(2)));
        return isOver || isHalfOver && isSetByItself(name) ? "COMPLETED" : "IN_PROGRESS";
    }

    private boolean isSetByItself(String name) {
        return Stream.ofNullable(certificate.authentication().domains())
                .flatMap(List::stream)
                .anyMatch(proof -> name.equals(proof.name()) && Boolean.TRUE.equals(proof.provisioning()));
    }

    private List<DomainControllValidationStatus> proofs(Instant now) {
        return Stream.concat(
                        Stream.of(certificate.name()),
                        certificate.subjectAlternativeNames().stream().map(SubjectAlternativeName::name))
                .map(domain -> new DomainControllValidationStatus(proof(domain, now), domain))
                .toList();
    }
}
