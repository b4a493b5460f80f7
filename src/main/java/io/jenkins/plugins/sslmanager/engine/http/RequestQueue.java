package io.jenkins.plugins.sslmanager.engine.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Requests in the order in which they go out: by priority, and within one by turns of their origins. The origin whose last
 * turn is longest ago comes first. That one has had nothing to send for a moment costs it no turn, since it may be just
 * reading an answer; a new one comes last. So a request waits for one of each other origin at the most, and one that sends
 * its requests one by one does not wait twice beside one that has a hundred.
 */
final class RequestQueue {
    private static final int REMEMBERED_ORIGINS = 1_000;

    private final Map<Priority, OriginTurns> waiting = new EnumMap<>(Priority.class);
    private final Map<Priority, Long> stoppedUntil = new EnumMap<>(Priority.class);
    private final Map<Object, Long> lastTurns = new LinkedHashMap<>(16, 0.75f, true);
    private long turns;

    RequestQueue() {
        for (Priority priority : Priority.values()) {
            waiting.put(priority, new OriginTurns());
        }
    }

    void add(PacedRequest request) {
        Long lastTurn = lastTurns.get(request.origin());
        waiting.get(request.priority()).add(request, lastTurn == null ? nextTurn(request.origin()) : lastTurn);
    }

    /** Leaves the origin its turn. */
    void remove(PacedRequest request) {
        waiting.get(request.priority()).remove(request);
    }

    /** Removes the request that goes out, and puts its origin behind the others. */
    void take(PacedRequest request) {
        remove(request);
        waiting.get(request.priority()).moveBehind(request.origin(), nextTurn(request.origin()));
    }

    /** Forgets the origin that was there longest ago, so that those of builds long gone do not pile up. */
    private long nextTurn(Object origin) {
        lastTurns.put(origin, ++turns);
        if (lastTurns.size() > REMEMBERED_ORIGINS) {
            lastTurns.remove(lastTurns.keySet().iterator().next());
        }
        return turns;
    }

    /** Stops a priority and all that are less urgent: they must not go out instead of what was told to wait. */
    void stop(Priority first, long now, long nanos) {
        for (Priority priority : Priority.values()) {
            if (priority.compareTo(first) >= 0 && nanos > stoppedFor(priority, now)) {
                stoppedUntil.put(priority, now + nanos);
            }
        }
    }

    /** @return nanoseconds, zero for a priority that is not stopped */
    long stoppedFor(Priority priority, long now) {
        Long until = stoppedUntil.get(priority);
        if (until == null) {
            return 0;
        }
        if (until - now <= 0) {
            stoppedUntil.remove(priority);
            return 0;
        }
        return until - now;
    }

    /** @return the request that may go out soonest, and of several the most urgent; null if none waits */
    @CheckForNull
    PacedRequest next(long now) {
        PacedRequest next = null;
        for (OriginTurns turns : waiting.values()) {
            PacedRequest first = turns.first();
            if (first != null
                    && (next == null || stoppedFor(first.priority(), now) < stoppedFor(next.priority(), now))) {
                next = first;
            }
        }
        return next;
    }
}
