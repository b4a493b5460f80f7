package io.jenkins.plugins.sslmanager.certificates;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tells an administrator of certificates that were issued days ago, and that a target has not got. */
@Extension
public final class UnservedCertificateMonitor extends AdministrativeMonitor {

    private static final int SHOWN = 10;

    @Override
    public String getDisplayName() {
        return Messages.UnservedCertificateMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !unserved().isEmpty();
    }

    public int getDays() {
        return SslManagerConfiguration.get().getUnservedAfterDays();
    }

    public List<CertificateRow> getCertificates() {
        return unserved().stream().limit(SHOWN).toList();
    }

    /** How many there are besides. */
    public int getFurther() {
        return Math.max(0, unserved().size() - SHOWN);
    }

    private List<CertificateRow> unserved() {
        if (Deployments.get().all().isEmpty()) {
            return List.of();
        }
        Instant latest = Instant.now().minus(Duration.ofDays(getDays()));
        return ExtensionList.lookupSingleton(AllCertificates.class)
                .rows(record -> record.facts().notBefore().isBefore(latest))
                .stream()
                .filter(row -> !row.getUnserved().isEmpty())
                .sorted(Column.UNTIL.order(false))
                .toList();
    }
}
