package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.certificates.KnownCertificates;
import io.jenkins.plugins.sslmanager.engine.rotation.AtTermEnd;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateReference;
import io.jenkins.plugins.sslmanager.forms.FormChoices;
import io.jenkins.plugins.sslmanager.orders.OfferedCertificates;
import io.jenkins.plugins.sslmanager.steps.AwaitNotificationStep;
import io.jenkins.plugins.sslmanager.steps.DeliveryStep;
import io.jenkins.plugins.sslmanager.steps.GenerateCsrStep;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What is to be known of certificates that are rotated. It is public, so that the Snippet Generator can read it. */
public abstract class RotationStep extends DeliveryStep {

    public static final int DEFAULT_STOP_AFTER_FAILURES = 3;

    @CheckForNull
    private String certificates;

    @CheckForNull
    private String matching;

    private int atMost;
    private int stopAfterFailures = DEFAULT_STOP_AFTER_FAILURES;
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

    /** Returns names or the service's numbers, separated by commas or white space; null where a pattern is given. */
    @CheckForNull
    public final String getCertificates() {
        return certificates;
    }

    @DataBoundSetter
    public final void setCertificates(@CheckForNull String certificates) {
        this.certificates = Util.fixEmptyAndTrim(certificates);
    }

    /** Returns the pattern of names, in which {@code %} stands for any characters; null where certificates are given. */
    @CheckForNull
    public final String getMatching() {
        return matching;
    }

    @DataBoundSetter
    public final void setMatching(@CheckForNull String matching) {
        this.matching = Util.fixEmptyAndTrim(matching);
    }

    /** Returns how many one build may re-issue; 0 for all of a list. */
    public final int getAtMost() {
        return atMost;
    }

    @DataBoundSetter
    public final void setAtMost(int atMost) {
        this.atMost = atMost;
    }

    /** Returns after how many failures no further certificate is begun. */
    public final int getStopAfterFailures() {
        return stopAfterFailures;
    }

    @DataBoundSetter
    public final void setStopAfterFailures(int stopAfterFailures) {
        this.stopAfterFailures = stopAfterFailures;
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

    /** DNS names of the certificate to leave out of the new one, separated by commas or white space. */
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
        public static final int defaultStopAfterFailures = DEFAULT_STOP_AFTER_FAILURES;
        public static final String defaultTimeout = AwaitNotificationStep.DEFAULT_TIMEOUT;

        @POST
        public FormValidation doCheckCertificates(@QueryParameter String value, @QueryParameter String matching) {
            if (Util.fixEmptyAndTrim(value) != null && Util.fixEmptyAndTrim(matching) != null) {
                return FormValidation.error(Messages.RotationStep_certificatesTwice());
            }
            return KnownCertificates.check(value, CertificateReference::parseAll);
        }

        @POST
        public AutoCompletionCandidates doAutoCompleteCertificates(
                @AncestorInPath @CheckForNull Item item, @QueryParameter String value, @QueryParameter String account) {
            return OfferedCertificates.complete(item, account, value);
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
        public FormValidation doCheckAtMost(@QueryParameter String value, @QueryParameter String matching) {
            return Util.fixEmptyAndTrim(value) == null && Util.fixEmptyAndTrim(matching) != null
                    ? FormValidation.error(Messages.RotationStep_atMostMissing())
                    : FormValidation.ok();
        }

        @POST
        public ListBoxModel doFillKeyAlgorithmItems() {
            return FormChoices.keyAlgorithms();
        }
    }
}
