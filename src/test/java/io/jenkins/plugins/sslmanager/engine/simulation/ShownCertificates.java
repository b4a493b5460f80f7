package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How late CertificateInfo shows what has been issued. */
final class ShownCertificates {

    private record Version(Certificate certificate, Instant shownFrom) {}

    private final VirtualTime time;
    private final Tally tally;
    private final Ledger ledger;
    private final Duration lateness;
    private final Map<Long, List<Version>> versions = new HashMap<>();

    ShownCertificates(VirtualTime time, Dice dice, Tally tally, Ledger ledger) {
        this.time = time;
        this.tally = tally;
        this.ledger = ledger;
        lateness = dice.of(List.of(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(8)));
    }

    /** @return empty as long as nothing of it is shown */
    Optional<Certificate> shown(Certificate real) {
        if (lateness.isZero()) {
            return Optional.of(real);
        }
        List<Version> known = versions.computeIfAbsent(real.id(), first -> new ArrayList<>());
        if (known.isEmpty()
                || !known.get(known.size() - 1).certificate().serialNumber().equals(real.serialNumber())) {
            known.add(new Version(real, shownFrom(real)));
        }
        Instant now = time.instant();
        Optional<Certificate> shown = known.stream()
                .filter(version -> !now.isBefore(version.shownFrom()))
                .reduce((earlier, later) -> later)
                .map(Version::certificate);
        if (shown.filter(real::equals).isEmpty()) {
            tally.count(Fault.LATE_CERTIFICATE);
        }
        return shown;
    }

    private Instant shownFrom(Certificate real) {
        return ledger.current(ledger.certificate(real.id()))
                .map(order -> order.end().plus(lateness))
                .orElse(Instant.MIN);
    }
}
