package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParametersDefinitionProperty;
import io.jenkins.plugins.sslmanager.certificates.CertificateRecord.LastBuild;

/** The way to a job that has handled a certificate, and to its last build that did. No build is loaded for it. */
public final class JobLink {

    private final Job<?, ?> job;
    private final int build;

    JobLink(Job<?, ?> job, LastBuild last) {
        this.job = job;
        build = last.build();
    }

    public String getFullName() {
        return job.getFullName();
    }

    public String getDisplayName() {
        return job.getFullDisplayName();
    }

    /** Relative to Jenkins' root. */
    public String getUrl() {
        return job.getUrl();
    }

    /** Whether the viewer may start it. */
    boolean isStartable() {
        return job.isBuildable() && job.hasPermission(Item.BUILD);
    }

    /** Whether a form comes first, which asks for its parameters. */
    public boolean isParameterized() {
        return job.getProperty(ParametersDefinitionProperty.class) != null;
    }

    /** Null if it is gone. */
    @CheckForNull
    public Integer getBuild() {
        return build == 0 ? null : build;
    }

    /** With the build's number, if it is there. */
    public String getLabel() {
        return build == 0 ? getDisplayName() : getDisplayName() + " #" + build;
    }
}
