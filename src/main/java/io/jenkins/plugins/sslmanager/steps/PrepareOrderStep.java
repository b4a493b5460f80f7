package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.delivery.StepResults;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.execution.SslManagerExecution;
import java.io.IOException;
import java.io.Serial;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code sslPrepareOrder}: has the service check a CSR and say what will prove control of its domains. */
public final class PrepareOrderStep extends CsrStep {

    @CheckForNull
    private String product;

    private long certificateId;
    private boolean checkCaa;

    @DataBoundConstructor
    public PrepareOrderStep() {}

    /** The service calls the product so. Null takes the certificate's. */
    @CheckForNull
    public String getProduct() {
        return product;
    }

    @DataBoundSetter
    public void setProduct(@CheckForNull String product) {
        this.product = Util.fixEmptyAndTrim(product);
    }

    /** The certificate with this number is to be re-issued; 0 means none. */
    public long getCertificateId() {
        return certificateId;
    }

    @DataBoundSetter
    public void setCertificateId(long certificateId) {
        this.certificateId = certificateId;
    }

    /** Tells whether to have the service check which authorities may issue for the domains (CAA records). */
    public boolean isCheckCaa() {
        return checkCaa;
    }

    @DataBoundSetter
    public void setCheckCaa(boolean checkCaa) {
        this.checkCaa = checkCaa;
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
        private final String product;

        private final boolean checkCaa;

        Execution(PrepareOrderStep step, StepContext context) {
            super(step.getAccount(), step.getCredentialsId(), context);
            source = new CsrSource(step.getCsr(), step.getCsrFile());
            product = step.getProduct();
            certificateId = step.getCertificateId();
            checkCaa = step.isCheckCaa();
        }

        @Override
        protected CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException {
            CertificateSigningRequest csr = source.read(getContext());
            SslManagerApi api = access.api();
            return product(access)
                    .thenCompose(found -> abortable(api.prepareOrder(asked(access, csr, found))))
                    .thenApply(prepared -> {
                        log("The service has accepted the CSR for " + prepared.name());
                        if (!csr.otherNames().isEmpty()) {
                            log("The CSR also has " + String.join(", ", csr.otherNames())
                                    + ", which the service does not order");
                        }
                        return StepResults.prepared(prepared, csr);
                    });
        }

        private CertificateData asked(AccountAccess access, CertificateSigningRequest csr, String product) {
            return CertificateData.of(
                    csr.toPem(),
                    product,
                    certificateId == 0 ? null : current(access, certificateId),
                    checkCaa ? Boolean.TRUE : null);
        }

        private CompletableFuture<String> product(AccountAccess access) {
            if (product != null) {
                return CompletableFuture.completedFuture(product);
            }
            if (certificateId == 0) {
                throw new IllegalArgumentException(
                        "It is not known which product the CSR is for. Set 'certificateId' to the"
                                + " certificate to be re-issued, or 'product' to the service's name of the product");
            }
            return abortable(access.api().certificateInfo(current(access, certificateId)))
                    .thenApply(Certificate::product);
        }

        @Override
        public String getStatus() {
            return "having a CSR checked";
        }
    }

    @Extension
    public static final class DescriptorImpl extends SslManagerStepDescriptor {

        @Override
        public String getFunctionName() {
            return "sslPrepareOrder";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PrepareOrderStep_displayName();
        }
    }
}
