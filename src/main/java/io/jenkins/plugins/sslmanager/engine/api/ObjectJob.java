package io.jenkins.plugins.sslmanager.engine.api;

import java.util.List;

/** A job with what it is about (OpenAPI {@code ObjectJob}). */
public record ObjectJob(
        Job job,
        ResponseObject object,
        List<CertAuthenticationStatus> authentication,
        List<DomainControllValidationStatus> dcvAuth,
        List<String> notices) {}
