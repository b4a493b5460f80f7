package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.VisibleRecords;
import io.jenkins.plugins.sslmanager.delivery.StepResults;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.dns.DnsRecord;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateReference;
import io.jenkins.plugins.sslmanager.engine.rotation.CsrOrder;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import io.jenkins.plugins.sslmanager.execution.OrderExecution;
import io.jenkins.plugins.sslmanager.forms.FormCheck;
import io.jenkins.plugins.sslmanager.forms.ServiceIds;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code sslReissue}: orders a new certificate for a CSR; done when the service has accepted the order. */
public final class ReissueStep extends CsrStep {

    private final String certificate;

    @CheckForNull
    private String dns;

    @CheckForNull
    private String fileName;

    @CheckForNull
    private String fileContent;

    @CheckForNull
    private String removeNames;

    private boolean force;

    @DataBoundConstructor
    public ReissueStep(String certificate) {
        this.certificate = Util.fixNull(certificate).trim();
    }

    /** Its name, or the service's number. */
    public String getCertificate() {
        return certificate;
    }

    /** {@code sslPrepareOrder} gave this record, as a line of a zone file, and it has been set. */
    @CheckForNull
    public String getDns() {
        return dns;
    }

    @DataBoundSetter
    public void setDns(@CheckForNull String dns) {
        this.dns = Util.fixEmptyAndTrim(dns);
    }

    /** {@code sslPrepareOrder} gave this file, and it has been put there. */
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

    /** DNS names of the certificate to leave out of the new one, separated by commas or white space. */
    @CheckForNull
    public String getRemoveNames() {
        return removeNames;
    }

    @DataBoundSetter
    public void setRemoveNames(@CheckForNull String removeNames) {
        this.removeNames = Util.fixEmptyAndTrim(removeNames);
    }

    /** Says whether to give up an open order that this job has for another CSR. */
    public boolean isForce() {
        return force;
    }

    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(this, context);
    }

    static final class Execution extends OrderExecution {

        @Serial
        private static final long serialVersionUID = 1L;

        /** An order in doubt is settled by then, or left to the next build. */
        private static final Duration LONGEST_DOUBT = Duration.ofDays(2);

        private final CsrSource source;
        private final String certificate;

        @CheckForNull
        private final String dns;

        @CheckForNull
        private final String fileName;

        @CheckForNull
        private final String fileContent;

        private final OrderChanges changes;
        private final boolean force;
        private final long deadline;

        Execution(ReissueStep step, StepContext context) {
            super(step.getAccount(), step.getCredentialsId(), context);
            source = new CsrSource(step.getCsr(), step.getCsrFile());
            certificate = step.getCertificate();
            dns = step.getDns();
            fileName = step.getFileName();
            fileContent = step.getFileContent();
            changes = new OrderChanges(null, null, null, null, null, step.getRemoveNames());
            force = step.isForce();
            deadline = System.currentTimeMillis() + LONGEST_DOUBT.toMillis();
        }

        @Override
        protected CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException {
            CertificateReference reference = ServiceIds.certificate(certificate);
            access.ofJob().requireAnyOrder();
            changes.check();
            CertificateSigningRequest csr = source.read(getContext());
            return number(access, reference).thenComposeAsync(number -> order(access, number, csr), pool());
        }

        private CompletableFuture<?> order(AccountAccess access, long number, CertificateSigningRequest csr) {
            Holder holder = holder(certificate);
            Instant until = Instant.ofEpochMilli(deadline);
            CsrOrder order = new CsrOrder(rotationContext(access, until, holder, this::log), this::log, until);
            return atWork(
                            holder,
                            order::end,
                            () -> order.place(
                                    new CertificateId(access.system(), number),
                                    csr,
                                    proof(),
                                    changes,
                                    VisibleRecords.check(),
                                    force))
                    .thenApply(StepResults::ordered);
        }

        @CheckForNull
        private CertAuthentication proof() {
            return dns == null && fileName == null ? null : CertAuthentication.proof(dns, fileName, fileContent);
        }

        @Override
        public String getStatus() {
            return "ordering certificate " + certificate;
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

        @POST
        public FormValidation doCheckDns(@QueryParameter String value) {
            return FormCheck.unlessEmpty(value, DnsRecord::parse);
        }
    }
}
