package io.jenkins.plugins.sslmanager.engine.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that jumps from one event to the next, on one thread. Events of the same instant happen in the order they were set. */
final class VirtualTime implements InstantSource {

    static final Instant START = Instant.parse("2026-11-24T09:00:00Z");

    private record Event(Instant at, long number, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
    private Instant now = START;
    private long number;

    @Override
    public Instant instant() {
        return now;
    }

    Duration elapsed() {
        return Duration.between(START, now);
    }

    void after(Duration delay, Runnable what) {
        events.add(new Event(now.plus(delay), number++, what));
    }

    /** @return false if nothing is left to happen */
    boolean next() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        now = event.at();
        event.what().run();
        return true;
    }
}
