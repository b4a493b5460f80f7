package io.jenkins.plugins.sslmanager.engine.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Work in rounds, as many as it takes. */
class RepeatTest {

    private final VirtualTime time = new VirtualTime();
    private int rounds;

    private CompletableFuture<Optional<String>> round(CompletableFuture<?> work, int last) {
        rounds++;
        return work.thenApply(done -> rounds < last ? Optional.empty() : Optional.of("done"));
    }

    @Test
    void aMillionRoundsThatAreDoneAtOnceDoNotFillTheStack() {
        CompletableFuture<String> end = Repeat.until(() -> round(CompletableFuture.completedFuture(null), 1_000_000));

        assertEquals("done", end.join());
        assertEquals(1_000_000, rounds);
    }

    @Test
    void nothingIsKeptOfRoundsThatAreOver() {
        List<WeakReference<?>> begun = new ArrayList<>();
        CompletableFuture<String> end = Repeat.until(() -> {
            CompletableFuture<Optional<String>> round = round(time.pause(Duration.ofMinutes(1)), 20_000);
            begun.add(new WeakReference<>(round));
            return round;
        });
        while (rounds < 10_000) {
            time.next();
        }

        List<WeakReference<?>> over = begun.subList(0, 9_000);
        for (int tries = 0; over.stream().anyMatch(each -> each.get() != null) && tries < 20; tries++) {
            System.gc();
        }

        assertTrue(over.stream().allMatch(each -> each.get() == null));
        assertTrue(!end.isDone());
    }

    @Test
    void itFailsAsTheRoundThatFails() {
        IllegalStateException failure = new IllegalStateException("no");

        CompletableFuture<String> end = Repeat.until(() -> round(
                time.pause(Duration.ofMinutes(1)).thenRun(() -> {
                    throw failure;
                }),
                9));
        time.next();

        assertSame(failure, assertThrows(CompletionException.class, end::join).getCause());
        assertEquals(1, rounds);
    }

    @Test
    void itFailsAsTheRoundThatCannotBegin() {
        CompletableFuture<String> end = Repeat.until(() -> {
            throw new IllegalStateException("no");
        });

        assertEquals(
                "no",
                assertThrows(CompletionException.class, end::join).getCause().getMessage());
    }

    @Test
    void noRoundBeginsOnceItIsCancelled() {
        CompletableFuture<String> end = Repeat.until(() -> round(time.pause(Duration.ofMinutes(1)), 9));
        end.cancel(true);

        assertTrue(time.next());

        assertEquals(1, rounds);
    }
}
