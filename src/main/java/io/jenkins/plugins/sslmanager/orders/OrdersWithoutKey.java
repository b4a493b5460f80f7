package io.jenkins.plugins.sslmanager.orders;

import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderInspection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Orders of CSRs that were brought along. No build has to come back for their certificates, so Jenkins itself looks, once an
 * hour, whether they have come to their end.
 */
final class OrdersWithoutKey {

    private static final Logger LOGGER = Logger.getLogger(OrdersWithoutKey.class.getName());

    private OrdersWithoutKey() {}

    /** One after the other; done when all have been looked at, and never fails. */
    static CompletableFuture<Void> inspect(OrderBook book) {
        List<Order> orders = book.openOrders().stream()
                .filter(order -> !order.hasKey()
                        && order.holder() == null
                        && order.stage().mayBeAtService())
                .toList();
        CompletableFuture<Void> looks = CompletableFuture.completedFuture(null);
        for (Order order : orders) {
            looks = looks.thenCompose(before -> inspect(book, order)).exceptionally(failure -> {
                LOGGER.log(
                        Level.WARNING,
                        () -> "Cannot find out what became of " + order + ": "
                                + Failures.cause(failure).getMessage());
                return null;
            });
        }
        return looks;
    }

    private static CompletableFuture<Void> inspect(OrderBook book, Order order) {
        AccountAccess access = AccountAccess.ofAdministrator(order.account());
        if (!access.system().equals(order.certificate().system())) {
            // The account leads somewhere else by now.
            return CompletableFuture.completedFuture(null);
        }
        return new OrderInspection(access.api().patient(), book).of(order).thenAccept(now -> {
            if (!now.stage().isOpen()) {
                LOGGER.log(Level.INFO, () -> "Found ended: " + now);
            }
        });
    }
}
