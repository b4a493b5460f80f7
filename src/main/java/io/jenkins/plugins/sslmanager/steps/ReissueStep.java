package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.Connections;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueProcess;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueState;
import java.io.IOException;
import java.io.Serial;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code sslReissue}: orders a new certificate for a CSR; done when the service has accepted the order. */
public final class ReissueStep extends CsrStep {

    private final long certificateId;

    @CheckForNull
    private String dns;

    @CheckForNull
    private String fileName;

    @CheckForNull
    private String fileContent;

    @DataBoundConstructor
    public ReissueStep(long certificateId) {
        this.certificateId = certificateId;
    }

    public long getCertificateId() {
        return certificateId;
    }

    /** The record that {@code sslPrepareOrder} gave and that has been set, as a line of a zone file. */
    @CheckForNull
    public String getDns() {
        return dns;
    }

    @DataBoundSetter
    public void setDns(@CheckForNull String dns) {
        this.dns = Util.fixEmptyAndTrim(dns);
    }

    /** The file that {@code sslPrepareOrder} gave and that has been put there. */
    @CheckForNull
    public String getFileName() {
        return fileName;
    }

    @DataBoundSetter
    public void setFileName(@CheckForNull String fileName) {
        this.fileName = Util.fixEmptyAndTrim(fileName);
    }

    @CheckForNull
    public String getFileContent() {
        return fileContent;
    }

    @DataBoundSetter
    public void setFileContent(@CheckForNull String fileContent) {
        this.fileContent = Util.fixEmptyAndTrim(fileContent);
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
        private final String dns;

        @CheckForNull
        private final String fileName;

        @CheckForNull
        private final String fileContent;

        @CheckForNull
        private volatile ReissueState state;

        Execution(ReissueStep step, StepContext context) {
            super(step, context);
            source = new CsrSource(step.getCsr(), step.getCsrFile());
            certificateId = step.getCertificateId();
            dns = step.getDns();
            fileName = step.getFileName();
            fileContent = step.getFileContent();
        }

        @Override
        CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException {
            requireId("certificateId", certificateId);
            CertificateSigningRequest csr = source.read(getContext());
            Run<?, ?> build = getContext().get(Run.class);
            ReissueProcess process =
                    new ReissueProcess(access.api(), Connections.get().pauses(), csr, this::save, this::log);
            ReissueState reached = state;
            OrdersUnderWay.Claim claim = reached == null
                    ? OrdersUnderWay.get().claim(access.service(), certificateId, build)
                    : OrdersUnderWay.get().claimAgain(access.service(), certificateId, build);
            CompletableFuture<ReissueState> prepared = reached == null
                    ? abortable(process.prepare(certificateId, ClientTransaction.id(build, certificateId, csr)))
                    : CompletableFuture.completedFuture(reached);
            return prepared.thenCompose(ready -> abortable(process.order(ready, proof())))
                    .whenComplete((ordered, failure) -> claim.release())
                    .thenApply(StepResults::of);
        }

        @CheckForNull
        private CertAuthentication proof() {
            return dns == null && fileName == null
                    ? null
                    : new CertAuthentication(null, null, dns, fileName, fileContent, null, null, null, null, null);
        }

        private CompletionStage<Void> save(ReissueState reached) {
            state = reached;
            return saveState();
        }

        @Override
        public String getStatus() {
            ReissueState reached = state;
            return reached == null ? "preparing an order" : "ordering " + reached.certificateName();
        }
    }

    @Extension
    public static final class DescriptorImpl extends SslManagerStepDescriptor {

        @Override
        public String getFunctionName() {
            return "sslReissue";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ReissueStep_displayName();
        }
    }
}
