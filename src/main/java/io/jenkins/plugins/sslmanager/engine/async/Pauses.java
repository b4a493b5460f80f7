package io.jenkins.plugins.sslmanager.engine.async;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Time for those who wait without holding a thread. */
public interface Pauses extends InstantSource {

    /** @return done after that time; cancelling it ends the pause */
    CompletableFuture<Void> pause(Duration duration);

    /** What follows a pause runs on the thread that times it, so that must be for this alone. */
    static Pauses on(ScheduledExecutorService executor) {
        return on(executor, Runnable::run);
    }

    /** @param workers run what follows a pause, which may block for a disk, so that the other pauses end in time */
    static Pauses on(ScheduledExecutorService executor, Executor workers) {
        return new Pauses() {
            private final InstantSource clock = Clock.systemUTC();

            @Override
            public Instant instant() {
                return clock.instant();
            }

            @Override
            public CompletableFuture<Void> pause(Duration duration) {
                CompletableFuture<Void> over = new CompletableFuture<>();
                ScheduledFuture<?> timer = executor.schedule(
                        () -> workers.execute(() -> over.complete(null)), duration.toMillis(), TimeUnit.MILLISECONDS);
                return Cancellation.passOn(timer, over);
            }
        };
    }
}
