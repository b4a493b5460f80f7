package io.jenkins.plugins.sslmanager.orders;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Orders follow their job when it moves. Those of a deleted job belong to nobody until an administrator hands them over: a new
 * job of the same name does not get their keys.
 */
@Extension
public final class OrderOwnership extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(OrderOwnership.class.getName());

    /** There may be thousands of orders that have ended, and nobody shall wait for them. In the order of the moves. */
    final ThreadPoolExecutor ended = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            new NamingThreadFactory(new DaemonThreadFactory(), "SSL Manager orders of moved jobs"));

    public OrderOwnership() {
        ended.allowCoreThreadTimeOut(true);
    }

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        moved(oldFullName, job -> newFullName + job.substring(oldFullName.length()));
    }

    @Override
    public void onDeleted(Item item) {
        moved(item.getFullName(), job -> null);
    }

    private void moved(String item, UnaryOperator<String> next) {
        OrderBook book = Orders.get().book();
        Predicate<String> which = job -> job.equals(item) || job.startsWith(item + "/");
        follow(item, () -> book.jobsMoved(which, next));
        ended.execute(() -> follow(item, () -> book.ended().jobsMoved(which, next)));
    }

    private static void follow(String item, Runnable orders) {
        try {
            orders.run();
        } catch (ExpectedFailure e) {
            LOGGER.log(Level.WARNING, "The orders of " + item + " could not follow it", e);
        }
    }
}
