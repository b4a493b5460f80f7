package io.jenkins.plugins.sslmanager.engine.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs what is due in the thread of the test, and skips the time between. Begins right before {@code nanoTime} overflows. */
final class VirtualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(20);

    private final Queue<Timer<?>> timers = new PriorityQueue<>(
            Comparator.<Timer<?>>comparingLong(timer -> timer.due).thenComparing(timer -> timer.id));
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

    /** Since the beginning. */
    Duration now() {
        return Duration.ofNanos(elapsed);
    }

    void in(Duration delay, Runnable task) {
        schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    void runFor(Duration duration) {
        long end = elapsed + duration.toNanos();
        while (!timers.isEmpty() && timers.element().due <= end) {
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

    private void runNext() {
        Timer<?> next = timers.remove();
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
