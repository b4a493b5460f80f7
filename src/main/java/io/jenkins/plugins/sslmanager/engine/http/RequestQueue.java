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
 *
 * <p>A build that has had more turns than a re-issue takes gives way across priorities: when two requests in a row have gone
 * out before less urgent ones, its next request waits for a less urgent one of an origin whose last turn is longer ago.
 * Otherwise a rotation would not begin until a step with a hundred certificates has nothing more urgent to send, which is when
 * it has ended. What is asked for the account gives way to nobody, since it serves all builds.
 */
final class RequestQueue {
    private static final int REMEMBERED_ORIGINS = 1_000;
    private static final int MOST_OVERTAKING = 2;
    private static final int TURNS_OF_A_REISSUE = 6;

    private final Map<Priority, OriginTurns> waiting = new EnumMap<>(Priority.class);
    private final Map<Priority, Long> stoppedUntil = new EnumMap<>(Priority.class);
    private final Map<Object, Turns> lastTurns = new LinkedHashMap<>(16, 0.75f, true);
    private long turns;

    /** How many requests in a row have gone out before less urgent ones. */
    private int overtaking;

    private record Turns(int number, long last) {}

    RequestQueue() {
        for (Priority priority : Priority.values()) {
            waiting.put(priority, new OriginTurns());
        }
    }

    void add(PacedRequest request) {
        Turns known = lastTurns.get(request.origin());
        waiting.get(request.priority()).add(request, known == null ? nextTurn(request.origin()) : known.last());
    }

    /** Leaves the origin its turn. */
    void remove(PacedRequest request) {
        waiting.get(request.priority()).remove(request);
    }

    /** Removes the request that goes out, and puts its origin behind the others. */
    void take(PacedRequest request) {
        remove(request);
        overtaking = overtakes(request) ? overtaking + 1 : 0;
        long turn = nextTurn(request.origin());
        waiting.values().forEach(turns -> turns.moveBehind(request.origin(), turn));
    }

    private boolean overtakes(PacedRequest request) {
        return waiting.entrySet().stream()
                .anyMatch(others -> others.getKey().compareTo(request.priority()) > 0
                        && others.getValue().first() != null);
    }

    /** Forgets the origin that was there longest ago, so that those of builds long gone do not pile up. */
    private long nextTurn(Object origin) {
        lastTurns.merge(origin, new Turns(0, ++turns), (before, next) -> new Turns(before.number() + 1, next.last()));
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

    /** @return of the requests that may go out soonest the one whose turn it is; null if none waits */
    @CheckForNull
    PacedRequest next(long now) {
        PacedRequest next = null;
        for (OriginTurns turns : waiting.values()) {
            PacedRequest first = turns.first();
            if (first != null && (next == null || goesBefore(first, next, now))) {
                next = first;
            }
        }
        return next;
    }

    private boolean goesBefore(PacedRequest lessUrgent, PacedRequest other, long now) {
        int soonest = Long.compare(stoppedFor(lessUrgent.priority(), now), stoppedFor(other.priority(), now));
        return soonest < 0
                || soonest == 0
                        && overtaking >= MOST_OVERTAKING
                        && givesWay(other.origin())
                        && lastTurn(lessUrgent) < lastTurn(other);
    }

    private boolean givesWay(Object origin) {
        Turns had = lastTurns.get(origin);
        return had != null && had.number() > TURNS_OF_A_REISSUE && !(origin instanceof ServiceAccount);
    }

    private long lastTurn(PacedRequest first) {
        return waiting.get(first.priority()).firstTurn();
    }
}
