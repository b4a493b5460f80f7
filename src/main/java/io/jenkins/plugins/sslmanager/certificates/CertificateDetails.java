package io.jenkins.plugins.sslmanager.certificates;

import hudson.model.ModelObject;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.verb.POST;

/** All that is known of a certificate. */
public final class CertificateDetails implements ModelObject {

    private final CertificatesPage list;
    private final CertificateRow row;

    CertificateDetails(CertificatesPage list, CertificateRow row) {
        this.list = list;
        this.row = row;
    }

    @Override
    public String getDisplayName() {
        return row.getName();
    }

    public CertificatesPage getList() {
        return list;
    }

    public CertificateRow getRow() {
        return row;
    }

    /** Takes the certificate out of all lists, such as one that is no longer used; a build that handles it brings it back. */
    @POST
    public HttpResponse doForget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        CertificateRecords.get().remove(row.getId());
        return HttpResponses.redirectViaContextPath(CertificatesPage.URL);
    }
}
