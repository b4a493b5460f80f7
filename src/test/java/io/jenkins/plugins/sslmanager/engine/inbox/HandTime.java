package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Time that passes when a test says so; what waits for it goes on at its own moment, on the test's thread. */
public final class HandTime implements Pauses {

    private record Pause(Instant end, long number, CompletableFuture<Void> over) {}

    private final Queue<Pause> pauses =
            new PriorityQueue<>(Comparator.comparing(Pause::end).thenComparing(Pause::number));
    private Instant now = Instant.parse("2026-11-24T09:00:00Z");
    private long number;

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public CompletableFuture<Void> pause(Duration duration) {
        Pause pause = new Pause(now.plus(duration), number++, new CompletableFuture<>());
        pauses.add(pause);
        return pause.over();
    }

    public void pass(Duration duration) {
        Instant until = now.plus(duration);
        for (Optional<Pause> next = next();
                next.filter(pause -> !pause.end().isAfter(until)).isPresent();
                next = next()) {
            pauses.remove();
            now = next.get().end();
            next.get().over().complete(null);
        }
        now = until;
    }

    /** Lets everything happen that is due. */
    void settle() {
        pass(Duration.ZERO);
    }

    /** How long until something happens next; empty if nothing will. */
    Optional<Duration> untilNext() {
        return next().map(pause -> Duration.between(now, pause.end()));
    }

    private Optional<Pause> next() {
        while (!pauses.isEmpty() && pauses.peek().over().isDone()) {
            pauses.remove();
        }
        return Optional.ofNullable(pauses.peek());
    }
}
