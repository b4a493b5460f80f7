package io.jenkins.plugins.sslmanager.credentials;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Entries follow their job when it moves. Those of a deleted job are for administrators alone. */
@Extension
public final class VaultOwnership extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(VaultOwnership.class.getName());

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        moved(oldFullName, job -> newFullName + job.substring(oldFullName.length()));
    }

    @Override
    public void onDeleted(Item item) {
        moved(item.getFullName(), job -> null);
    }

    private static void moved(String item, UnaryOperator<String> next) {
        Predicate<String> which = name -> name.equals(item) || name.startsWith(item + "/");
        try {
            CertificateVault.get().vault().jobsMoved(which, next);
            CertificateVault.get().wanted().jobsMoved(which, next);
        } catch (ExpectedFailure e) {
            LOGGER.log(Level.WARNING, "What the vault has of " + item + " could not follow it", e);
        }
    }
}
