package io.jenkins.plugins.sslmanager.credentials;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.vault.Vault;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.SystemProperties;

/** Deletes the keys of versions that have ended, once a day. */
@Extension
public final class VaultCleaning extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(VaultCleaning.class.getName());

    public VaultCleaning() {
        super("SSL Manager: keys of ended certificates");
    }

    @Override
    public long getRecurrencePeriod() {
        return DAY;
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINEST;
    }

    /** The setting counts in days. */
    static Duration kept() {
        return Duration.ofDays(Math.max(
                0,
                SystemProperties.getLong(
                        "io.jenkins.plugins.sslmanager.credentials.keptDays", Vault.ENDED_KEYS_KEPT.toDays())));
    }

    @Override
    protected void execute(TaskListener listener) {
        try {
            CertificateVault.get().vault().clean(kept());
        } catch (ExpectedFailure e) {
            LOGGER.log(Level.WARNING, e::getMessage);
        }
    }
}
