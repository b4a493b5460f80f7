package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.certificates.KnownCertificates;
import io.jenkins.plugins.sslmanager.engine.rotation.AtTermEnd;
import io.jenkins.plugins.sslmanager.forms.FormChoices;
import io.jenkins.plugins.sslmanager.steps.AwaitNotificationStep;
import io.jenkins.plugins.sslmanager.steps.DeliveryStep;
import io.jenkins.plugins.sslmanager.steps.GenerateCsrStep;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What is to be known of certificates that are rotated. It is public, so that the Snippet Generator can read it. */
public abstract class RotationStep extends DeliveryStep {

    private long certificateId;

    @CheckForNull
    private String certificateIds;

    private boolean force;
    private String atTermEnd = AtTermEnd.TELL.word();
    private boolean dryRun;
    private String keyAlgorithm = GenerateCsrStep.DEFAULT_KEY_ALGORITHM;

    @CheckForNull
    private String names;

    @CheckForNull
    private String removeNames;

    @CheckForNull
    private String subject;

    private long adminContactId;
    private long technicalContactId;

    @CheckForNull
    private String software;

    @CheckForNull
    private String product;

    private long lifetimeMonths;

    private String timeout = AwaitNotificationStep.DEFAULT_TIMEOUT;

    /** Returns the certificate to be re-issued; 0 where several are given. */
    public final long getCertificateId() {
        return certificateId;
    }

    @DataBoundSetter
    public final void setCertificateId(long certificateId) {
        this.certificateId = certificateId;
    }

    /** Returns ids of several certificates, separated by commas or white space. */
    @CheckForNull
    public final String getCertificateIds() {
        return certificateIds;
    }

    @DataBoundSetter
    public final void setCertificateIds(@CheckForNull String certificateIds) {
        this.certificateIds = Util.fixEmptyAndTrim(certificateIds);
    }

    /** Tells whether to re-issue what is not due, too. */
    public final boolean isForce() {
        return force;
    }

    @DataBoundSetter
    public final void setForce(boolean force) {
        this.force = force;
    }

    /** Returns what to do with a certificate that is due if its paid term ends with it: {@code tell, renew} or {@code reissue}. */
    public final String getAtTermEnd() {
        return atTermEnd;
    }

    @DataBoundSetter
    public final void setAtTermEnd(@CheckForNull String atTermEnd) {
        this.atTermEnd = Objects.requireNonNullElse(Util.fixEmptyAndTrim(atTermEnd), AtTermEnd.TELL.word());
    }

    /** Tells whether to do all but the order, and keep nothing of it. */
    public final boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public final void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public final String getKeyAlgorithm() {
        return keyAlgorithm;
    }

    @DataBoundSetter
    public final void setKeyAlgorithm(@CheckForNull String keyAlgorithm) {
        this.keyAlgorithm =
                Objects.requireNonNullElse(Util.fixEmptyAndTrim(keyAlgorithm), GenerateCsrStep.DEFAULT_KEY_ALGORITHM);
    }

    /** DNS names beyond those that the certificate has, separated by commas or white space. */
    @CheckForNull
    public final String getNames() {
        return names;
    }

    @DataBoundSetter
    public final void setNames(@CheckForNull String names) {
        this.names = Util.fixEmptyAndTrim(names);
    }

    /** DNS names of the certificate that the new one shall not have, separated by commas or white space. */
    @CheckForNull
    public final String getRemoveNames() {
        return removeNames;
    }

    @DataBoundSetter
    public final void setRemoveNames(@CheckForNull String removeNames) {
        this.removeNames = Util.fixEmptyAndTrim(removeNames);
    }

    /** Returns an X.500 name; null to take over the certificate's. */
    @CheckForNull
    public final String getSubject() {
        return subject;
    }

    @DataBoundSetter
    public final void setSubject(@CheckForNull String subject) {
        this.subject = Util.fixEmptyAndTrim(subject);
    }

    /** Returns the service's number of another administrative contact; 0 to keep the certificate's. */
    public final long getAdminContactId() {
        return adminContactId;
    }

    @DataBoundSetter
    public final void setAdminContactId(long adminContactId) {
        this.adminContactId = adminContactId;
    }

    /** Returns the service's number of another technical contact; 0 to keep the certificate's. */
    public final long getTechnicalContactId() {
        return technicalContactId;
    }

    @DataBoundSetter
    public final void setTechnicalContactId(long technicalContactId) {
        this.technicalContactId = technicalContactId;
    }

    /** Returns the service's name of the server software; null to keep the certificate's. */
    @CheckForNull
    public final String getSoftware() {
        return software;
    }

    @DataBoundSetter
    public final void setSoftware(@CheckForNull String software) {
        this.software = Util.fixEmptyAndTrim(software);
    }

    /** Returns the service's name of the product; null to keep the certificate's. */
    @CheckForNull
    public final String getProduct() {
        return product;
    }

    @DataBoundSetter
    public final void setProduct(@CheckForNull String product) {
        this.product = Util.fixEmptyAndTrim(product);
    }

    /** Returns the term in months; 0 to keep the certificate's. */
    public final long getLifetimeMonths() {
        return lifetimeMonths;
    }

    @DataBoundSetter
    public final void setLifetimeMonths(long lifetimeMonths) {
        this.lifetimeMonths = lifetimeMonths;
    }

    /** Tells how long to wait for the service, such as {@code 2d}. */
    public final String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public final void setTimeout(@CheckForNull String timeout) {
        this.timeout = Objects.requireNonNullElse(Util.fixEmptyAndTrim(timeout), AwaitNotificationStep.DEFAULT_TIMEOUT);
    }

    /** @throws AbortException if a parameter is missing or says nothing */
    @Override
    public final StepExecution start(StepContext context) throws AbortException {
        try {
            return execution(context);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** @throws IllegalArgumentException if a parameter is missing or says nothing */
    abstract StepExecution execution(StepContext context);

    public abstract static class RotationStepDescriptor extends DeliveryStepDescriptor {

        public static final String defaultKeyAlgorithm = GenerateCsrStep.DEFAULT_KEY_ALGORITHM;
        public static final String defaultTimeout = AwaitNotificationStep.DEFAULT_TIMEOUT;

        @POST
        public FormValidation doCheckCertificateIds(
                @QueryParameter String value, @QueryParameter String certificateId) {
            if (Util.fixEmptyAndTrim(value) != null && Util.fixEmptyAndTrim(certificateId) != null) {
                return FormValidation.error(Messages.RotationStep_idTwice());
            }
            return KnownCertificates.check(value);
        }

        @POST
        public AutoCompletionCandidates doAutoCompleteCertificateIds(@QueryParameter String value) {
            return KnownCertificates.complete(value);
        }

        @POST
        public ListBoxModel doFillAtTermEndItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.RotationStep_tell(), AtTermEnd.TELL.word());
            items.add(Messages.RotationStep_renew(), AtTermEnd.RENEW.word());
            items.add(Messages.RotationStep_reissue(), AtTermEnd.REISSUE.word());
            return items;
        }

        @POST
        public ListBoxModel doFillKeyAlgorithmItems() {
            return FormChoices.keyAlgorithms();
        }
    }
}
