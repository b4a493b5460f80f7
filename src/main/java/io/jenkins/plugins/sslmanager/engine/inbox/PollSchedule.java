package io.jenkins.plugins.sslmanager.engine.inbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** When the queue is looked at: one look at a time, each ordering the next when it ends, so that no thread is held. */
final class PollSchedule {

    /** All time limits of requests are shorter. */
    private static final Duration LONGEST_LOOK = Duration.ofHours(1);

    private final Pauses pauses;
    private final Duration firstPause;
    private final Duration longestPause;
    private final Runnable look;

    private CompletableFuture<?> next = CompletableFuture.completedFuture(null);
    private Instant due = Instant.MIN;
    private Duration pause;
    private boolean running;
    private boolean woken;
    private boolean closed;

    @CheckForNull
    private Instant lookingSince;

    /** @param look ends by calling {@link #goOn} or {@link #rest}, on whatever thread, now or later */
    PollSchedule(Pauses pauses, InboxSettings settings, Runnable look) {
        this.pauses = pauses;
        firstPause = settings.firstPause();
        longestPause = settings.longestPause();
        this.look = look;
        pause = firstPause;
    }

    /** Has the next look be made at once, and the following ones soon. */
    void wake() {
        wake(Duration.ZERO);
    }

    /**
     * Has the next look be made after the first pause at the latest, and the following ones soon. So many who begin to wait cost
     * no more looks than one.
     */
    void soon() {
        wake(firstPause);
    }

    private void wake(Duration atMost) {
        CompletableFuture<?> earlier;
        synchronized (this) {
            pause = firstPause;
            woken = true;
            boolean isEarlyEnough = running && !due.isAfter(pauses.instant().plus(atMost));
            if (closed || isEarlyEnough || running && !next.cancel(false)) {
                return;
            }
            running = true;
            earlier = order(atMost);
        }
        earlier.thenRun(this::begin);
    }

    /** Has the pauses grow from the first one again. */
    synchronized void beginAnew() {
        pause = firstPause;
    }

    /** Has a look be made if the last one has never ended. */
    void revive() {
        synchronized (this) {
            if (lookingSince == null || pauses.instant().isBefore(lookingSince.plus(LONGEST_LOOK))) {
                return;
            }
            lookingSince = null;
        }
        goOnAtOnce();
    }

    /** The next look is made now. */
    void goOnAtOnce() {
        order(Duration.ZERO).thenRun(this::begin);
    }

    /** The next look is made after a pause, which grows from one to the next, or earlier. */
    void goOn(Duration atMost) {
        CompletableFuture<?> later;
        synchronized (this) {
            later = order(shorter(pause, atMost));
            pause = shorter(pause.multipliedBy(3).dividedBy(2), longestPause);
        }
        later.thenRun(this::begin);
    }

    /** There is no next look until somebody wakes this, if he has not done so since the last one began. */
    void rest() {
        synchronized (this) {
            running = woken;
            lookingSince = null;
            if (!running) {
                return;
            }
        }
        goOnAtOnce();
    }

    synchronized void close() {
        closed = true;
        next.cancel(false);
    }

    private void begin() {
        synchronized (this) {
            woken = false;
            lookingSince = pauses.instant();
        }
        look.run();
    }

    /** The pause may be over at once, so what comes after it must not be handed on under the lock. */
    private synchronized CompletableFuture<?> order(Duration delay) {
        lookingSince = null;
        due = pauses.instant().plus(delay);
        next = closed ? new CompletableFuture<>() : pauses.pause(delay);
        return next;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
