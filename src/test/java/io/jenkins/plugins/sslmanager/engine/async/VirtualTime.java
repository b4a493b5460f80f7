package io.jenkins.plugins.sslmanager.engine.async;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** Time that jumps from one event to the next, on one thread. Events of the same instant happen in the order they were set. */
public final class VirtualTime implements Pauses {

    public static final Instant START = Instant.parse("2026-11-24T09:00:00Z");

    private record Event(Instant at, long number, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
    private Instant now = START;
    private long number;

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public CompletableFuture<Void> pause(Duration duration) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        after(duration, () -> over.complete(null));
        return over;
    }

    public Duration elapsed() {
        return Duration.between(START, now);
    }

    public void after(Duration delay, Runnable what) {
        events.add(new Event(now.plus(delay), number++, what));
    }

    /** @return false if nothing is left to happen */
    public boolean next() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        now = event.at();
        event.what().run();
        return true;
    }
}
