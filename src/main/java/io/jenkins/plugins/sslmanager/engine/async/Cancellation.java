package io.jenkins.plugins.sslmanager.engine.async;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Ends a chain of requests and pauses: the one under way is cancelled, and no other begins. {@link CompletableFuture} does not
 * do so by itself: who cancels a future that was derived from another leaves that one alone.
 */
public final class Cancellation {

    private volatile Future<?> underWay = CompletableFuture.completedFuture(null);
    private volatile boolean cancelled;

    /**
     * Begins the next request or pause of the chain.
     *
     * @return fails with {@link CancellationException}, and nothing begins, once the chain is cancelled
     */
    public <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> next) {
        if (cancelled) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        CompletableFuture<T> begun = next.get();
        underWay = begun;
        if (cancelled) {
            begun.cancel(true);
        }
        return begun;
    }

    /** From any thread, any number of times. */
    public void cancel() {
        cancelled = true;
        underWay.cancel(true);
    }

    /**
     * Cancels the chain when the future of its result is cancelled.
     *
     * @return {@code result}
     */
    public <T> CompletableFuture<T> cancelledWith(CompletableFuture<T> result) {
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                cancel();
            }
        });
        return result;
    }

    /**
     * The same for a chain of one: cancels a request or pause once nobody needs it, since what was derived from it is done or
     * cancelled.
     *
     * @return {@code derived}
     */
    public static <T> CompletableFuture<T> passOn(Future<?> source, CompletableFuture<T> derived) {
        derived.whenComplete((value, failure) -> source.cancel(true));
        return derived;
    }
}
