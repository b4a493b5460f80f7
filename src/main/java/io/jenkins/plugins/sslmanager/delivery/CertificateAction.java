package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
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
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The facts of a certificate that a build has got: on its page, in its remote API, and for its later steps. All are public. */
@ExportedBean
public final class CertificateAction extends ExportedCertificate implements RunAction2, EnvironmentContributingAction {

    private static final String PREFIX = "SSL_CERTIFICATE_";

    private final List<String> chain;
    private final long daysLeft;
    private final boolean due;
    private final Map<String, String> files;
    private final List<String> artifacts;

    /** Lists and maps are plain ones, since they lie in the build's record. */
    private CertificateAction(CertificateFacts facts, List<String> chain, Delivery.Delivered delivered, Instant now) {
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
    public static CertificateAction of(
            Run<?, ?> build,
            AccountAccess access,
            IssuedCertificate issued,
            Delivery.Delivered delivered,
            DueRule rule,
            Instant now) {
        long jobId = EndedJob.idOf(build, issued.data().id());
        return new CertificateAction(
                CertificateFacts.of(access, issued, rule, jobId),
                CertificateFacts.subjects(issued.chain()),
                delivered,
                now);
    }

    /** The build's own page shows it. */
    @CheckForNull
    @Override
    public String getIconFileName() {
        return null;
    }

    @CheckForNull
    @Override
    public String getDisplayName() {
        return null;
    }

    @CheckForNull
    @Override
    public String getUrlName() {
        return null;
    }

    @Override
    public void onAttached(Run<?, ?> build) {
        CertificateListener.tell(build, facts());
    }

    @Override
    public void onLoad(Run<?, ?> build) {
        // It was told when it was new.
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

    /** Paths among the artifacts of the build. */
    @Exported
    public List<String> getArtifacts() {
        return Collections.unmodifiableList(artifacts);
    }

    /** An artifact's address, relative to the build's. */
    public static String artifactUrl(String path) {
        return "artifact/" + Arrays.stream(path.split("/")).map(Util::rawEncode).collect(Collectors.joining("/"));
    }

    /** How much of the lifetime is left now, for the bar on the build's page. */
    public int getPercentLeft() {
        return facts().percentLeft(Instant.now());
    }

    /** For the later steps of the build; of several certificates the last counts. */
    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars env) {
        env.put(PREFIX + "ID", Long.toString(getCertificateId()));
        env.put(PREFIX + "NAME", getName());
        env.put(PREFIX + "SERIAL_NUMBER", getSerialNumber());
        env.put(PREFIX + "SHA256_FINGERPRINT", getSha256Fingerprint());
        env.put(PREFIX + "NOT_AFTER", getNotAfter());
        env.put(PREFIX + "DAYS_LEFT", Long.toString(daysLeft));
        files.forEach((format, path) -> env.put(PREFIX + format.toUpperCase(Locale.ROOT) + "_FILE", path));
    }
}
