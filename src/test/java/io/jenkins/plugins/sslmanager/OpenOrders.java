package io.jenkins.plugins.sslmanager;

import hudson.model.Job;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.security.PrivateKey;
import java.util.List;

/** What the order book of the Jenkins under test has. */
public final class OpenOrders {

    private OpenOrders() {}

    /** Of a job. */
    public static List<Order> of(Job<?, ?> job) {
        return Orders.get().book().openOrders().stream()
                .filter(order -> job.getFullName().equals(order.owner().job()))
                .toList();
    }

    /** The key of the only open order of a job. */
    public static PrivateKey key(Job<?, ?> job) {
        return Orders.get().book().key(of(job).get(0));
    }
}
