package io.jenkins.plugins.sslmanager.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import java.util.List;
import java.util.function.Function;

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
        } catch (ExpectedFailure e) {
            return new BookState(List.of(), e.getMessage());
        }
    }

    static boolean isReadable() {
        try {
            Orders.get().book();
            return true;
        } catch (ExpectedFailure e) {
            return false;
        }
    }

    /** The open orders; none if the book cannot be opened. */
    static List<Order> open() {
        return ordersOf(OrderBook::openOrders);
    }

    /** Returns the latest orders that have ended; none if the book cannot be opened. */
    static List<Order> ended(int most) {
        return ordersOf(book -> book.ended().latest(most));
    }

    /** The latest orders of a job that have ended; none if the book cannot be opened. */
    static List<Order> ended(String job, int most) {
        return ordersOf(book -> book.ended().latest(job, most));
    }

    private static List<Order> ordersOf(Function<OrderBook, List<Order>> asked) {
        OrderBook book;
        try {
            book = Orders.get().book();
        } catch (ExpectedFailure e) {
            return List.of();
        }
        return asked.apply(book);
    }
}
