package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerProxy;

/** A page of Manage Jenkins for administrators alone. It is not listed as long as there is no account. */
public abstract class AdministratorPage extends ManagementLink implements StaplerProxy {

    private final String icon;

    protected AdministratorPage(String icon) {
        this.icon = icon;
    }

    @CheckForNull
    @Override
    public final String getIconFileName() {
        return SslManagerConfiguration.get().getAccounts().isEmpty() ? null : icon;
    }

    @NonNull
    @Override
    public final Permission getRequiredPermission() {
        return Jenkins.ADMINISTER;
    }

    @NonNull
    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    /** Whatever is below this address is for administrators. */
    @Override
    public final Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return this;
    }
}
