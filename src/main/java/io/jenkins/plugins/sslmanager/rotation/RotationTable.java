package io.jenkins.plugins.sslmanager.rotation;

import io.jenkins.plugins.sslmanager.delivery.CertificateOutcome;
import io.jenkins.plugins.sslmanager.delivery.CertificatesAction;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** What became of several certificates. */
final class RotationTable {

    private static final String ROW = "%-12s %-40s %-14s %s";

    private final List<String> lines = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final ArrayList<Map<String, Object>> results = new ArrayList<>();
    private final CertificatesAction certificates;

    private RotationTable(CertificatesAction certificates, Map<RotationProgress, CompletableFuture<Void>> rotations) {
        this.certificates = certificates;
        lines.add(ROW.formatted("Certificate", "Name", "Outcome", "Valid until"));
        rotations.forEach(this::add);
    }

    /**
     * @param certificates what the build tells of them
     * @param rotations all ended
     * @throws CancellationException if an abort has ended them
     */
    static RotationTable of(CertificatesAction certificates, Map<RotationProgress, CompletableFuture<Void>> rotations) {
        return new RotationTable(certificates, rotations);
    }

    private void add(RotationProgress rotation, CompletableFuture<Void> ended) {
        Throwable failure = ended.handle((done, thrown) -> thrown == null ? null : Failures.cause(thrown))
                .join();
        if (failure instanceof CancellationException aborted) {
            throw aborted;
        }
        if (failure == null) {
            Map<String, Object> result = Objects.requireNonNull(rotation.result(), "Ended without failure");
            results.add(result);
            boolean rotated = Boolean.TRUE.equals(result.get("rotated"));
            row(rotation, rotated ? "re-issued" : "not re-issued", result.get("notAfter"));
        } else {
            failures.add(name(rotation) + ": " + failure.getMessage());
            row(rotation, "failed", "");
        }
    }

    private void row(RotationProgress rotation, String outcome, Object validUntil) {
        lines.add(ROW.formatted(rotation.certificateId(), name(rotation), outcome, String.valueOf(validUntil)));
    }

    /** The number where the name is not known. */
    private String name(RotationProgress rotation) {
        return certificates
                .find(rotation.certificateId())
                .map(CertificateOutcome::getName)
                .orElse(Long.toString(rotation.certificateId()));
    }

    List<String> lines() {
        return lines;
    }

    /** @throws ReissueException if one has failed; the message tells each */
    Map<String, Object> result() {
        if (!failures.isEmpty()) {
            throw new ReissueException(
                    ReissueException.Kind.JOB_FAILED,
                    failures.size() + " of " + (failures.size() + results.size())
                            + " certificates were not rotated:\n- " + String.join("\n- ", failures));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(
                "rotated", results.stream().anyMatch(certificate -> Boolean.TRUE.equals(certificate.get("rotated"))));
        result.put("certificates", results);
        return result;
    }
}
