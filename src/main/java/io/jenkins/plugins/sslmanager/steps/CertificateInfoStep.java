package io.jenkins.plugins.sslmanager.steps;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.ReissueChecks;
import io.jenkins.plugins.sslmanager.engine.reissue.DueRule;
import io.jenkins.plugins.sslmanager.engine.reissue.IssuedCertificate;
import io.jenkins.plugins.sslmanager.outputs.CertificateAction;
import io.jenkins.plugins.sslmanager.outputs.CertificateFiles;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code sslCertificateInfo}: gets certificate and chain, checks them, and writes them into the workspace if there is one. */
public final class CertificateInfoStep extends DeliveryStep {

    private final long certificateId;

    @CheckForNull
    private String csr;

    @CheckForNull
    private String csrFile;

    @CheckForNull
    private String previousSerialNumber;

    @CheckForNull
    private String keyFile;

    @CheckForNull
    private String keyCredentialsId;

    private String due = DueRule.DEFAULT;
    private boolean unstableWhenDue;

    @DataBoundConstructor
    public CertificateInfoStep(long certificateId) {
        this.certificateId = certificateId;
    }

    /** From {@code sslAwaitNotification}, since a re-issue can change it. */
    public long getCertificateId() {
        return certificateId;
    }

    /** What the certificate must fit, PEM; null to check nothing. */
    @CheckForNull
    public String getCsr() {
        return csr;
    }

    @DataBoundSetter
    public void setCsr(@CheckForNull String csr) {
        this.csr = Util.fixEmptyAndTrim(csr);
    }

    /** The same, as a path in the workspace. */
    @CheckForNull
    public String getCsrFile() {
        return csrFile;
    }

    @DataBoundSetter
    public void setCsrFile(@CheckForNull String csrFile) {
        this.csrFile = Util.fixEmptyAndTrim(csrFile);
    }

    /** The serial number that the new certificate must not have; only used together with a CSR. */
    @CheckForNull
    public String getPreviousSerialNumber() {
        return previousSerialNumber;
    }

    @DataBoundSetter
    public void setPreviousSerialNumber(@CheckForNull String previousSerialNumber) {
        this.previousSerialNumber = Util.fixEmptyAndTrim(previousSerialNumber);
    }

    /** The certificate's private key for key stores and the credential, PEM, a path in the workspace. */
    @CheckForNull
    public String getKeyFile() {
        return keyFile;
    }

    @DataBoundSetter
    public void setKeyFile(@CheckForNull String keyFile) {
        this.keyFile = Util.fixEmptyAndTrim(keyFile);
    }

    /** The same, as a certificate credential that holds it. */
    @CheckForNull
    public String getKeyCredentialsId() {
        return keyCredentialsId;
    }

    @DataBoundSetter
    public void setKeyCredentialsId(@CheckForNull String keyCredentialsId) {
        this.keyCredentialsId = Util.fixEmptyAndTrim(keyCredentialsId);
    }

    /** When the certificate counts as due: {@code 33%} of its lifetime left, or {@code 30d} before its end. */
    public String getDue() {
        return due;
    }

    @DataBoundSetter
    public void setDue(@CheckForNull String due) {
        this.due = orElse(due, DueRule.DEFAULT);
    }

    public boolean isUnstableWhenDue() {
        return unstableWhenDue;
    }

    @DataBoundSetter
    public void setUnstableWhenDue(boolean unstableWhenDue) {
        this.unstableWhenDue = unstableWhenDue;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(this, context);
    }

    static final class Execution extends SslManagerExecution {

        @Serial
        private static final long serialVersionUID = 1L;

        private final CsrSource source;
        private final long certificateId;

        @CheckForNull
        private final String previousSerialNumber;

        private final KeySource key;
        private final Delivery delivery;
        private final String due;
        private final boolean unstableWhenDue;

        Execution(CertificateInfoStep step, StepContext context) {
            super(step, context);
            source = new CsrSource(step.getCsr(), step.getCsrFile());
            certificateId = step.getCertificateId();
            previousSerialNumber = step.getPreviousSerialNumber();
            key = new KeySource(step.getKeyFile(), step.getKeyCredentialsId());
            delivery = new Delivery(step);
            due = step.getDue();
            unstableWhenDue = step.isUnstableWhenDue();
        }

        @Override
        CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException {
            CertificateSigningRequest csr = source.isGiven() ? source.read(getContext()) : null;
            requireId("certificateId", certificateId);
            key.check();
            delivery.check(getContext(), key.isGiven());
            try {
                DueRule.parse(due);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("due: " + e.getMessage(), e);
            }
            return abortable(access.api().certificateInfo(certificateId))
                    .thenApply(IssuedCertificate::of)
                    .thenApplyAsync(
                            issued -> inFuture(() -> handOver(access, issued, csr)), Computer.threadPoolForRemoting);
        }

        /** Checks all before it writes anything. */
        private Map<String, Object> handOver(
                AccountAccess access, IssuedCertificate issued, @CheckForNull CertificateSigningRequest csr)
                throws IOException, InterruptedException {
            Instant now = Instant.now();
            if (csr != null) {
                ReissueChecks.requireReissued(issued.chain(), csr, previousSerialNumber, now);
            }
            Delivery.Delivered delivered = delivery.deliver(getContext(), issued, key.read(getContext()), this::log);
            Run<?, ?> build = getContext().get(Run.class);
            CertificateAction facts = CertificateAction.of(
                    build,
                    access,
                    issued,
                    delivered.files(),
                    delivered.artifacts().values(),
                    DueRule.parse(due),
                    now);
            build.addAction(facts);
            if (facts.isDue()) {
                tellThatItIsDue(build, facts);
            }
            return StepResults.of(issued, facts, delivered.credentialsId());
        }

        private void tellThatItIsDue(Run<?, ?> build, CertificateAction facts) {
            log(facts.getName() + " is due: " + facts.getDaysLeft() + " days are left"
                    + (facts.isRenewalNeeded()
                            ? ". A re-issue would not help, since its paid term ends, too: renew it (400106), which is billed"
                            : ""));
            if (unstableWhenDue) {
                build.setResult(Result.UNSTABLE);
            }
        }

        @Override
        public String getStatus() {
            return "getting certificate " + certificateId;
        }
    }

    @Extension
    public static final class DescriptorImpl extends DeliveryStepDescriptor {

        public static final String defaultFormats = OutputOptions.USUAL_FORMATS;
        public static final String defaultFileNames = CertificateFiles.USUAL_NAMES;
        public static final String defaultDue = DueRule.DEFAULT;

        @Override
        public String getFunctionName() {
            return "sslCertificateInfo";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CertificateInfoStep_displayName();
        }

        @POST
        public ListBoxModel doFillKeyCredentialsIdItems(
                @AncestorInPath @CheckForNull Item item, @QueryParameter String keyCredentialsId) {
            return credentialsItems(item, keyCredentialsId, StandardCertificateCredentials.class);
        }
    }
}
