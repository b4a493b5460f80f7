package io.jenkins.plugins.sslmanager.orders;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
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

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        moved(oldFullName, job -> newFullName + job.substring(oldFullName.length()));
    }

    @Override
    public void onDeleted(Item item) {
        moved(item.getFullName(), job -> null);
    }

    private static void moved(String item, UnaryOperator<String> next) {
        try {
            Orders.get().book().jobsMoved(job -> job.equals(item) || job.startsWith(item + "/"), next);
        } catch (ExpectedFailure e) {
            LOGGER.log(Level.WARNING, "The orders of " + item + " could not follow it", e);
        }
    }
}
