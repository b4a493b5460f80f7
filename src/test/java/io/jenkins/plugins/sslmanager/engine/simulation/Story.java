package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The last events of a schedule, and the first rule that was broken. */
final class Story {

    private static final int KEPT = Integer.getInteger("kept", 200);

    /** What is random whatever the seed: ids of orders and what proves control. */
    private static final Pattern RANDOM = Pattern.compile("[0-9a-z]{40,}|[0-9a-f]{24}");

    private final VirtualTime time;

    private record Event(Duration elapsed, String who, String what) {

        @Override
        public String toString() {
            return "%4d:%02d:%02d.%03d  %-6s %s"
                    .formatted(
                            elapsed.toHours(),
                            elapsed.toMinutesPart(),
                            elapsed.toSecondsPart(),
                            elapsed.toMillisPart(),
                            who,
                            what);
        }
    }

    private final Deque<Event> events = new ArrayDeque<>();
    private final Map<String, String> ids = new HashMap<>();
    private String violation;

    Story(VirtualTime time) {
        this.time = time;
    }

    void tell(String who, String what) {
        if (events.size() == KEPT) {
            events.removeFirst();
        }
        events.addLast(new Event(time.elapsed(), who, what));
    }

    void violated(String rule) {
        if (violation == null) {
            violation = rule;
            tell("!", rule);
        }
    }

    Optional<String> violation() {
        return Optional.ofNullable(violation).map(this::told);
    }

    List<String> lastEvents() {
        return events.stream().map(Event::toString).map(this::told).toList();
    }

    /** The same in each run of the same seed. */
    private String told(String line) {
        return RANDOM.matcher(line).replaceAll(id -> ids.computeIfAbsent(id.group(), first -> "no" + (ids.size() + 1)));
    }
}
