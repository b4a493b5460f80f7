package io.jenkins.plugins.sslmanager.account.grants;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Describable;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A row of an account: which jobs may use it, for which certificates, and what for. What no row allows is not allowed. */
public final class Grant implements Describable<Grant> {

    @CheckForNull
    private String jobs;

    private boolean everyJob;

    @CheckForNull
    private String certificates;

    private boolean everyCertificate;
    private Purpose allows = Purpose.READ;
    private Visibility visibleTo = Visibility.JOB;
    private boolean changeRequests;
    private boolean additionalNames;
    private boolean removedNames;
    private boolean contacts;
    private boolean product;
    private boolean otherCsr;

    @DataBoundConstructor
    public Grant() {}

    /** Full names of jobs and folders, one a line; null where {@link #isEveryJob}. */
    @CheckForNull
    public String getJobs() {
        return jobs;
    }

    @DataBoundSetter
    public void setJobs(@CheckForNull String jobs) {
        this.jobs = Util.fixEmpty(ItemPatterns.parse(Util.fixNull(jobs)).toString());
    }

    public boolean isEveryJob() {
        return everyJob;
    }

    @DataBoundSetter
    public void setEveryJob(boolean everyJob) {
        this.everyJob = everyJob;
    }

    /** Returns names and numbers, separated by commas; null where {@link #isEveryCertificate}. */
    @CheckForNull
    public String getCertificates() {
        return certificates;
    }

    @DataBoundSetter
    public void setCertificates(@CheckForNull String certificates) {
        this.certificates = Util.fixEmpty(
                CertificatePatterns.parse(Util.fixNull(certificates)).toString());
    }

    public boolean isEveryCertificate() {
        return everyCertificate;
    }

    @DataBoundSetter
    public void setEveryCertificate(boolean everyCertificate) {
        this.everyCertificate = everyCertificate;
    }

    public Purpose getAllows() {
        return allows;
    }

    @DataBoundSetter
    public void setAllows(@CheckForNull Purpose allows) {
        this.allows = allows == null ? Purpose.READ : allows;
    }

    /** Tells who gets to see what is issued. */
    public Visibility getVisibleTo() {
        return visibleTo;
    }

    @DataBoundSetter
    public void setVisibleTo(@CheckForNull Visibility visibleTo) {
        this.visibleTo = visibleTo == null ? Visibility.JOB : visibleTo;
    }

    /** Tells whether jobs that a multibranch project makes for change requests count. */
    public boolean isChangeRequests() {
        return changeRequests;
    }

    @DataBoundSetter
    public void setChangeRequests(boolean changeRequests) {
        this.changeRequests = changeRequests;
    }

    /** Tells whether an order may add names, of those that the row names. */
    public boolean isAdditionalNames() {
        return additionalNames;
    }

    @DataBoundSetter
    public void setAdditionalNames(boolean additionalNames) {
        this.additionalNames = additionalNames;
    }

    /** Tells whether an order may leave names of the certificate out, after which some authorities revoke the old one. */
    public boolean isRemovedNames() {
        return removedNames;
    }

    @DataBoundSetter
    public void setRemovedNames(boolean removedNames) {
        this.removedNames = removedNames;
    }

    /** Tells whether an order may change contacts. */
    public boolean isContacts() {
        return contacts;
    }

    @DataBoundSetter
    public void setContacts(boolean contacts) {
        this.contacts = contacts;
    }

    /** Tells whether an order may change product, term and software. */
    public boolean isProduct() {
        return product;
    }

    @DataBoundSetter
    public void setProduct(boolean product) {
        this.product = product;
    }

    /** Tells whether an order may be for a CSR that the plugin has not made for this job. */
    public boolean isOtherCsr() {
        return otherCsr;
    }

    @DataBoundSetter
    public void setOtherCsr(boolean otherCsr) {
        this.otherCsr = otherCsr;
    }

    private ItemPatterns itemPatterns() {
        return ItemPatterns.parse(Util.fixNull(jobs));
    }

    private CertificatePatterns certificatePatterns() {
        return CertificatePatterns.parse(Util.fixNull(certificates));
    }

    /** Tells whether the row is for this job at all, for whatever certificate. */
    public boolean isFor(Applicant applicant) {
        return (everyJob || itemPatterns().contains(applicant.job())) && (changeRequests || !applicant.changeRequest());
    }

    /** Tells whether the row allows this, for a job that {@link #isFor} has been asked about. */
    public boolean allows(CertificateUse use) {
        return allows.includes(use.purpose())
                && (everyCertificate || certificatePatterns().contains(use.name(), use.isNumber()))
                && use.addedNames().stream().allMatch(this::mayBeAdded)
                && (removedNames || !use.removesNames())
                && (contacts || !use.contacts())
                && (product || !use.product())
                && (otherCsr || !use.otherCsr());
    }

    private boolean mayBeAdded(String name) {
        return additionalNames && (everyCertificate || certificatePatterns().containsName(name));
    }

    /** What tells this row from others of its account when jobs move; it changes whenever somebody changes the row's jobs. */
    public String jobsKey() {
        return everyJob ? "" : String.valueOf(jobs);
    }

    /**
     * Tells whether a line that names this item, or what it is in, is one of both this row's and a former row's.
     *
     * @param former that row's {@link #jobsKey}
     */
    public boolean keepsLineFor(String item, String former) {
        return itemPatterns().common(ItemPatterns.parse(former)).concerns(item);
    }

    /** Returns the jobs and folders that the row names, as it names them. */
    List<String> jobEntries() {
        return itemPatterns().entries();
    }

    /** Tells whether the row names an item, or what is in it, and not just by a {@code *}. */
    public boolean names(String item) {
        return itemPatterns().names(item);
    }

    /** Returns the row after an item has another full name. */
    public Grant moved(String from, String to) {
        Grant moved = new Grant();
        moved.jobs = Util.fixEmpty(itemPatterns().moved(from, to).toString());
        moved.everyJob = everyJob;
        moved.certificates = certificates;
        moved.everyCertificate = everyCertificate;
        moved.allows = allows;
        moved.visibleTo = visibleTo;
        moved.changeRequests = changeRequests;
        moved.additionalNames = additionalNames;
        moved.removedNames = removedNames;
        moved.contacts = contacts;
        moved.product = product;
        moved.otherCsr = otherCsr;
        return moved;
    }

    /** @throws IllegalArgumentException if the row says nothing, or more than it seems to */
    public void check() {
        checkJobs();
        checkCertificates();
        if (additionalNames && !everyCertificate && !certificatePatterns().hasNames()) {
            throw new IllegalArgumentException(
                    "Names may be added, but none are listed. Enter them with the certificates, such as *.example.com,"
                            + " or take the tick away");
        }
    }

    void checkJobs() {
        if (everyJob == (jobs != null)) {
            throw new IllegalArgumentException(
                    everyJob
                            ? "Both jobs and every job of this Jenkins are given. Leave one of them out"
                            : "No jobs are given. Enter full names of jobs or folders, one a line, or choose every job of"
                                    + " this Jenkins");
        }
        itemPatterns().check();
    }

    void checkCertificates() {
        if (everyCertificate == (certificates != null)) {
            throw new IllegalArgumentException(
                    everyCertificate
                            ? "Both certificates and every certificate of the account are given. Leave one of them out"
                            : "No certificates are given. Enter names or numbers of certificates, or choose every"
                                    + " certificate of the account");
        }
        certificatePatterns().check();
    }
}
