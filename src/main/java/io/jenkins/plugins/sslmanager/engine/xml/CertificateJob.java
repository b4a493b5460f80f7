package io.jenkins.plugins.sslmanager.engine.xml;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthenticationStatus;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.DomainControllValidationStatus;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import java.util.List;

/**
 * A job with its certificate ({@code certificate_job}), as CertificateReissue, JobInfo and the lists of jobs answer it; lists
 * leave the certificate out.
 */
public record CertificateJob(
        JobOf job,
        List<CertAuthenticationStatus> authentication,
        List<DomainControllValidationStatus> dcvAuth,
        List<String> notice,
        Certificate certificate) {

    /** @param object the certificate's name */
    public record JobOf(@JsonUnwrapped Job job, String object) {}

    ObjectJob asModel() {
        String name =
                job != null && job.object() != null ? job.object() : certificate == null ? null : certificate.name();
        return new ObjectJob(
                job == null ? null : job.job(),
                new ResponseObject(ResponseObject.CERTIFICATE, name, null, certificate),
                authentication,
                dcvAuth,
                notice);
    }
}
