package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AbstractItem;
import hudson.model.RootAction;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.certificates.CertificateRecord.LastBuild;
import java.util.List;
import jenkins.management.Badge;
import jenkins.model.Jenkins;
import jenkins.security.stapler.StaplerDispatchable;

/**
 * The certificates of all jobs that the viewer may see. Those whose jobs are gone are for administrators. Whoever may see
 * none gets an empty page, and no link to it.
 */
@Extension
public final class AllCertificates extends CertificatesPage implements RootAction {

    @CheckForNull
    @Override
    public String getIconFileName() {
        return isOfUse() ? ICON : null;
    }

    private boolean isOfUse() {
        if (showsAbandoned()) {
            return !SslManagerConfiguration.get().getAccounts().isEmpty()
                    || !CertificateRecords.get().all().isEmpty();
        }
        ReadableJobs readable = new ReadableJobs();
        return CertificateRecords.get().jobs().stream()
                .anyMatch(job -> readable.find(job).isPresent());
    }

    /** In the head of every page, and not in its menu. */
    @Override
    public boolean isPrimaryAction() {
        return true;
    }

    /** How many need somebody; none if all is well. */
    @CheckForNull
    @Override
    public Badge getBadge() {
        List<CertificateState> troubles = rows().stream()
                .map(CertificateRow::getState)
                .filter(state -> state != CertificateState.OK)
                .toList();
        if (troubles.isEmpty()) {
            return null;
        }
        boolean urgent = troubles.stream().anyMatch(CertificateState::isUrgent);
        return new Badge(
                Integer.toString(troubles.size()),
                Messages.AllCertificates_badge(troubles.size()),
                urgent ? Badge.Severity.DANGER : Badge.Severity.WARNING);
    }

    @Override
    public List<OverviewSection> getSections() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                ? ExtensionList.lookup(OverviewSection.class)
                : List.of();
    }

    /** For the address, and for administrators alone; null for none of that name. */
    @CheckForNull
    @StaplerDispatchable
    public OverviewSection getSection(String urlName) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return getSections().stream()
                .filter(section -> section.getUrlName().equals(urlName))
                .findFirst()
                .orElse(null);
    }

    @CheckForNull
    @Override
    public AbstractItem getItem() {
        return null;
    }

    @Override
    boolean isMine(LastBuild last) {
        return true;
    }

    @Override
    boolean showsAbandoned() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }
}
