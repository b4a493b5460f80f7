package io.jenkins.plugins.sslmanager.account;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import java.util.List;
import java.util.Optional;

/** Tells an administrator of jobs whose account was deleted: their next builds fail. */
@Extension
public final class DeletedAccountMonitor extends AdministrativeMonitor {

    private static final int SHOWN = 10;

    @Override
    public String getDisplayName() {
        return Messages.DeletedAccountMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return AccountUse.jobs(Optional::isEmpty).findAny().isPresent();
    }

    public List<String> getJobs() {
        return AccountUse.jobs(Optional::isEmpty).limit(SHOWN).toList();
    }

    /** Tells how many there are besides. */
    public long getFurther() {
        return Math.max(0, AccountUse.jobs(Optional::isEmpty).count() - SHOWN);
    }
}
