package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.TimePeriod;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import io.jenkins.plugins.sslmanager.engine.orders.OrderEntry;
import io.jenkins.plugins.sslmanager.engine.orders.OrderReason;
import io.jenkins.plugins.sslmanager.engine.orders.OrderTask;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * An order before it is in the book.
 *
 * @param task what it asks of the service
 * @param existing the certificate as it is
 * @param changes what the order does not take over from it
 */
record NewOrder(
        OrderTask task, Certificate existing, CertificateSigningRequest csr, OrderNames names, OrderChanges changes) {

    /**
     * Checks the names, and tells what a person has to know of them.
     *
     * @throws ReissueException if the CSR is not for this certificate, or a name cannot be ordered
     */
    static NewOrder of(
            OrderTask task,
            Certificate existing,
            CertificateSigningRequest csr,
            OrderChanges changes,
            Consumer<String> log) {
        OrderDraft.requireSameName(existing, csr);
        OrderNames names = OrderNames.of(existing, csr, changes.namesToRemove());
        names.tell(csr, log);
        return new NewOrder(task, existing, csr, names, changes);
    }

    /**
     * Writes it into the book.
     *
     * @param key null where the CSR was brought along
     * @param previousNotAfter when the present certificate ends; null where nobody has looked
     * @throws OrderBookException as {@link OrderBook#begin}
     */
    Order begin(
            RotationContext context,
            CertificateId certificate,
            @CheckForNull PrivateKey key,
            OrderReason reason,
            @CheckForNull Instant previousNotAfter) {
        OrderEntry draft = new OrderEntry(
                certificate,
                existing.name(),
                context.account(),
                csr,
                key,
                existing.serialNumber(),
                isRepeatable(),
                names.all(),
                task,
                billedFor(),
                reason,
                previousNotAfter);
        return context.book().begin(draft, context.ctids(), context.owner(), context.me());
    }

    /** Returns what a renewal is billed for, for people; null for a re-issue. */
    @CheckForNull
    String billedFor() {
        if (task == OrderTask.REISSUE) {
            return null;
        }
        Long months = changes.lifetimeMonths();
        TimePeriod lifetime = existing.lifetime();
        return changes.productFor(existing) + ", "
                + (months != null || lifetime == null ? months + " MONTH" : lifetime.period() + " " + lifetime.unit());
    }

    /** Tells whether it costs nothing more and disturbs nobody if the service gets it twice. */
    private boolean isRepeatable() {
        return task == OrderTask.REISSUE
                && existing.authentication() != null
                && !AuthMethod.EMAIL.equals(existing.authentication().method())
                && !changes.isBilled()
                && names.added().isEmpty();
    }
}
