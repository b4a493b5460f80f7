package io.jenkins.plugins.sslmanager.engine.http;

import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs what is due in the thread of the test, and skips the time between. Begins right before {@code nanoTime} overflows. */
public final class VirtualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private static final Duration LONGEST = Duration.ofDays(10_000);
    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(20);

    private final NavigableSet<Timer<?>> timers =
            new TreeSet<>(Comparator.<Timer<?>>comparingLong(timer -> timer.due).thenComparing(timer -> timer.id));
    private long elapsed;
    private long ids;
    private boolean closed;

    private final class Timer<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long due;
        private final long id = ids++;

        Timer(Callable<V> task, long due) {
            super(task);
            this.due = due;
        }

        @Override
        protected void done() {
            if (isCancelled()) {
                timers.remove(this);
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - elapsed, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    long nanoTime() {
        return START + elapsed;
    }

    /** Pauses in this time, which begins at {@link VirtualTime#START}. */
    public Pauses pauses() {
        return new Pauses() {
            @Override
            public Instant instant() {
                return VirtualTime.START.plusNanos(elapsed);
            }

            @Override
            public CompletableFuture<Void> pause(Duration duration) {
                CompletableFuture<Void> over = new CompletableFuture<>();
                long nanos = duration.compareTo(LONGEST) < 0 ? duration.toNanos() : LONGEST.toNanos();
                Runnable end = () -> over.complete(null);
                ScheduledFuture<?> timer = schedule(end, nanos, TimeUnit.NANOSECONDS);
                // Not by an interrupt: the thread is the test's own.
                over.whenComplete((done, failure) -> timer.cancel(false));
                return over;
            }
        };
    }

    /** Since the beginning. */
    public Duration now() {
        return Duration.ofNanos(elapsed);
    }

    public void in(Duration delay, Runnable task) {
        schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    public void runFor(Duration duration) {
        long end = elapsed + duration.toNanos();
        while (!timers.isEmpty() && timers.first().due <= end) {
            runNext();
        }
        elapsed = end;
    }

    void runAll() {
        while (!timers.isEmpty()) {
            runNext();
        }
    }

    boolean isIdle() {
        return timers.isEmpty();
    }

    /**
     * Skips to what is due next, and does it.
     *
     * @throws NoSuchElementException if nothing is left to happen
     */
    public void runNext() {
        Timer<?> next = timers.first();
        timers.remove(next);
        elapsed = Math.max(elapsed, next.due);
        next.run();
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        Timer<V> timer = new Timer<>(task, elapsed + Math.max(0, unit.toNanos(delay)));
        timers.add(timer);
        return timer;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return schedule(Executors.callable(task), delay, unit);
    }

    @Override
    public void execute(Runnable task) {
        schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        closed = true;
        timers.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public boolean isTerminated() {
        return closed;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return closed;
    }
}
