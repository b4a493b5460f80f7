package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.sslmanager.account.ServiceAddress;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.certificates.CertificateRecord.Issue;
import io.jenkins.plugins.sslmanager.delivery.ExportedCertificate;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A certificate as one of those sees it who may see it: on the page, in the CSV file and in the remote API. */
@ExportedBean
public final class CertificateRow extends ExportedCertificate {

    private static final int NAMES_SHOWN = 3;

    private final CertificateRecord record;
    private final List<JobLink> jobs;
    private final List<DeploymentRow> deployments;
    private final Instant now;

    /**
     * @param jobs those that the viewer may see, the last one that handled it first; none if its jobs are gone
     * @param deployments those targets that the viewer may see
     */
    CertificateRow(CertificateRecord record, List<JobLink> jobs, List<DeploymentRow> deployments, Instant now) {
        super(record.facts());
        this.record = record;
        this.jobs = jobs;
        this.deployments = deployments;
        this.now = now;
    }

    /** Returns its part of the address of its page. */
    @Exported
    public String getId() {
        return record.id();
    }

    /** Returns the first names. */
    public List<String> getNamesShown() {
        return facts().names().stream().limit(NAMES_SHOWN).toList();
    }

    /** Tells how many more there are. */
    public int getNamesHidden() {
        return Math.max(0, facts().names().size() - NAMES_SHOWN);
    }

    public String getOtherNames() {
        return facts().names().stream().skip(NAMES_SHOWN).collect(Collectors.joining(" "));
    }

    private String issuerName() {
        return facts().issuer() == null ? "" : DistinguishedName.commonName(facts().issuer());
    }

    public String getFromDate() {
        return Dates.day(facts().notBefore());
    }

    public String getUntilDate() {
        return Dates.day(facts().notAfter());
    }

    /** Returns the day on which the paid term ends; empty if the service does not tell it. */
    public String getPaidUntilDate() {
        Instant paidUntil = facts().paidUntil();
        return paidUntil == null ? "" : Dates.day(paidUntil);
    }

    public String getDueDate() {
        return Dates.day(facts().dueAt());
    }

    /** Tells how much of the lifetime is left. */
    @Exported
    public int getPercentLeft() {
        return facts().percentLeft(now);
    }

    /** Whole days; negative once it has expired. */
    @Exported
    public long getDaysLeft() {
        return facts().daysLeft(now);
    }

    @Exported
    public CertificateState getState() {
        return CertificateState.of(facts(), SslManagerConfiguration.get().paidTermNotice(), getFailure() != null, now);
    }

    /** Such as "80 days left" or "expired 20 days ago". */
    public String getLeftInWords() {
        return getState() == CertificateState.EXPIRED
                ? Messages.CertificateRow_expired(-getDaysLeft())
                : Messages.CertificateRow_left(getDaysLeft());
    }

    /** Why the last rotation failed; null if it did not, or if the viewer may not see the job that tried. */
    @CheckForNull
    @Exported
    public String getFailure() {
        CertificateRecord.Failure failure = record.failure();
        return failure == null || failureBuild().isEmpty() ? null : failure.reason();
    }

    /** The build that failed, or its job once that build is gone, relative to Jenkins' root; null as {@link #getFailure}. */
    @CheckForNull
    public String getFailureUrl() {
        CertificateRecord.Failure failure = record.failure();
        return failure == null
                ? null
                : failureBuild()
                        .map(job -> failure.build() == 0 ? job.getUrl() : job.getUrl() + failure.build() + "/")
                        .orElse(null);
    }

    /** Null as {@link #getFailure}. */
    @CheckForNull
    public String getFailureLabel() {
        CertificateRecord.Failure failure = record.failure();
        return failure == null
                ? null
                : failureBuild()
                        .map(job -> failure.build() == 0
                                ? job.getDisplayName()
                                : job.getDisplayName() + " #" + failure.build())
                        .orElse(null);
    }

    private Optional<JobLink> failureBuild() {
        CertificateRecord.Failure failure = record.failure();
        return failure == null
                ? Optional.empty()
                : jobs.stream()
                        .filter(job -> job.getFullName().equals(failure.job()))
                        .findFirst();
    }

    /** Returns the service's job that issued it; null if unknown. */
    @CheckForNull
    @Exported
    public Long getServiceJobId() {
        return facts().jobId() == 0 ? null : facts().jobId();
    }

    /** Returns the full name of the job whose build last handled it; null if its jobs are gone. */
    @CheckForNull
    @Exported
    public String getJob() {
        return jobs.isEmpty() ? null : jobs.get(0).getFullName();
    }

    /** Returns the number of that build; null if it is gone. */
    @CheckForNull
    @Exported
    public Integer getBuild() {
        return jobs.isEmpty() ? null : jobs.get(0).getBuild();
    }

    @CheckForNull
    public JobLink getLastJob() {
        return jobs.isEmpty() ? null : jobs.get(0);
    }

    public List<JobLink> getJobs() {
        return jobs;
    }

    /** Where it is in use, and where it is not yet. */
    @Exported(inline = true)
    public List<DeploymentRow> getDeployments() {
        return Collections.unmodifiableList(deployments);
    }

    /** The targets that lack it. */
    public List<DeploymentRow> getUnserved() {
        return deployments.stream()
                .filter(each -> each.getState() != DeploymentState.IN_USE)
                .toList();
    }

    /** Returns the name of the account in Jenkins, for administrators alone, as in the forms. */
    @CheckForNull
    @Exported
    public String getAccount() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                ? SslManagerConfiguration.get().nameOf(facts().account())
                : null;
    }

    /** Tells when the last re-issue became valid; null if builds have seen none. */
    @CheckForNull
    public String getLastReissue() {
        return record.isReissued() ? getFromDate() : null;
    }

    public ReissueHistory getHistory() {
        return new ReissueHistory(record, now);
    }

    /** What it was before, for its page. */
    public List<EarlierRow> getEarlier() {
        return record.earlier().stream().map(EarlierRow::new).toList();
    }

    /** Whether it is this one at the service. */
    public boolean isOf(String system, long number) {
        return facts().certificateId() == number
                && ServiceAddress.systemOf(facts().service()).equals(system);
    }

    /** What a search looks at. */
    String text() {
        return Stream.of(
                        String.join(" ", facts().names()),
                        facts().name(),
                        facts().subject(),
                        issuerName(),
                        facts().serialNumber(),
                        facts().sha256Fingerprint(),
                        Util.fixNull(facts().product()),
                        Long.toString(facts().certificateId()),
                        getState().getDisplayName(),
                        jobs.stream()
                                .map(job -> job.getFullName() + "\n" + job.getLabel())
                                .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
    }

    /** A certificate that has been replaced. */
    public static final class EarlierRow {

        private final Issue issue;

        EarlierRow(Issue issue) {
            this.issue = issue;
        }

        public String getSerialNumber() {
            return issue.serialNumber();
        }

        public String getFromDate() {
            return Dates.day(issue.notBefore());
        }

        public String getUntilDate() {
            return Dates.day(issue.notAfter());
        }
    }
}
