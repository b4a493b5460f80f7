package io.jenkins.plugins.sslmanager.engine.async;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Time that passes only in pauses, and there at once. */
public final class ImmediateTime implements Pauses {

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private volatile Instant now = Instant.parse("2026-11-24T09:00:00Z");
    private volatile Consumer<Integer> eachPause = number -> {};

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public CompletableFuture<Void> pause(Duration duration) {
        pauses.add(duration);
        now = now.plus(duration);
        eachPause.accept(pauses.size());
        return CompletableFuture.completedFuture(null);
    }

    /** What happens at the end of each pause, which are numbered from 1. */
    public void atEachPause(Consumer<Integer> action) {
        eachPause = action;
    }

    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}
