package io.jenkins.plugins.sslmanager.engine.async;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Asynchronous work in rounds, one after the other. A round that begins the next one by itself makes a chain of futures, each of
 * which is kept until the last is done; here a wait of weeks holds no more than one of seconds.
 *
 * @param <T> the result
 */
public final class Repeat<T> {

    private final Supplier<CompletableFuture<Optional<T>>> round;
    private final CompletableFuture<T> end = new CompletableFuture<>();

    private Repeat(Supplier<CompletableFuture<Optional<T>>> round) {
        this.round = round;
    }

    /**
     * @param round gives the result, or nothing if another round is needed; begun on the thread that has ended the one before
     * @return fails as the first round that fails. Cancelling it has no round begin after the present one
     */
    public static <T> CompletableFuture<T> until(Supplier<CompletableFuture<Optional<T>>> round) {
        Repeat<T> repeat = new Repeat<>(round);
        repeat.goOn();
        return repeat.end;
    }

    /** Rounds that are done at once are a loop, so that they do not fill the stack. */
    private void goOn() {
        while (!end.isDone()) {
            CompletableFuture<Optional<T>> next;
            try {
                next = round.get();
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
                return;
            }
            if (!next.isDone()) {
                next.whenComplete(this::overLater);
                return;
            }
            next.whenComplete(this::over);
        }
    }

    private void overLater(@CheckForNull Optional<T> result, @CheckForNull Throwable failure) {
        over(result, failure);
        goOn();
    }

    private void over(@CheckForNull Optional<T> result, @CheckForNull Throwable failure) {
        if (failure != null) {
            end.completeExceptionally(Failures.cause(failure));
        } else if (result != null) {
            result.ifPresent(end::complete);
        }
    }
}
