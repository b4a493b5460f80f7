package io.jenkins.plugins.sslmanager.account.grants;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a row. */
@Extension
@Symbol("sslManagerGrant")
public final class GrantDescriptor extends Descriptor<Grant> {

    public GrantDescriptor() {
        super(Grant.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.Grant_displayName();
    }

    @POST
    public FormValidation doCheckJobs(@QueryParameter String value, @QueryParameter boolean everyJob) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        Grant row = new Grant();
        row.setJobs(value);
        row.setEveryJob(everyJob);
        try {
            row.checkJobs();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
        return row.jobEntries().stream()
                .filter(entry -> !entry.contains("*") && Jenkins.get().getItemByFullName(entry) == null)
                .findFirst()
                .map(entry -> FormValidation.warning(Messages.Grant_unknownItem(entry)))
                .orElseGet(FormValidation::ok);
    }

    @POST
    public FormValidation doCheckCertificates(@QueryParameter String value, @QueryParameter boolean everyCertificate) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        Grant row = new Grant();
        row.setCertificates(value);
        row.setEveryCertificate(everyCertificate);
        try {
            row.checkCertificates();
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Tells whether the row as it is in the form would be for a job. Nothing is kept. */
    @POST
    public FormValidation doTry(
            @QueryParameter String tryJob,
            @QueryParameter String jobs,
            @QueryParameter boolean everyJob,
            @QueryParameter String certificates,
            @QueryParameter boolean everyCertificate,
            @QueryParameter boolean changeRequests) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        Grant row = new Grant();
        row.setJobs(jobs);
        row.setEveryJob(everyJob);
        row.setCertificates(certificates);
        row.setEveryCertificate(everyCertificate);
        row.setChangeRequests(changeRequests);
        Item job = Jenkins.get().getItemByFullName(Util.fixNull(tryJob).trim());
        if (job == null) {
            return FormValidation.error(Messages.Grant_noJob(tryJob));
        }
        try {
            row.check();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
        Applicant applicant = Applicant.of(job);
        return row.isFor(applicant)
                ? FormValidation.ok(Messages.Grant_may(job.getFullName()))
                : FormValidation.warning(
                        applicant.changeRequest() && row.isFor(new Applicant(applicant.job(), false))
                                ? Messages.Grant_mayNotAsChangeRequest(job.getFullName())
                                : Messages.Grant_mayNot(job.getFullName()));
    }

    @POST
    public ListBoxModel doFillAllowsItems() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        ListBoxModel items = new ListBoxModel();
        for (Purpose purpose : Purpose.values()) {
            items.add(purpose.getDisplayName(), purpose.name());
        }
        return items;
    }

    @POST
    public ListBoxModel doFillVisibleToItems() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        ListBoxModel items = new ListBoxModel();
        for (Visibility visibility : Visibility.values()) {
            items.add(visibility.getDisplayName(), visibility.name());
        }
        return items;
    }
}
