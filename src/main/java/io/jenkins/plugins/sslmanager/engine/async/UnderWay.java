package io.jenkins.plugins.sslmanager.engine.async;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The request or pause that a chain of them is at. Ending it ends that one, and no other begins. */
public final class UnderWay {

    private volatile CompletableFuture<?> current = CompletableFuture.completedFuture(null);
    private volatile boolean ended;

    /** @return fails with {@link CancellationException}, and nothing begins, once this has ended */
    public <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> next) {
        if (ended) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        CompletableFuture<T> begun = next.get();
        current = begun;
        if (ended) {
            begun.cancel(true);
        }
        return begun;
    }

    /** Has cancelling this future end what is under way. */
    public <T> CompletableFuture<T> endedBy(CompletableFuture<T> whole) {
        whole.whenComplete((result, failure) -> {
            if (whole.isCancelled()) {
                end();
            }
        });
        return whole;
    }

    public void end() {
        ended = true;
        current.cancel(true);
    }
}
