package io.jenkins.plugins.sslmanager.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import io.jenkins.plugins.sslmanager.certificates.ItemCertificates;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A job's own orders, for those who may see the job. */
@ExportedBean
public final class JobOrders implements Action {

    private final Job<?, ?> job;

    private JobOrders(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** Only a job that has to do with certificates leads to the page. No ended order is read for that. */
    @CheckForNull
    @Override
    public String getIconFileName() {
        return job.getAction(ItemCertificates.class) != null || !getOpen().isEmpty() ? OrdersPage.ICON : null;
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.JobOrders_displayName();
    }

    @NonNull
    @Override
    public String getUrlName() {
        return OrdersPage.URL;
    }

    /** Whether the order book can be read. Why not is for administrators. */
    public boolean isReadable() {
        return BookState.isReadable();
    }

    /** Oldest first. */
    @Exported(inline = true)
    public List<OrderRow> getOpen() {
        return BookState.open().stream()
                .filter(order -> job.getFullName().equals(order.owner().job()))
                .map(OrderRow::new)
                .toList();
    }

    /** Returns the latest ones, last ended first. */
    @Exported(inline = true)
    public List<OrderRow> getEnded() {
        return BookState.ended(job.getFullName(), OrdersPage.ENDED_SHOWN).stream()
                .map(OrderRow::new)
                .toList();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** For every job, since whether it has ordered stands on the disk alone once the order has ended. */
    @Extension
    @SuppressWarnings("rawtypes") // as Job is declared
    public static final class Factory extends TransientActionFactory<Job> {

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job job) {
            return List.of(new JobOrders(job));
        }
    }
}
