package io.jenkins.plugins.sslmanager.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Fingerprint;
import hudson.model.Job;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import io.jenkins.plugins.sslmanager.engine.vault.VaultVersion;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An entry of the vault on the page and in the remote API: all but its keys. */
@ExportedBean
public final class VaultRow {

    private final VaultEntry entry;

    VaultRow(VaultEntry entry) {
        this.entry = entry;
    }

    @Exported
    public String getId() {
        return entry.id();
    }

    /** The common name of the certificate. */
    @Exported
    public String getName() {
        return entry.certificateName();
    }

    /** The service's number of the certificate when the entry was made. */
    @Exported
    public String getCertificateId() {
        return Long.toString(entry.certificate().number());
    }

    /** Which SSL Manager it is at. */
    @Exported
    public String getSystem() {
        return entry.certificate().system();
    }

    /** The full name of the job that it belongs to; null once that is deleted. */
    @CheckForNull
    @Exported
    public String getJob() {
        return entry.job();
    }

    /** Relative to Jenkins' root; null where there is no such job. */
    @CheckForNull
    public String getJobUrl() {
        String name = entry.job();
        Job<?, ?> job = name == null ? null : Jenkins.get().getItemByFullName(name, Job.class);
        return job == null ? null : job.getUrl();
    }

    /** The ids that builds find it by. */
    @Exported
    public List<String> getCredentialIds() {
        return entry.credentialIds();
    }

    /** Who is shown it besides its own job: the full name of a folder, empty for all of Jenkins, null for nobody else. */
    @CheckForNull
    @Exported
    public String getShownIn() {
        String place = EntryAudience.of(entry).place();
        return place == null || place.equals(entry.job()) ? null : place;
    }

    public String getShownToInWords() {
        String place = getShownIn();
        if (getJob() == null || entry.credentialIds().isEmpty()) {
            return Messages.VaultRow_nobody();
        }
        if (place == null) {
            return Messages.VaultRow_job();
        }
        return place.isEmpty() ? Messages.VaultRow_jenkins() : Messages.VaultRow_folder(place);
    }

    /** Whether its key is here. */
    @Exported
    public boolean isUsable() {
        return entry.usable().isPresent();
    }

    /** How many certificates it has had that are still listed. */
    @Exported
    public int getVersions() {
        return entry.versions().size();
    }

    /** Those whose keys are still here. */
    @Exported
    public int getKeys() {
        return (int) entry.versions().stream().filter(VaultVersion::hasKey).count();
    }

    @Exported
    public String getSerialNumber() {
        return entry.newest().serialNumber();
    }

    /** ISO 8601, UTC. */
    @Exported
    public String getNotAfter() {
        return toTheSecond(entry.newest().certificate().getNotAfter().toInstant());
    }

    /** When the newest certificate came; ISO 8601, UTC. */
    @Exported
    public String getStored() {
        return toTheSecond(entry.newest().stored());
    }

    /** When a build last used the credential, as Jenkins has tracked it; ISO 8601, UTC; null for never. */
    @CheckForNull
    @Exported
    public String getLastUse() {
        return VaultCredentialsProvider.get()
                .credentials(entry)
                .flatMap(VaultRow::uses)
                .max(Instant::compareTo)
                .map(VaultRow::toTheSecond)
                .orElse(null);
    }

    private static Stream<Instant> uses(VaultCertificateCredentials credentials) {
        try {
            Fingerprint uses = CredentialsProvider.getFingerprintOf(credentials);
            return uses == null
                    ? Stream.empty()
                    : uses.getJobs().stream()
                            .map(job -> Jenkins.get().getItemByFullName(job, Job.class))
                            .flatMap(Stream::ofNullable)
                            .flatMap(job -> Stream.ofNullable(job.getBuildByNumber(lastOf(uses, job))))
                            .map(run -> Instant.ofEpochMilli(run.getStartTimeInMillis()));
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static int lastOf(Fingerprint uses, Job<?, ?> job) {
        return Math.max(0, uses.getRangeSet(job.getFullName()).max() - 1);
    }

    private static String toTheSecond(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
