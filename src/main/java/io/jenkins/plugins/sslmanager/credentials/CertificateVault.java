package io.jenkins.plugins.sslmanager.credentials;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import io.jenkins.plugins.sslmanager.engine.vault.JobVault;
import io.jenkins.plugins.sslmanager.engine.vault.Vault;
import io.jenkins.plugins.sslmanager.engine.vault.WantedKeys;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.logging.Logger;

/**
 * The vault of this controller, in {@code JENKINS_HOME/ssl-manager/orders/vault}: below the order book, whose seal is never made
 * anew as long as there are entries.
 */
@Extension
public final class CertificateVault {

    private static final Logger LOGGER = Logger.getLogger(CertificateVault.class.getName());

    private Vault vault;
    private WantedKeys wanted;

    public static CertificateVault get() {
        return ExtensionList.lookupSingleton(CertificateVault.class);
    }

    /** @throws StorageException if its folder cannot be made or read */
    public Vault vault() {
        open();
        return vault;
    }

    /** @throws StorageException if its folder cannot be made or read */
    public WantedKeys wanted() {
        open();
        return wanted;
    }

    private synchronized void open() {
        if (vault == null) {
            Path orders = Orders.get().folder();
            try {
                wanted = WantedKeys.open(orders.resolveSibling("wanted"), InstantSource.system(), LOGGER::warning);
                vault = Vault.open(
                        orders.resolve("vault"),
                        Orders.get().sealing(),
                        number -> Orders.get().book().current(number),
                        InstantSource.system(),
                        LOGGER::warning);
            } catch (IOException e) {
                throw new StorageException(
                        "The vault in " + orders + " cannot be read, so no certificate is provided from it",
                        "Check the folder's permissions.",
                        e);
            }
        }
    }

    /** The vault as a job sees it, which orders by an account. */
    public JobVault of(Job<?, ?> job, String accountId) {
        return new JobVault(
                vault(),
                wanted(),
                Orders.get().book(),
                accountId,
                job.getFullName(),
                EntryAudience.folderOf(job),
                entry -> EntryAudience.of(entry).isShownTo(job));
    }
}
