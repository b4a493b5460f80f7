package io.jenkins.plugins.sslmanager.engine.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Notes every pause asked for, and either skips it or keeps it. */
final class RecordingScheduler extends ScheduledThreadPoolExecutor {
    private final boolean skipping;
    private final AtomicLong skipped = new AtomicLong();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> firstPause = new CompletableFuture<>();

    private RecordingScheduler(boolean skipping) {
        super(1, task -> {
            Thread thread = new Thread(task, "recording-scheduler");
            thread.setDaemon(true);
            return thread;
        });
        this.skipping = skipping;
        setRemoveOnCancelPolicy(true);
    }

    /** The time with what was skipped of it. */
    long nanoTime() {
        return System.nanoTime() + skipped.get();
    }

    static RecordingScheduler skippingPauses() {
        return new RecordingScheduler(true);
    }

    static RecordingScheduler keepingPauses() {
        return new RecordingScheduler(false);
    }

    List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    /** Completes when a pause has been asked for. */
    CompletableFuture<Void> firstPause() {
        return firstPause;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        skip(delay, unit);
        ScheduledFuture<?> task = super.schedule(command, skipping ? 0 : delay, unit);
        note(delay, unit);
        return task;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        skip(delay, unit);
        ScheduledFuture<V> task = super.schedule(callable, skipping ? 0 : delay, unit);
        note(delay, unit);
        return task;
    }

    private void skip(long delay, TimeUnit unit) {
        if (skipping) {
            skipped.addAndGet(Math.max(0, unit.toNanos(delay)));
        }
    }

    private void note(long delay, TimeUnit unit) {
        if (delay > 0) {
            pauses.add(Duration.of(delay, unit.toChronoUnit()));
            firstPause.complete(null);
        }
    }
}
