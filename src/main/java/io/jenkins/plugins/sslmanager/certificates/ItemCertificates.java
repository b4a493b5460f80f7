package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractItem;
import hudson.model.Action;
import io.jenkins.plugins.sslmanager.certificates.CertificateRecord.LastBuild;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import jenkins.model.TransientActionFactory;

/** The certificates of a job, or of the jobs in a folder that the viewer may see. */
public final class ItemCertificates extends CertificatesPage {

    private static final int SHOWN_ON_JOB_PAGE = 5;

    private final AbstractItem item;

    private ItemCertificates(AbstractItem item) {
        this.item = item;
    }

    /** Returns nothing where no build has handled one. */
    static Optional<ItemCertificates> of(AbstractItem item) {
        return CertificateRecords.get().knows(item.getFullName())
                ? Optional.of(new ItemCertificates(item))
                : Optional.empty();
    }

    @NonNull
    @Override
    public AbstractItem getItem() {
        return item;
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        ReadableJobs readable = new ReadableJobs();
        boolean ofUse = CertificateRecords.get().jobsIn(item.getFullName()).stream()
                .anyMatch(job -> readable.find(job).isPresent());
        return ofUse ? ICON : null;
    }

    /** For the job's page: those that expire first. */
    public List<CertificateRow> getNext() {
        return rows().stream()
                .sorted(Column.UNTIL.order(false))
                .limit(SHOWN_ON_JOB_PAGE)
                .toList();
    }

    /** Tells how many there are besides. */
    public int getFurther() {
        return Math.max(0, rows().size() - SHOWN_ON_JOB_PAGE);
    }

    @Override
    boolean isMine(LastBuild last) {
        return CertificateRecord.isIn(last.job(), item.getFullName());
    }

    @Override
    boolean showsAbandoned() {
        return false;
    }

    /** For those items whose builds have handled certificates. */
    @Extension
    public static final class Factory extends TransientActionFactory<AbstractItem> {

        @Override
        public Class<AbstractItem> type() {
            return AbstractItem.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return ItemCertificates.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull AbstractItem item) {
            return of(item).stream().toList();
        }
    }
}
