package io.jenkins.plugins.sslmanager.engine.terminal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.async.Durations;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.rotation.Rotation;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A rotation that one thread waits for and another may end. */
final class RunningRotation {

    /** What the last look at the job may take beyond the time limit. */
    private static final Duration LAST_LOOK = Duration.ofSeconds(10);

    /** For a write to the disk that has begun. */
    private static final int SECONDS_TO_END = 10;

    private final Rotation rotation;
    private final ExecutorService disk;

    /** @param disk which the rotation writes with; ended with it */
    RunningRotation(Rotation rotation, ExecutorService disk) {
        this.rotation = rotation;
        this.disk = disk;
    }

    /**
     * Waits for the end, and ends it if it takes longer. Nothing happens any more when this returns.
     *
     * @throws TimeoutException if it took longer
     */
    RotationOutcome await(Pauses pauses, Duration limit) throws Exception {
        CompletableFuture<Void> over = pauses.pause(limit.plus(LAST_LOOK));
        over.thenRun(rotation::end);
        try {
            return rotation.run(null).get();
        } catch (CancellationException e) {
            throw timeoutOr(e, over, limit);
        } catch (ExecutionException e) {
            throw timeoutOr(Failures.cause(e.getCause()), over, limit);
        } finally {
            over.cancel(false);
            end();
        }
    }

    private static Exception timeoutOr(@CheckForNull Throwable cause, CompletableFuture<Void> over, Duration limit) {
        if (cause instanceof CancellationException && over.isDone()) {
            return new TimeoutException("The time limit of " + Durations.format(limit) + " was reached.");
        }
        return cause instanceof Exception failure ? failure : new IllegalStateException(cause);
    }

    /** Has nothing more be sent, and what is being written be on the disk. From any thread, any number of times. */
    void end() {
        rotation.end();
        disk.shutdown();
        try {
            disk.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
