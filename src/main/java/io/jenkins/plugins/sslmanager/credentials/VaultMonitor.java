package io.jenkins.plugins.sslmanager.credentials;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import java.util.List;

/** Tells an administrator that the vault is damaged, or that orders wait for a confirmation. */
@Extension
public final class VaultMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.VaultMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getTroubles().isEmpty() || getHeldBack() > 0;
    }

    public List<String> getTroubles() {
        return VaultTrouble.now();
    }

    /** How many certificates are not ordered for want of their keys before an administrator confirms it. */
    public int getHeldBack() {
        try {
            return CertificateVault.get().wanted().heldBack().size();
        } catch (ExpectedFailure e) {
            return 0;
        }
    }
}
