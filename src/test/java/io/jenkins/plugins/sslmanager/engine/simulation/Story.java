package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last events of a schedule, and the first rule that was broken. */
final class Story {

    private static final int KEPT = 200;

    private final VirtualTime time;
    private final Deque<String> events = new ArrayDeque<>();
    private String violation;

    Story(VirtualTime time) {
        this.time = time;
    }

    void tell(String who, String what) {
        if (events.size() == KEPT) {
            events.removeFirst();
        }
        Duration elapsed = time.elapsed();
        events.addLast("%4d:%02d:%02d.%03d  %-6s %s"
                .formatted(
                        elapsed.toHours(),
                        elapsed.toMinutesPart(),
                        elapsed.toSecondsPart(),
                        elapsed.toMillisPart(),
                        who,
                        what));
    }

    void violated(String rule) {
        if (violation == null) {
            violation = rule;
            tell("!", rule);
        }
    }

    Optional<String> violation() {
        return Optional.ofNullable(violation);
    }

    List<String> lastEvents() {
        return List.copyOf(events);
    }
}
