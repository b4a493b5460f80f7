package io.jenkins.plugins.sslmanager.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What keeps the order book, or a part of it, from being used. Pages of Jenkins that are about something else must not fail
 * where it cannot be read at all.
 *
 * @param damaged the names of the records that were put aside
 * @param trouble why nothing can be ordered; null if something can
 */
record BookState(List<String> damaged, @CheckForNull String trouble) {

    static BookState now() {
        try {
            OrderBook book = Orders.get().book();
            return new BookState(book.damaged(), book.sealingTrouble().orElse(null));
        } catch (UncheckedIOException | ExpectedFailure e) {
            return new BookState(List.of(), e.getMessage());
        }
    }

    /** The open orders; none if the book cannot be read. */
    static List<Order> open() {
        try {
            return Orders.get().book().openOrders();
        } catch (UncheckedIOException e) {
            return List.of();
        }
    }
}
