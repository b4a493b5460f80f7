package io.jenkins.plugins.sslmanager.rotation;

import io.jenkins.plugins.sslmanager.delivery.CertificateOutcome;
import io.jenkins.plugins.sslmanager.delivery.CertificatesAction;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the certificates of a step. */
final class RotationTable {

    private static final String ROW = "%-12s %-40s %-14s %s";

    private final List<String> lines = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final ArrayList<Map<String, Object>> results = new ArrayList<>();
    private final List<RotationProgress> left = new ArrayList<>();
    private final List<RotationProgress> farFromDue = new ArrayList<>();
    private final CertificatesAction certificates;
    private final String system;
    private final CertificateSelection selection;

    /**
     * @param certificates what the build tells of them
     * @param system where all of them are
     * @param rotations none of them under way
     */
    RotationTable(
            CertificatesAction certificates,
            String system,
            CertificateSelection selection,
            List<RotationProgress> rotations) {
        this.certificates = certificates;
        this.system = system;
        this.selection = selection;
        lines.add(ROW.formatted("Certificate", "Name", "Outcome", "Valid until"));
        rotations.forEach(this::add);
        if (!farFromDue.isEmpty()) {
            lines.add(farFromDue.size() + " more are far from due by the service's list, and were not asked for");
        }
        if (!left.isEmpty()) {
            lines.add(leftFor());
        }
    }

    private void add(RotationProgress rotation) {
        Map<String, Object> result = rotation.result();
        String failure = rotation.failure();
        if (result != null && rotation.isLeft()) {
            results.add(result);
            farFromDue.add(rotation);
        } else if (result != null) {
            results.add(result);
            row(rotation, rotation.isReissued() ? "re-issued" : "not re-issued", result.get("notAfter"));
        } else if (failure != null) {
            failures.add(name(rotation) + ": " + failure);
            row(rotation, "failed", "");
        } else {
            left.add(rotation);
        }
    }

    private void row(RotationProgress rotation, String outcome, Object validUntil) {
        String number = rotation.certificateId() == 0 ? "" : Long.toString(rotation.certificateId());
        lines.add(ROW.formatted(number, name(rotation), outcome, String.valueOf(validUntil)));
    }

    /** As it was given where its name is not known. */
    private String name(RotationProgress rotation) {
        return rotation.certificateId() == 0
                ? rotation.reference().toString()
                : certificates
                        .find(system, rotation.certificateId())
                        .map(CertificateOutcome::getName)
                        .orElse(rotation.reference().toString());
    }

    private String leftFor() {
        return left.size() + " more were not begun, since "
                + (failures.size() >= selection.stopAfterFailures()
                        ? failures.size() + " have failed ('stopAfterFailures' is " + selection.stopAfterFailures()
                                + ")"
                        : "one build re-issues no more than " + selection.atMost() + " ('atMost')")
                + ". The next build goes on";
    }

    List<String> lines() {
        return lines;
    }

    /** @throws ReissueException if one has failed; the message tells each */
    Map<String, Object> result() {
        if (!failures.isEmpty()) {
            throw new ReissueException(
                    ReissueException.Kind.JOB_FAILED,
                    failures.size() + " of " + (failures.size() + results.size() + left.size())
                            + " certificates were not rotated:\n- " + String.join("\n- ", failures)
                            + (left.isEmpty() ? "" : "\n" + leftFor()));
        }
        return result(results);
    }

    /** The step's result, which has the same shape for one certificate and for many. */
    static Map<String, Object> result(List<Map<String, Object>> certificates) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(
                "rotated",
                certificates.stream().anyMatch(certificate -> Boolean.TRUE.equals(certificate.get("rotated"))));
        result.put("certificates", new ArrayList<>(certificates));
        return result;
    }
}
