package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.model.AbstractItem;
import hudson.model.ModelObject;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.stapler.StaplerDispatchable;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** All that is known of a certificate. */
public final class CertificateDetails implements ModelObject {

    @CheckForNull
    private final AbstractItem item;

    private final CertificateRow row;
    private final String overview;

    /**
     * @param item whose list has led here; null for the list of all
     * @param overview the address to go to once the certificate is forgotten, relative to Jenkins' root
     */
    CertificateDetails(@CheckForNull AbstractItem item, CertificateRow row, String overview) {
        this.item = item;
        this.row = row;
        this.overview = overview;
    }

    @Override
    public String getDisplayName() {
        return row.getName();
    }

    /** For the panel beside the page. */
    @CheckForNull
    public AbstractItem getItem() {
        return item;
    }

    public CertificateRow getRow() {
        return row;
    }

    /** The parts that other packages add. */
    public List<CertificateSection> getSections() {
        return ExtensionList.lookup(CertificateSection.Factory.class).stream()
                .<CertificateSection>flatMap(factory -> factory.of(row).stream())
                .toList();
    }

    /** For the address; null for none of that name. */
    @CheckForNull
    @StaplerDispatchable
    public CertificateSection getSection(String urlName) {
        return getSections().stream()
                .filter(section -> section.getUrlName().equals(urlName))
                .findFirst()
                .orElse(null);
    }

    /** The jobs that have handled it and that the viewer may start, of which not each rotates it. */
    public List<JobLink> getStartableJobs() {
        return row.getJobs().stream().filter(JobLink::isStartable).toList();
    }

    /** Takes the certificate out of all lists, such as one that is no longer used; a build that handles it brings it back. */
    @POST
    public HttpResponse doForget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        CertificateRecords.get().remove(row.getId());
        return HttpResponses.redirectViaContextPath(overview);
    }

    /**
     * Takes a target out of the list, such as a server that is gone. If it is not, the next build deploys to it again.
     *
     * @param id of one of this certificate's targets
     */
    @POST
    public HttpResponse doForgetTarget(@QueryParameter String id) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        row.getDeployments().stream()
                .filter(deployment -> deployment.getId().equals(id))
                .findFirst()
                .ifPresent(deployment -> Deployments.get().forget(deployment.getId()));
        return HttpResponses.redirectToDot();
    }
}
