package io.jenkins.plugins.sslmanager.rotation;

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

    private static final String ROW = "%-12s %-40s %-10s %s";

    private final List<String> lines = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final ArrayList<Map<String, Object>> certificates = new ArrayList<>();

    private RotationTable(Map<RotationProgress, CompletableFuture<Void>> rotations) {
        lines.add(ROW.formatted("Certificate", "Name", "Re-issued", "Valid until"));
        rotations.forEach(this::add);
    }

    /**
     * @param rotations all ended
     * @throws CancellationException if an abort has ended them
     */
    static RotationTable of(Map<RotationProgress, CompletableFuture<Void>> rotations) {
        return new RotationTable(rotations);
    }

    private void add(RotationProgress rotation, CompletableFuture<Void> ended) {
        Throwable failure = ended.handle((done, thrown) -> thrown == null ? null : Failures.cause(thrown))
                .join();
        if (failure instanceof CancellationException aborted) {
            throw aborted;
        }
        if (failure == null) {
            Map<String, Object> result = Objects.requireNonNull(rotation.result(), "Ended without failure");
            certificates.add(result);
            boolean rotated = Boolean.TRUE.equals(result.get("rotated"));
            row(rotation, result.get("name"), rotated ? "yes" : "no", result.get("notAfter"));
        } else {
            failures.add(rotation.certificateId() + ": " + failure.getMessage());
            row(rotation, null, "failed", failure.getMessage());
        }
    }

    private void row(RotationProgress rotation, Object name, String outcome, Object rest) {
        lines.add(ROW.formatted(rotation.certificateId(), name == null ? "" : name, outcome, rest == null ? "" : rest));
    }

    List<String> lines() {
        return lines;
    }

    /** @throws ReissueException if one has failed; the message tells each */
    Map<String, Object> result() {
        if (!failures.isEmpty()) {
            throw new ReissueException(
                    ReissueException.Kind.JOB_FAILED,
                    failures.size() + " of " + (failures.size() + certificates.size())
                            + " certificates were not rotated. " + String.join("; ", failures));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(
                "rotated",
                certificates.stream().anyMatch(certificate -> Boolean.TRUE.equals(certificate.get("rotated"))));
        result.put("certificates", certificates);
        return result;
    }
}
