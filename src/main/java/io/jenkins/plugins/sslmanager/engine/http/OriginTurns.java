package io.jenkins.plugins.sslmanager.engine.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The waiting requests of one priority, ordered by the last turn of their origins; those of one origin as they came. */
final class OriginTurns {

    private record Line(long lastTurn, Set<PacedRequest> requests) {}

    private final Map<Object, Line> byOrigin = new HashMap<>();
    private final NavigableMap<Long, Line> byLastTurn = new TreeMap<>();

    /** @param lastTurn of the request's origin, unlike that of any other; has no effect if requests of it wait already */
    void add(PacedRequest request, long lastTurn) {
        Line line = byOrigin.get(request.origin());
        if (line == null) {
            line = new Line(lastTurn, new LinkedHashSet<>());
            put(request.origin(), line);
        }
        line.requests().add(request);
    }

    void remove(PacedRequest request) {
        Line line = byOrigin.get(request.origin());
        if (line != null && line.requests().remove(request) && line.requests().isEmpty()) {
            byOrigin.remove(request.origin());
            byLastTurn.remove(line.lastTurn());
        }
    }

    void moveBehind(Object origin, long lastTurn) {
        Line line = byOrigin.remove(origin);
        if (line != null) {
            byLastTurn.remove(line.lastTurn());
            put(origin, new Line(lastTurn, line.requests()));
        }
    }

    @CheckForNull
    PacedRequest first() {
        return byLastTurn.isEmpty()
                ? null
                : byLastTurn.firstEntry().getValue().requests().iterator().next();
    }

    /** The last turn of the origin of the {@link #first} request, which must be there. */
    long firstTurn() {
        return byLastTurn.firstKey();
    }

    private void put(Object origin, Line line) {
        byOrigin.put(origin, line);
        byLastTurn.put(line.lastTurn(), line);
    }
}
