package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The certificate before its order, as the service has told it last: the steps up to the order need not ask again each. */
final class ExistingCertificate {

    /** Long enough for these steps, and too short for a person who publishes a record between them. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private record Told(CertificateId id, Certificate certificate, Instant at) {}

    @CheckForNull
    private volatile Told last;

    Certificate told(CertificateId id, Certificate certificate, Instant now) {
        last = new Told(id, certificate, now);
        return certificate;
    }

    /** Empty if it was told long ago, or never. */
    Optional<Certificate> of(CertificateId id, Instant now) {
        return Optional.ofNullable(last)
                .filter(told -> told.id().equals(id) && now.isBefore(told.at().plus(FRESH)))
                .map(Told::certificate);
    }
}
