package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Computer;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.ReissueChecks;
import io.jenkins.plugins.sslmanager.engine.reissue.IssuedCertificate;
import io.jenkins.plugins.sslmanager.outputs.CertificateFiles;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code sslCertificateInfo}: gets certificate and chain, checks them, and writes them into the workspace if there is one. */
public final class CertificateInfoStep extends CsrStep {

    private final long certificateId;

    @CheckForNull
    private String previousSerialNumber;

    @CheckForNull
    private String dir;

    @DataBoundConstructor
    public CertificateInfoStep(long certificateId) {
        this.certificateId = certificateId;
    }

    /** From {@code sslAwaitNotification}, since a re-issue can change it. */
    public long getCertificateId() {
        return certificateId;
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

    /** The folder for the files, a path in the workspace; null for the current one. */
    @CheckForNull
    public String getDir() {
        return dir;
    }

    @DataBoundSetter
    public void setDir(@CheckForNull String dir) {
        this.dir = Util.fixEmptyAndTrim(dir);
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

        @CheckForNull
        private final String dir;

        Execution(CertificateInfoStep step, StepContext context) {
            super(step, context);
            source = new CsrSource(step);
            certificateId = step.getCertificateId();
            previousSerialNumber = step.getPreviousSerialNumber();
            dir = step.getDir();
        }

        @Override
        CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException {
            CertificateSigningRequest csr = source.isGiven() ? source.read(getContext()) : null;
            FilePath workspace = getContext().get(FilePath.class);
            if (workspace == null && dir != null) {
                throw new IllegalArgumentException(
                        "'dir' is given, but there is no workspace to write to. Put the step inside 'node'");
            }
            return abortable(access.api().certificateInfo(certificateId))
                    .thenApply(IssuedCertificate::of)
                    .thenApplyAsync(
                            issued -> {
                                if (csr != null) {
                                    ReissueChecks.requireReissued(
                                            issued.chain(), csr, previousSerialNumber, Instant.now());
                                }
                                return StepResults.of(issued, files(issued, workspace));
                            },
                            Computer.threadPoolForRemoting);
        }

        private Map<String, String> files(IssuedCertificate issued, @CheckForNull FilePath workspace) {
            if (workspace == null) {
                return Map.of();
            }
            try {
                Map<String, String> written = CertificateFiles.write(workspace, dir == null ? "" : dir, issued.chain());
                log("Wrote " + String.join(", ", written.values()));
                return written;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }

        @Override
        public String getStatus() {
            return "getting certificate " + certificateId;
        }
    }

    @Extension
    public static final class DescriptorImpl extends SslManagerStepDescriptor {

        @Override
        public String getFunctionName() {
            return "sslCertificateInfo";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CertificateInfoStep_displayName();
        }
    }
}
