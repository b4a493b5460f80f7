package io.jenkins.plugins.sslmanager.engine.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Is told of each record of the order book when it is on the disk. Must return soon, and throw nothing. */
@FunctionalInterface
public interface OrderListener {

    /** @param before the order's record until now; null for a new order */
    void written(@CheckForNull Order before, Order now);
}
