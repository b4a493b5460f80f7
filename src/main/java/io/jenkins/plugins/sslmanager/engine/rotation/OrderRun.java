package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.async.UnderWay;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What works on an order needs.
 *
 * @param api with the credentials of the moment
 * @param disk for what blocks: the order book and the delivery
 * @param lines a line for whoever watches the build
 * @param underWay ending it ends the request or pause under way, and no other begins
 * @param identity tells which job is an order's
 */
record OrderRun(
        SslManagerApi api,
        OrderBook book,
        Pauses pauses,
        Executor disk,
        Consumer<String> lines,
        UnderWay underWay,
        JobIdentity identity) {

    void log(String line) {
        lines.accept(line);
    }

    /** The next record of an order; what it announces may follow when the future is done. */
    CompletableFuture<Order> advance(Order before, UnaryOperator<Order> change) {
        return underWay.begin(() -> CompletableFuture.supplyAsync(() -> book.advance(before, change), disk));
    }
}
