package io.jenkins.plugins.sslmanager.delivery;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.api.HarmlessText;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The facts of a certificate that a build has got, and where it was delivered to. All are public. */
@ExportedBean
public final class CertificateOfBuild extends ExportedCertificate {

    private static final String PREFIX = "SSL_CERTIFICATE_";

    private final List<String> chain;
    private final long daysLeft;
    private final boolean due;
    private final Map<String, String> files;
    private final List<String> artifacts;

    /** Lists and maps are plain ones, since they lie in the build's record. */
    CertificateOfBuild(CertificateFacts facts, List<String> chain, Delivery.Delivered delivered, Instant now) {
        super(facts);
        this.chain = new ArrayList<>(chain);
        daysLeft = facts.daysLeft(now);
        due = facts.isDue(now);
        this.files = new LinkedHashMap<>(delivered.files());
        this.artifacts = new ArrayList<>(delivered.artifacts().values());
    }

    /**
     * @param build the one that gets the certificate
     * @param access the account that it comes from
     * @param delivered what the build got of it
     */
    public static CertificateOfBuild of(
            Run<?, ?> build,
            AccountAccess access,
            IssuedCertificate issued,
            Delivery.Delivered delivered,
            DueRule rule,
            Instant now) {
        long jobId = EndedJob.idOf(build, issued.data().id());
        return new CertificateOfBuild(
                CertificateFacts.of(access, issued, rule, jobId),
                CertificateFacts.subjects(issued.chain()),
                delivered,
                now);
    }

    /** The job that issued it; 0 if this build did not wait for it. */
    @Exported
    public long getJobId() {
        return facts().jobId();
    }

    /** The subjects from the leaf to the topmost known authority. */
    @Exported
    public List<String> getChain() {
        return Collections.unmodifiableList(chain);
    }

    /** When the build got it. */
    @Exported
    public long getDaysLeft() {
        return daysLeft;
    }

    @Exported
    public boolean isDue() {
        return due;
    }

    /** Whether a re-issue would not help, since the paid term ends with the certificate. */
    @Exported
    public boolean isRenewalNeeded() {
        return due && facts().endsWithItsTerm();
    }

    /** Paths in the workspace, by the label of their format. */
    public Map<String, String> getFiles() {
        return Collections.unmodifiableMap(files);
    }

    /** For the later steps of the build. The service has written the name, so that it is left out if a shell could act upon it. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(PREFIX + "ID", Long.toString(getCertificateId()));
        if (HarmlessText.NAME.fits(getName())) {
            variables.put(PREFIX + "NAME", getName());
        }
        variables.put(PREFIX + "SERIAL_NUMBER", getSerialNumber());
        variables.put(PREFIX + "SHA256_FINGERPRINT", getSha256Fingerprint());
        variables.put(PREFIX + "NOT_AFTER", getNotAfter());
        variables.put(PREFIX + "DAYS_LEFT", Long.toString(daysLeft));
        files.forEach((format, path) -> variables.put(PREFIX + format.toUpperCase(Locale.ROOT) + "_FILE", path));
        return variables;
    }

    /** Paths among the artifacts of the build. */
    @Exported
    public List<String> getArtifacts() {
        return Collections.unmodifiableList(artifacts);
    }

    /** An artifact's address, relative to the build's. */
    public static String artifactUrl(String path) {
        return "artifact/" + Arrays.stream(path.split("/")).map(Util::rawEncode).collect(Collectors.joining("/"));
    }

    /** As of now, and not as of the build. */
    public long getDaysLeftNow() {
        return facts().daysLeft(Instant.now());
    }

    /** Its part of the address of its page. */
    public String getRecordId() {
        return facts().recordId();
    }
}
