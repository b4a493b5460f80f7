package io.jenkins.plugins.sslmanager.certificates;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Tells an administrator of certificates whose paid term ends soon, since only people renew one, and have it paid. */
@Extension
public final class PaidTermMonitor extends AdministrativeMonitor {

    private static final int SHOWN = 10;

    @Override
    public String getDisplayName() {
        return Messages.PaidTermMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return CertificateRecords.get().all().stream().anyMatch(endsSoon());
    }

    /** Returns those whose term ends first. */
    public List<CertificateRow> getCertificates() {
        return ExtensionList.lookupSingleton(AllCertificates.class).rows(endsSoon()).stream()
                .sorted(Comparator.comparing(row -> row.facts().paidUntil()))
                .limit(SHOWN)
                .toList();
    }

    /** Returns how many there are besides. */
    public long getFurther() {
        return Math.max(
                0, CertificateRecords.get().all().stream().filter(endsSoon()).count() - SHOWN);
    }

    private static Predicate<CertificateRecord> endsSoon() {
        Instant now = Instant.now();
        Duration notice = SslManagerConfiguration.get().paidTermNotice();
        return record -> record.facts().paidTermEndsWithin(notice, now);
    }
}
