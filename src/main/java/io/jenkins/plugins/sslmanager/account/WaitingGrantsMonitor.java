package io.jenkins.plugins.sslmanager.account;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import java.util.List;

/** Tells an administrator of jobs that came where a grant would count for them, and does not before somebody has looked. */
@Extension
public final class WaitingGrantsMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.WaitingGrantsMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getWaiting().isEmpty();
    }

    /** Nobody has to decide on what is not there. */
    public List<GrantsPage.Waiting> getWaiting() {
        return GrantsPage.waiting().stream().filter(GrantsPage.Waiting::isThere).toList();
    }
}
