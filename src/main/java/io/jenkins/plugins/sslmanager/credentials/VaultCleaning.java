package io.jenkins.plugins.sslmanager.credentials;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

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

    @Override
    protected void execute(TaskListener listener) {
        try {
            CertificateVault.get()
                    .vault()
                    .clean(Duration.ofDays(SslManagerConfiguration.get().getEndedKeysKeptDays()));
        } catch (ExpectedFailure e) {
            LOGGER.log(Level.WARNING, e::getMessage);
        }
    }
}
