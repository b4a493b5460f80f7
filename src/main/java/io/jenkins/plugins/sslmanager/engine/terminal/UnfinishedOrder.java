package io.jenkins.plugins.sslmanager.engine.terminal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import java.nio.file.Path;

/** What a run that ended without its certificate has left: an order or none, for people. */
final class UnfinishedOrder {

    private UnfinishedOrder() {}

    /**
     * @param order which the run has begun or gone on with, as it is in the book; null for none
     * @param book its folder
     * @param rehearsal whether the service ends with the run
     */
    static String of(@CheckForNull Order order, Path book, boolean rehearsal) {
        if (order == null) {
            return "Nothing was ordered.";
        }
        String ordered = "Certificate " + order.certificate().number() + " was ordered"
                + (order.jobId() == 0 ? "." : ": job " + order.jobId() + ".");
        return switch (order.stage()) {
            case PREPARED, WITHDRAWN -> "Nothing was ordered.";
            case ORDERING ->
                "It is not certain whether the order for certificate "
                        + order.certificate().number() + " arrived (client transaction ID "
                        + order.request().ctid() + ")." + whatNext(order, book, rehearsal);
            case ORDERED, ISSUED -> ordered + whatNext(order, book, rehearsal);
            case DELIVERED -> ordered + " Its files are written.";
            case FAILED -> order.jobId() == 0 ? "Nothing was ordered." : ordered + " No certificate comes of it.";
            case SUPERSEDED, GIVEN_UP ->
                ordered + " Its key is kept, sealed, for " + OrderBook.KEY_KEPT.toDays() + " days in " + book + ".";
        };
    }

    private static String whatNext(Order order, Path book, boolean rehearsal) {
        if (rehearsal) {
            return " It ends with the sandbox of this rehearsal.";
        }
        return (order.hasKey() ? " Its key is kept, sealed, in the order book " : " It is in the order book ") + book
                + ". Run the same command again: it goes on with this order.";
    }
}
