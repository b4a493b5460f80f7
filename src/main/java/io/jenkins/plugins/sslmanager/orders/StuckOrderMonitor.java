package io.jenkins.plugins.sslmanager.orders;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tells an administrator of open orders that are older than any should be, or that no job goes on with. */
@Extension
public final class StuckOrderMonitor extends AdministrativeMonitor {

    /** Tests are less patient. */
    static Duration patience = Duration.ofDays(3);

    @Override
    public String getDisplayName() {
        return Messages.StuckOrderMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getOrders().isEmpty();
    }

    /** Oldest first. */
    public List<OrderRow> getOrders() {
        Instant latest = Instant.now().minus(patience);
        return BookState.open().stream()
                .filter(order -> isStuck(order, latest))
                .map(OrderRow::new)
                .toList();
    }

    private static boolean isStuck(Order order, Instant latest) {
        return order.owner().job() == null || order.created().isBefore(latest);
    }

    public long getDays() {
        return patience.toDays();
    }
}
