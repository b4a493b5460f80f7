package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.delivery.StepResults;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.execution.SslManagerExecution;
import io.jenkins.plugins.sslmanager.forms.ServiceIds;
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

    @CheckForNull
    private String certificate;

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

    /** The certificate to be re-issued, by its name or the service's number; null for none. */
    @CheckForNull
    public String getCertificate() {
        return certificate;
    }

    @DataBoundSetter
    public void setCertificate(@CheckForNull String certificate) {
        this.certificate = Util.fixEmptyAndTrim(certificate);
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

        @CheckForNull
        private final String certificate;

        @CheckForNull
        private final String product;

        private final boolean checkCaa;

        Execution(PrepareOrderStep step, StepContext context) {
            super(step.getAccount(), step.getCredentialsId(), context);
            source = new CsrSource(step.getCsr(), step.getCsrFile());
            product = step.getProduct();
            certificate = step.getCertificate();
            checkCaa = step.isCheckCaa();
        }

        @Override
        protected CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException {
            CertificateSigningRequest csr = source.read(getContext());
            if (certificate == null) {
                return prepare(access, csr, null);
            }
            return number(access, ServiceIds.certificate(certificate))
                    .thenComposeAsync(number -> prepare(access, csr, current(access, number)), pool());
        }

        /** @param existing the number of the certificate to be re-issued; null for none */
        private CompletableFuture<?> prepare(
                AccountAccess access, CertificateSigningRequest csr, @CheckForNull Long existing) {
            return product(access, existing)
                    .thenCompose(found -> abortable(access.api()
                            .prepareOrder(
                                    CertificateData.of(csr.toPem(), found, existing, checkCaa ? Boolean.TRUE : null))))
                    .thenApply(prepared -> {
                        log("The service has accepted the CSR for " + prepared.name());
                        if (!csr.otherNames().isEmpty()) {
                            log("The CSR also has " + String.join(", ", csr.otherNames())
                                    + ", which the service does not order");
                        }
                        return StepResults.prepared(prepared, csr);
                    });
        }

        private CompletableFuture<String> product(AccountAccess access, @CheckForNull Long existing) {
            if (product != null) {
                return CompletableFuture.completedFuture(product);
            }
            if (existing == null) {
                throw new IllegalArgumentException(
                        "It is not known which product the CSR is for. Set 'certificate' to the"
                                + " certificate to be re-issued, or 'product' to the service's name of the product");
            }
            return abortable(access.api().certificateInfo(existing)).thenApply(Certificate::product);
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
