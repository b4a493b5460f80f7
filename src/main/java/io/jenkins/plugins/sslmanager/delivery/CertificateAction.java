package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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
public final class CertificateAction extends InvisibleAction implements RunAction2, EnvironmentContributingAction {

    private static final String PREFIX = "SSL_CERTIFICATE_";

    private final String account;
    private final String service;
    private final long certificateId;
    private final long jobId;
    private final String orderId;
    private final String name;
    private final String product;
    private final List<String> names;
    private final List<String> chain;
    private final String serialNumber;
    private final String sha256Fingerprint;
    private final String notBefore;
    private final String notAfter;
    private final String dueAt;
    private final String paidUntil;
    private final long daysLeft;
    private final boolean due;
    private final boolean renewalNeeded;
    private final Map<String, String> files;
    private final List<String> artifacts;

    private CertificateAction(
            AccountAccess access,
            IssuedCertificate issued,
            long jobId,
            Map<String, String> files,
            Collection<String> artifacts,
            DueRule rule,
            Instant now) {
        X509Certificate leaf = issued.chain().leaf();
        Instant begin = leaf.getNotBefore().toInstant();
        Instant end = leaf.getNotAfter().toInstant();
        OffsetDateTime payable = issued.data().payable();
        account = access.account().getName();
        service = access.account().lastingAddress();
        this.jobId = jobId;
        certificateId = issued.data().id();
        orderId = issued.data().orderId();
        name = issued.data().name();
        product = issued.data().product();
        // Plain lists and maps, since these lie in the build's record.
        names = new ArrayList<>(Certificates.dnsNames(leaf));
        chain = new ArrayList<>();
        chain.add(leaf.getSubjectX500Principal().getName());
        issued.chain()
                .intermediates()
                .forEach(above -> chain.add(above.getSubjectX500Principal().getName()));
        issued.chain()
                .root()
                .ifPresent(root -> chain.add(root.getSubjectX500Principal().getName()));
        serialNumber = Certificates.serialNumber(leaf);
        sha256Fingerprint = Certificates.sha256Fingerprint(leaf);
        notBefore = begin.toString();
        notAfter = end.toString();
        dueAt = rule.dueAt(begin, end).toString();
        paidUntil = payable == null ? null : payable.toInstant().toString();
        daysLeft = Duration.between(now, end).toDays();
        due = rule.isDue(begin, end, now);
        renewalNeeded = due && DueRule.isRenewalNeeded(payable == null ? null : payable.toInstant(), end);
        this.files = new LinkedHashMap<>(files);
        this.artifacts = new ArrayList<>(artifacts);
    }

    /**
     * @param build the one that gets the certificate
     * @param access the account that it comes from
     * @param files the paths written, relative to the workspace, by the label of their format
     * @param artifacts the paths of those that were archived
     */
    public static CertificateAction of(
            Run<?, ?> build,
            AccountAccess access,
            IssuedCertificate issued,
            Map<String, String> files,
            Collection<String> artifacts,
            DueRule rule,
            Instant now) {
        return new CertificateAction(
                access, issued, EndedJob.of(build, issued.data().id()), files, artifacts, rule, now);
    }

    @Override
    public void onAttached(Run<?, ?> build) {
        CertificateListener.tell(build, this);
    }

    @Override
    public void onLoad(Run<?, ?> build) {
        // It was told when it was new.
    }

    /** The account's name in Jenkins. */
    public String getAccount() {
        return account;
    }

    /** Where the certificate is, the same over restarts: {@link io.jenkins.plugins.sslmanager.account.SslManagerAccount}. */
    public String getService() {
        return service;
    }

    @Exported
    public long getCertificateId() {
        return certificateId;
    }

    /** The job that issued it; 0 if this build did not wait for it. */
    @Exported
    public long getJobId() {
        return jobId;
    }

    @CheckForNull
    @Exported
    public String getOrderId() {
        return orderId;
    }

    @Exported
    public String getName() {
        return name;
    }

    /** As the service calls it, such as {@code SSL123}. */
    @CheckForNull
    @Exported
    public String getProduct() {
        return product;
    }

    @Exported
    public List<String> getNames() {
        return Collections.unmodifiableList(names);
    }

    @Exported
    public String getSubject() {
        return chain.get(0);
    }

    /** Null where the service did not give it. */
    @CheckForNull
    @Exported
    public String getIssuer() {
        return chain.size() < 2 ? null : chain.get(1);
    }

    /** The subjects from the leaf to the topmost known authority. */
    @Exported
    public List<String> getChain() {
        return Collections.unmodifiableList(chain);
    }

    @Exported
    public String getSerialNumber() {
        return serialNumber;
    }

    @Exported
    public String getSha256Fingerprint() {
        return sha256Fingerprint;
    }

    /** ISO 8601, UTC. */
    @Exported
    public String getNotBefore() {
        return notBefore;
    }

    /** ISO 8601, UTC. */
    @Exported
    public String getNotAfter() {
        return notAfter;
    }

    /** From when on it is due, by the rule of the build; ISO 8601, UTC. */
    @Exported
    public String getDueAt() {
        return dueAt;
    }

    /** When the paid term ends, ISO 8601, UTC; null where the service does not tell. */
    @CheckForNull
    public String getPaidUntil() {
        return paidUntil;
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
        return renewalNeeded;
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
        Instant end = Instant.parse(notAfter);
        long lifetime = Duration.between(Instant.parse(notBefore), end).toSeconds();
        long left = Duration.between(Instant.now(), end).toSeconds();
        return (int) Math.max(0, Math.min(100, left * 100 / Math.max(1, lifetime)));
    }

    /** For the later steps of the build; of several certificates the last counts. */
    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars env) {
        env.put(PREFIX + "ID", Long.toString(certificateId));
        env.put(PREFIX + "NAME", name);
        env.put(PREFIX + "SERIAL_NUMBER", serialNumber);
        env.put(PREFIX + "SHA256_FINGERPRINT", sha256Fingerprint);
        env.put(PREFIX + "NOT_AFTER", notAfter);
        env.put(PREFIX + "DAYS_LEFT", Long.toString(daysLeft));
        files.forEach((format, path) -> env.put(PREFIX + format.toUpperCase(Locale.ROOT) + "_FILE", path));
    }
}
