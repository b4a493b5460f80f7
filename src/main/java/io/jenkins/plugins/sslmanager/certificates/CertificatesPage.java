package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.AbstractItem;
import hudson.model.Action;
import hudson.model.Api;
import io.jenkins.plugins.sslmanager.certificates.CertificateRecord.LastBuild;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A list of the certificates that builds have handled. Made of records, without a look at any build. */
@ExportedBean
public abstract class CertificatesPage implements Action {

    static final String URL = "ssl-certificates";
    static final String ICON = "symbol-ribbon";

    @NonNull
    @Override
    public final String getDisplayName() {
        return Messages.CertificatesPage_displayName();
    }

    @NonNull
    @Override
    public final String getUrlName() {
        return URL;
    }

    /** Whose list this is; null for the list of all. */
    @CheckForNull
    public abstract AbstractItem getItem();

    abstract boolean isMine(LastBuild last);

    /** Tells whether the viewer sees what no job that is left has handled. */
    abstract boolean showsAbandoned();

    private Optional<CertificateRow> row(
            CertificateRecord record, ReadableJobs readable, VisibleDeployments deployments, Instant now) {
        List<JobLink> jobs = record.lastBuilds().stream()
                .filter(this::isMine)
                .flatMap(last -> readable.find(last.job()).map(job -> new JobLink(job, last)).stream())
                .toList();
        return jobs.isEmpty() && !showsAbandoned()
                ? Optional.empty()
                : Optional.of(new CertificateRow(record, jobs, deployments.of(record), now));
    }

    final List<CertificateRow> rows() {
        return rows(record -> true);
    }

    /** Returns those of them that the viewer may see. */
    final List<CertificateRow> rows(Predicate<CertificateRecord> which) {
        ReadableJobs readable = new ReadableJobs();
        VisibleDeployments deployments = new VisibleDeployments(readable);
        Instant now = Instant.now();
        return CertificateRecords.get().all().stream()
                .filter(which)
                .flatMap(record -> row(record, readable, deployments, now).stream())
                .toList();
    }

    /** For the page: a part of what the parameters of its address ask for. */
    public final CertificateTable getTable() {
        return new CertificateTable(CertificateQuery.ofRequest(), rows());
    }

    /** What the parameters of the address ask for, all of it. */
    @Exported(inline = true)
    public final List<CertificateRow> getCertificates() {
        return CertificateQuery.ofRequest().select(rows());
    }

    /** The parts that other packages add. */
    public List<OverviewSection> getSections() {
        return List.of();
    }

    public final Api getApi() {
        return new Api(this);
    }

    /** The same as a file. */
    public final void doCsv(StaplerResponse2 response) throws IOException {
        byte[] content = Csv.of(getCertificates()).getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"certificates.csv\"");
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    /**
     * Returns a certificate's own page.
     *
     * @throws HttpResponses.HttpResponseException if the viewer may see no certificate with that ID
     */
    public final CertificateDetails getCertificate(String id) {
        ReadableJobs readable = new ReadableJobs();
        return CertificateRecords.get()
                .find(id)
                .flatMap(record -> row(record, readable, new VisibleDeployments(readable), Instant.now()))
                .map(row -> new CertificateDetails(getItem(), row, URL))
                .orElseThrow(HttpResponses::notFound);
    }
}
