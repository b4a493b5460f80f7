package io.jenkins.plugins.sslmanager.certificates;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.sslmanager.delivery.CertificateFacts;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Tells an administrator of certificates that run out, and that no job has re-issued when they were due. */
@Extension
public final class OverdueCertificateMonitor extends AdministrativeMonitor {

    private static final int SHOWN = 10;

    /** What a job may take, since it may run once a day, and have a bad day. */
    private static final Duration PATIENCE = Duration.ofDays(3);

    @Override
    public String getDisplayName() {
        return Messages.OverdueCertificateMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return CertificateRecords.get().all().stream().anyMatch(isOverdue());
    }

    /** Returns those that run out first. */
    public List<CertificateRow> getCertificates() {
        Predicate<CertificateRecord> isOverdue = isOverdue();
        return ExtensionList.lookupSingleton(AllCertificates.class).rows(isOverdue).stream()
                .sorted(Column.UNTIL.order(false))
                .limit(SHOWN)
                .toList();
    }

    /** Tells how many there are besides. */
    public long getFurther() {
        return Math.max(
                0, CertificateRecords.get().all().stream().filter(isOverdue()).count() - SHOWN);
    }

    private static Predicate<CertificateRecord> isOverdue() {
        Instant now = Instant.now();
        return record -> isOverdue(record, now);
    }

    static boolean isOverdue(CertificateRecord record, Instant now) {
        return !now.isBefore(dueAt(record.facts()).plus(patience(record)));
    }

    /** A build's own rule counts, but silences nobody: near its end it is due by any. */
    private static Instant dueAt(CertificateFacts facts) {
        Instant latest = DueRule.nearEndFrom(facts.notBefore(), facts.notAfter());
        return facts.dueAt().isAfter(latest) ? latest : facts.dueAt();
    }

    /** None if it is certain that no job will do it; never so long that there is no time left to act. */
    private static Duration patience(CertificateRecord record) {
        CertificateFacts facts = record.facts();
        if (record.lastBuilds().isEmpty() || facts.endsWithItsTerm()) {
            return Duration.ZERO;
        }
        Duration half = Duration.between(dueAt(facts), facts.notAfter()).dividedBy(2);
        return half.compareTo(PATIENCE) < 0 ? half : PATIENCE;
    }
}
