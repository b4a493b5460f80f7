package io.jenkins.plugins.sslmanager.engine.async;

import java.util.concurrent.CompletableFuture;

/** Lets whoever cancels a future also end the request behind it, which {@link CompletableFuture} does not do by itself. */
public final class Cancellation {

    private Cancellation() {}

    /**
     * Cancels {@code source} when {@code derived} is cancelled.
     *
     * @return {@code derived}
     */
    public static <T> CompletableFuture<T> passOn(CompletableFuture<?> source, CompletableFuture<T> derived) {
        derived.whenComplete((result, failure) -> {
            if (derived.isCancelled()) {
                source.cancel(true);
            }
        });
        return derived;
    }
}
