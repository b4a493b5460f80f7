package io.jenkins.plugins.sslmanager.engine.vault;

import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;

/**
 * Which keys a controller has probably lost, such as by a restore, before their jobs come to ask for them.
 *
 * @param book whose ended orders tell what was delivered
 */
record LostKeys(Vault vault, OrderBook book) {

    private static final int MOST_ORDERS = 1000;

    /** Notes the certificates that were delivered with a key made here, and of which the vault has nothing. */
    void noteLost(WantedKeys wanted) {
        for (Order order : book.ended().latest(MOST_ORDERS)) {
            String job = order.owner().job();
            if (order.stage() == Stage.DELIVERED
                    && order.request().keyMadeHere()
                    && job != null
                    && vault.intact(order.certificate()).isEmpty()) {
                wanted.add(book.current(order.certificate()), order.certificateName(), job);
            }
        }
    }

    /**
     * Notes the certificates of which the vault's newest is due. Rotations see to it that there are hardly any; there are many
     * where the vault is from an old backup. What was given up, or has ended long ago, is in use nowhere.
     */
    void noteOutdated(WantedKeys wanted, Predicate<X509Certificate> isDue) {
        for (VaultEntry entry : vault.entries()) {
            String job = entry.job();
            VaultVersion newest = entry.newest();
            if (job != null
                    && newest.hasKey()
                    && newest.certificate().getNotAfter().toInstant().isAfter(wanted.longAgo())
                    && isDue.test(newest.certificate())) {
                CertificateId number = book.current(entry.certificate());
                wanted.add(number, entry.certificateName(), job);
            }
        }
    }
}
