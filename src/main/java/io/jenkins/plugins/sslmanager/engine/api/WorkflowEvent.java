package io.jenkins.plugins.sslmanager.engine.api;

/** An event of a job (OpenAPI {@code WorkflowEvent}), read for the client transaction id of the order behind it. */
public record WorkflowEvent(Long jobId, String ctid) {}
