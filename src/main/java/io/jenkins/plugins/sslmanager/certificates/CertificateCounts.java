package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import java.time.Duration;
import java.time.Instant;

/** Figures of all certificates that builds have handled, without names. */
public final class CertificateCounts {

    private CertificateCounts() {}

    public static long inState(CertificateState state) {
        Instant now = Instant.now();
        Duration notice = SslManagerConfiguration.get().paidTermNotice();
        return CertificateRecords.get().all().stream()
                .filter(record -> CertificateState.of(record.facts(), notice, record.failure() != null, now) == state)
                .count();
    }

    /** Days until the first of them expires, negative once it has; null if there is none. */
    @CheckForNull
    public static Long daysLeftOfTheNearest() {
        Instant now = Instant.now();
        return CertificateRecords.get().all().stream()
                .map(record -> record.facts().daysLeft(now))
                .min(Long::compare)
                .orElse(null);
    }
}
