package io.jenkins.plugins.sslmanager.certificates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The targets that the viewer may see, found by the certificates that they have or are to have. For one request. */
final class VisibleDeployments {

    private final ReadableJobs readable;
    private final Map<String, List<Deployment>> bySerialNumber = new HashMap<>();

    VisibleDeployments(ReadableJobs readable) {
        this.readable = readable;
        for (Deployment deployment : Deployments.get().all()) {
            bySerialNumber
                    .computeIfAbsent(deployment.latest().serialNumber(), serialNumber -> new ArrayList<>())
                    .add(deployment);
        }
    }

    /** Those of the certificate as it is, and as it was before its re-issues, by the name of the target. */
    List<DeploymentRow> of(CertificateRecord record) {
        String now = record.facts().serialNumber();
        return record.issues().stream()
                .flatMap(issue -> bySerialNumber.getOrDefault(issue.serialNumber(), List.of()).stream())
                .flatMap(deployment ->
                        readable.find(deployment.job()).map(job -> new DeploymentRow(deployment, job, now)).stream())
                .sorted(Comparator.comparing(DeploymentRow::getTarget).thenComparing(DeploymentRow::getJob))
                .toList();
    }
}
