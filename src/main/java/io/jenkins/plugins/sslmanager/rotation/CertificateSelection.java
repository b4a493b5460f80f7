package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateNamePattern;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateReference;
import io.jenkins.plugins.sslmanager.engine.rotation.ReadableCertificates;
import io.jenkins.plugins.sslmanager.forms.Parameter;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;

/**
 * Which certificates a step rotates, and how many of them in one build.
 *
 * @param references none where a pattern is given
 * @param matching null where references are given
 * @param atMost how many are re-issued at the most
 * @param stopAfterFailures with so many failures, no further one is begun
 */
record CertificateSelection(
        List<CertificateReference> references,
        @CheckForNull CertificateNamePattern matching,
        int atMost,
        int stopAfterFailures)
        implements Serializable {

    /** Of so few, each is asked for by itself, which costs no more than a list. */
    private static final int FEW = 5;

    /** @throws IllegalArgumentException if parameters are missing or say nothing */
    static CertificateSelection of(RotationStep step) {
        String certificates = step.getCertificates();
        String matching = step.getMatching();
        if (certificates == null && matching == null) {
            throw new IllegalArgumentException(
                    "'certificates' is missing. Set it to the names of certificates, or their numbers in SSL Manager, or set"
                            + " 'matching' to a pattern of names");
        }
        if (certificates != null && matching != null) {
            throw new IllegalArgumentException("Both 'certificates' and 'matching' are given. Leave one of them out");
        }
        if (matching != null && step.getAtMost() == 0) {
            throw new IllegalArgumentException(
                    "'matching' needs 'atMost', since a pattern can match more than it was meant for. Set it to the number of"
                            + " certificates that one build may re-issue, from 1 to "
                            + CertificateReference.MOST);
        }
        requireCount("atMost", step.getAtMost(), 0);
        requireCount("stopAfterFailures", step.getStopAfterFailures(), 1);
        return new CertificateSelection(
                certificates == null
                        ? List.of()
                        : Parameter.read("certificates", () -> CertificateReference.parseAll(certificates)),
                matching == null ? null : new CertificateNamePattern(matching),
                step.getAtMost() == 0 ? CertificateReference.MOST : step.getAtMost(),
                step.getStopAfterFailures());
    }

    private static void requireCount(String parameter, int count, int least) {
        if (count < least || count > CertificateReference.MOST) {
            throw new IllegalArgumentException(
                    "'" + parameter + "' is " + count + ". Use a number from 1 to " + CertificateReference.MOST);
        }
    }

    /** Whether more than one certificate can be meant. */
    boolean isForSeveral() {
        return matching != null || references.size() > 1;
    }

    /** Whether the service's list of certificates is needed, or costs less than asking for each. */
    boolean wantsList() {
        return matching != null || references.size() > FEW;
    }

    /**
     * Returns the rotations by what the service lists, those that end first in front.
     *
     * @param untouched tells what the step returns of a certificate, by number and row, that need not be asked for
     */
    List<RotationProgress> listed(
            ReadableCertificates rows, BiFunction<Long, Certificate, Optional<Map<String, Object>>> untouched) {
        List<RotationProgress> rotations = new ArrayList<>();
        if (matching == null) {
            references.forEach(reference -> rotations.add(rotation(reference, rows.of(reference))));
        } else {
            rows.like(matching)
                    .forEach(number -> rotations.add(rotation(CertificateReference.to(number), List.of(number))));
        }
        if (rotations.isEmpty()) {
            throw new IllegalArgumentException("matching: no certificate that may be used here has a name like '"
                    + toString() + "'. % stands for any characters, as in %.example.com");
        }
        Map<RotationProgress, OffsetDateTime> ends = new HashMap<>();
        for (RotationProgress rotation : rotations) {
            rows.find(rotation.certificateId()).ifPresent(row -> {
                ends.put(rotation, row.expire());
                untouched.apply(rotation.certificateId(), row).ifPresent(rotation::leave);
            });
        }
        // The sort is stable, so that what is not listed stays in its order.
        rotations.sort(Comparator.comparing(ends::get, Comparator.nullsFirst(Comparator.naturalOrder())));
        return rotations;
    }

    /** Several of one name, or none, are told when it is the certificate's turn. */
    private static RotationProgress rotation(CertificateReference reference, List<Long> found) {
        RotationProgress rotation = new RotationProgress(reference);
        if (found.size() == 1) {
            rotation.isAt(found.get(0));
        }
        return rotation;
    }

    /** Returns them without a list, which not every user of the service may have. */
    List<RotationProgress> unlisted(Throwable cause) {
        if (matching == null && cause instanceof ApiException refusal && !refusal.isPassing()) {
            return references.stream().map(RotationProgress::new).toList();
        }
        throw new CompletionException(cause);
    }

    @NonNull
    @Override
    public String toString() {
        return matching == null ? references.toString() : matching.text();
    }
}
