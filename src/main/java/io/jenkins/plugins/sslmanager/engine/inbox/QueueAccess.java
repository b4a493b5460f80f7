package io.jenkins.plugins.sslmanager.engine.inbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import java.util.Optional;
import java.util.function.Supplier;

/** With whose API the queue is read: that of whoever waits, or else the account's own, or else that of who waited last. */
final class QueueAccess {

    /** How many looks a message gets to come that was already known to be on its way. */
    private static final int LINGER = 5;

    private final Waits waits;
    private int lingering;

    @CheckForNull
    private Supplier<SslManagerApi> standing;

    @CheckForNull
    private SslManagerApi last;

    QueueAccess(Waits waits) {
        this.waits = waits;
    }

    /** @param standing reads also while nobody waits; null for none */
    synchronized void stand(@CheckForNull Supplier<SslManagerApi> standing) {
        this.standing = standing;
    }

    /** @return whether the queue can be read though this wait is over */
    boolean readAlsoWithout(Wait over) {
        try {
            remember(over.api());
            return true;
        } catch (RuntimeException e) {
            // It has what it waited for. Whoever waits next has an API that works.
            return false;
        }
    }

    private synchronized void remember(SslManagerApi api) {
        last = api;
        lingering = LINGER;
    }

    synchronized void forgetLast() {
        last = null;
    }

    /**
     * Waits that cannot give their API end here.
     *
     * @param unsettled whether a message of ours is at the head of the queue, though nobody waits for it any more
     * @param owed whether one is still to come, for which a few looks more are made
     */
    Optional<SslManagerApi> next(boolean unsettled, boolean owed) {
        for (Wait wait : waits.all()) {
            try {
                SslManagerApi api = wait.api();
                remember(api);
                return Optional.of(api);
            } catch (RuntimeException e) {
                // The build's trouble alone: its credentials are gone, or it is.
                wait.ended().completeExceptionally(e);
            }
        }
        Supplier<SslManagerApi> always;
        synchronized (this) {
            always = standing;
            if (always == null) {
                last = unsettled || owed && lingering-- > 0 ? last : null;
                return Optional.ofNullable(last);
            }
        }
        return Optional.of(always.get());
    }
}
