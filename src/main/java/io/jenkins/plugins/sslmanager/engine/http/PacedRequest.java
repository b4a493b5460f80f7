package io.jenkins.plugins.sslmanager.engine.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One attempt of a call, from its place in the queue until the service counts it no more. Only its {@link RequestPace}
 * changes it, under its lock. Times are those of {@link System#nanoTime}, which may overflow, so only differences of them
 * are compared.
 */
final class PacedRequest {
    /** The service's second, and a millisecond for a service that counts in whole ones. */
    static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(1001);

    static final long UNKNOWN = Long.MAX_VALUE;

    private enum Stage {
        QUEUED,
        CALLED,
        BEGUN,
        ENDED
    }

    private final Priority priority;
    private final Object origin;
    private final int perSecond;
    private final ScheduledExecutorService scheduler;
    private final CompletableFuture<Void> turn = new CompletableFuture<>();
    private Stage stage = Stage.QUEUED;
    private boolean sent;
    private long sentAt;
    private boolean answered;
    private long answeredAt;

    /**
     * @param perSecond how many requests may go out in a second, this one included
     * @param scheduler what the request begins on
     */
    PacedRequest(Priority priority, Object origin, int perSecond, ScheduledExecutorService scheduler) {
        this.priority = priority;
        this.origin = origin;
        this.perSecond = perSecond;
        this.scheduler = scheduler;
    }

    Priority priority() {
        return priority;
    }

    Object origin() {
        return origin;
    }

    int perSecond() {
        return perSecond;
    }

    ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** Completes on the scheduler when the request is to begin. */
    CompletableFuture<Void> turn() {
        return turn;
    }

    void call() {
        stage = Stage.CALLED;
    }

    /** @return false if it was cancelled in the meantime */
    boolean begin() {
        if (stage != Stage.CALLED) {
            return false;
        }
        stage = Stage.BEGUN;
        return true;
    }

    /** The last time counts: a client may send a request again over another connection. */
    void sent(long now) {
        if (stage == Stage.BEGUN) {
            sent = true;
            sentAt = now;
        }
    }

    void answered(long now) {
        if (stage == Stage.BEGUN) {
            answered = true;
            answeredAt = now;
            stage = Stage.ENDED;
        }
    }

    /** Ends it without an answer: if it has begun, it may still be on its way to the service. */
    void abandon(long now) {
        if (!sent) {
            sent(now);
        }
        stage = Stage.ENDED;
    }

    /**
     * How long the service may still count this request together with one that goes out after it.
     *
     * @param margin the longest way to the service, in nanoseconds
     * @return nanoseconds; zero or less if it does so no more, {@link #UNKNOWN} as long as nobody knows when it will be sent
     */
    long countsFor(long now, long margin) {
        if (stage == Stage.ENDED && !sent && !answered) {
            return 0;
        }
        long afterSending = sent ? sentAt - now + WINDOW + margin : UNKNOWN;
        long afterAnswer = answered ? answeredAt - now + WINDOW : UNKNOWN;
        return Math.min(afterSending, afterAnswer);
    }
}
