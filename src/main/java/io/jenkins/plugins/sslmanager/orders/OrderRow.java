package io.jenkins.plugins.sslmanager.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderTask;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An order on the pages and in the remote API: all that people may know of it, so neither its CSR nor its key. */
@ExportedBean
public final class OrderRow {

    private final Order order;

    @CheckForNull
    private final Job<?, ?> job;

    OrderRow(Order order) {
        this.order = order;
        String name = order.owner().job();
        job = name == null ? null : Jenkins.get().getItemByFullName(name, Job.class);
    }

    @Exported
    public String getId() {
        return order.id();
    }

    /** Returns the common name of the certificate. */
    @Exported
    public String getName() {
        return order.certificateName();
    }

    /** Returns the service's number of the certificate. */
    @Exported
    public String getCertificateId() {
        return Long.toString(order.certificateIdNow());
    }

    /** Tells which SSL Manager it is at. */
    @Exported
    public String getSystem() {
        return order.certificate().system();
    }

    /** Returns the name of the account in Jenkins, for administrators alone, as in the forms. */
    @CheckForNull
    @Exported
    public String getAccount() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                ? SslManagerConfiguration.get().nameOf(order.account())
                : null;
    }

    /** Tells what was asked of the service. */
    @Exported
    public OrderTask getTask() {
        return order.request().task();
    }

    /** Returns what a renewal is billed for; null for a re-issue. */
    @CheckForNull
    @Exported
    public String getBilledFor() {
        return order.request().billedFor();
    }

    @Exported
    public Stage getStage() {
        return order.stage();
    }

    public String getStageInWords() {
        return OrderWords.of(order.stage());
    }

    @Exported
    public boolean isOpen() {
        return order.stage().isOpen();
    }

    /** Empty once it has ended. */
    @Exported
    public String getWaitsFor() {
        return OrderWords.waitsFor(order);
    }

    /** Returns the service's job; null as long as it is not known. */
    @CheckForNull
    @Exported
    public String getServiceJobId() {
        return order.jobId() == 0 ? null : Long.toString(order.jobId());
    }

    /** Tells who or what started the build that ordered, and who has handed the order over since. */
    @Exported
    public String getStartedBy() {
        return order.owner().startedBy();
    }

    /** Returns the full name of the job that it belongs to; null once that is deleted. */
    @CheckForNull
    @Exported
    public String getJob() {
        return order.owner().job();
    }

    /** As Jenkins shows that job to whoever looks. */
    @CheckForNull
    public String getJobName() {
        return job == null ? getJob() : job.getFullDisplayName();
    }

    /** Relative to Jenkins' root; null where there is no such job. */
    @CheckForNull
    public String getJobUrl() {
        return job == null ? null : job.getUrl();
    }

    /** Returns the build that works on it or has worked on it last, such as {@code #12}; null for none of this job. */
    @CheckForNull
    @Exported
    public String getBuild() {
        return order.build();
    }

    /** Relative to Jenkins' root; null where there is no such build. */
    @CheckForNull
    public String getBuildUrl() {
        String build = getBuild();
        return job == null || build == null ? null : job.getUrl() + build.replace("#", "") + "/";
    }

    /** ISO 8601, UTC. */
    @Exported
    public String getCreated() {
        return toTheSecond(order.created());
    }

    /** Tells when something last happened to it; ISO 8601, UTC. */
    @Exported
    public String getChanged() {
        return toTheSecond(order.changed());
    }

    private static String toTheSecond(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Tells why it ended as it did; null if there is nothing to say. */
    @CheckForNull
    @Exported
    public String getRemark() {
        return order.remark();
    }

    /** Of the public key; lower-case hex. */
    @Exported
    public String getPublicKeySha256() {
        return order.request().publicKeySha256();
    }

    /** Returns the client transaction id, by which the service's support finds it. */
    @Exported
    public String getCtid() {
        return order.request().ctid();
    }

    /** Tells how often it was sent. */
    @Exported
    public int getSent() {
        return order.sent();
    }

    /** Of the certificate before; null where there was none. */
    @CheckForNull
    @Exported
    public String getPreviousSerialNumber() {
        return order.request().previousSerialNumber();
    }

    /** Of the certificate that came of it; null as long as there is none. */
    @CheckForNull
    @Exported
    public String getSerialNumber() {
        Order.Issued issued = order.issued();
        return issued == null ? null : issued.serialNumber();
    }
}
