package io.jenkins.plugins.sslmanager.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import java.util.List;

/** Tells an administrator that the order book is damaged, so that certificates are not ordered. */
@Extension
public final class OrderBookMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.OrderBookMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        BookState now = BookState.now();
        return now.trouble() != null || !now.damaged().isEmpty();
    }

    /** The names of the records that were put aside. */
    public List<String> getDamaged() {
        return BookState.now().damaged();
    }

    /** Tells why nothing can be ordered; null if something can. */
    @CheckForNull
    public String getTrouble() {
        return BookState.now().trouble();
    }
}
