package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import java.time.Instant;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A target as one of those sees it who may see its job. */
@ExportedBean
public final class DeploymentRow {

    private final Deployment deployment;
    private final Job<?, ?> job;
    private final DeploymentState state;

    /** @param serialNumberNow of the certificate as it is by now */
    DeploymentRow(Deployment deployment, Job<?, ?> job, String serialNumberNow) {
        this.deployment = deployment;
        this.job = job;
        state = DeploymentState.of(deployment, serialNumberNow);
    }

    /** For the link that forgets it. */
    public String getId() {
        return deployment.id();
    }

    @Exported
    public String getTarget() {
        return deployment.target();
    }

    @Exported
    public DeploymentState getState() {
        return state;
    }

    /** For the style of what shows it: that of a certificate in a like state. */
    public String getStateKey() {
        return state == DeploymentState.IN_USE ? "ok" : "due";
    }

    /** Since when the target has had the certificate that it has; null if it has had none from this job. */
    @CheckForNull
    @Exported
    public String getSince() {
        Deployment.Held held = deployment.deployed();
        return held == null ? null : held.since().toString();
    }

    @CheckForNull
    public String getSinceDate() {
        Deployment.Held held = deployment.deployed();
        return held == null ? null : Dates.day(held.since());
    }

    @Exported
    public String getJob() {
        return job.getFullName();
    }

    public String getJobName() {
        return job.getFullDisplayName();
    }

    /** Relative to Jenkins' root. */
    public String getJobUrl() {
        return job.getUrl();
    }

    /** A line for each address, as of {@link #getAt}. */
    @Exported
    public List<String> getAddresses() {
        return deployment.addresses();
    }

    /** When a build last looked. */
    @Exported
    public Instant getAt() {
        return deployment.at();
    }

    public String getAtDate() {
        return Dates.day(deployment.at());
    }
}
