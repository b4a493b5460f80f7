package io.jenkins.plugins.sslmanager.engine.async;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Time that passes when a test says so. What waits for it goes on at its own moment, on the test's thread. Events of the same
 * instant happen in the order in which they were set. Other threads may read it.
 */
public final class VirtualTime implements Pauses {

    public static final Instant START = Instant.parse("2026-11-24T09:00:00Z");

    private record Event(Instant at, long number, Runnable what, BooleanSupplier isOver) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
    private volatile Instant now = START;
    private long number;

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public CompletableFuture<Void> pause(Duration duration) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        add(duration, () -> over.complete(null), over::isDone);
        return over;
    }

    public Duration elapsed() {
        return Duration.between(START, now);
    }

    public void after(Duration delay, Runnable what) {
        add(delay, what, () -> false);
    }

    private void add(Duration delay, Runnable what, BooleanSupplier isOver) {
        events.add(new Event(now.plus(delay), number++, what, isOver));
    }

    /**
     * Jumps to the next event.
     *
     * @return false if nothing is left to happen
     */
    public boolean next() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        now = event.at();
        event.what().run();
        return true;
    }

    /** Lets that much time pass, and everything happen that is due meanwhile. */
    public void pass(Duration duration) {
        Instant until = now.plus(duration);
        while (!events.isEmpty() && !events.element().at().isAfter(until)) {
            next();
        }
        now = until;
    }

    /** Lets everything happen that is due. */
    public void settle() {
        pass(Duration.ZERO);
    }

    /** How long until something happens next; empty if nothing will. */
    public Optional<Duration> untilNext() {
        events.removeIf(event -> event.isOver().getAsBoolean());
        return Optional.ofNullable(events.peek()).map(event -> Duration.between(now, event.at()));
    }
}
