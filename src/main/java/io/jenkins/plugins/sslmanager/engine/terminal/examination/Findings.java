package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a service told over one protocol.
 *
 * @param all in the order of the questions
 * @param certificate empty where the service did not give it
 * @param prepared what the order check answered; empty where it was not asked or not answered
 * @param jobs all that were seen of the certificate
 * @param isUnderWay whether one of them still runs
 */
record Findings(
        Protocol protocol,
        List<Finding> all,
        Optional<Certificate> certificate,
        Optional<CertificateData> prepared,
        List<ObjectJob> jobs,
        boolean isUnderWay) {

    /** The answers to some tasks. */
    Stream<JsonNode> answers(Set<Task> tasks) {
        return all.stream()
                .filter(finding -> tasks.contains(finding.task()))
                .flatMap(finding -> finding.answer().stream());
    }
}
