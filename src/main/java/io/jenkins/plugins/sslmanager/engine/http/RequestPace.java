package io.jenkins.plugins.sslmanager.engine.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps the requests to one address below the service's limit, over all accounts and transports of this JVM.
 *
 * <p>The service counts a request when it arrives. That moment is not known, but lies between two that are: when the request
 * was sent and when its answer came. So a request counts from its beginning until the earlier of a second after its answer,
 * and a second and the {@link TransitMargin} after it was sent; and the next one begins only while fewer count than may go out in
 * a second. If four arrived within a second, all of them would count at the arrival of the last one, which therefore would
 * not have begun: so no second sees four, as long as no way is longer than the margin.
 *
 * <p>Failsafe's rate limiters count starts, and two starts can arrive closer to each other than they went out.
 */
final class RequestPace {
    private static final ConcurrentMap<String, RequestPace> PACES = new ConcurrentHashMap<>();

    private final LongSupplier nanoTime;
    private final TransitMargin margin = new TransitMargin();
    private final RequestQueue queue = new RequestQueue();
    private final List<PacedRequest> counting = new ArrayList<>();

    @CheckForNull
    private Timer timer;

    private record Timer(ScheduledExecutorService scheduler, long due, Future<?> future) {}

    /** @param nanoTime as {@link System#nanoTime} counts it */
    RequestPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param service host and port, see {@link ServiceAccount#service} */
    static RequestPace of(String service) {
        return PACES.computeIfAbsent(service, address -> new RequestPace(System::nanoTime));
    }

    /** Puts a request into the queue. */
    synchronized void enqueue(PacedRequest request) {
        queue.add(request);
        advance();
    }

    /** The client begins to write the request: its connection stands, so what follows is the way to the service. */
    synchronized void sent(PacedRequest request) {
        request.sent(nanoTime.getAsLong());
        advance();
    }

    synchronized void answered(PacedRequest request) {
        request.answered(nanoTime.getAsLong());
        advance();
    }

    /** Notes an answer of HTTP 429. */
    synchronized void exceeded() {
        margin.widen(nanoTime.getAsLong());
    }

    /** Lets nothing of this priority, and nothing less urgent, begin for that long. */
    synchronized void stop(Priority priority, Duration pause) {
        queue.stop(priority, nanoTime.getAsLong(), pause.toNanos());
    }

    /** Ends a request that will have no answer. One that has not begun was never there. */
    synchronized void abandon(PacedRequest request) {
        queue.remove(request);
        request.abandon(nanoTime.getAsLong());
        advance();
    }

    /** Has those begin that may, and sets the timer for the next one. Callers hold the lock. */
    private void advance() {
        long now = nanoTime.getAsLong();
        counting.removeIf(request -> request.countsFor(now, margin.at(now)) <= 0);
        PacedRequest next;
        while ((next = queue.next(now)) != null) {
            long wait = Math.max(queue.stoppedFor(next.priority(), now), fullFor(next.perSecond(), now));
            if (wait > 0 && wakeIn(wait, now, next.scheduler())) {
                return;
            }
            queue.take(next);
            call(next);
        }
        cancelTimer();
    }

    /** The request begins on its scheduler, so that nothing of HTTP is done under the lock. */
    private void call(PacedRequest request) {
        request.call();
        counting.add(request);
        try {
            request.scheduler().execute(() -> begin(request));
        } catch (RejectedExecutionException closed) {
            // The transport of a Jenkins that has ended. No request of another one must wait for it.
            request.abandon(nanoTime.getAsLong());
            counting.remove(request);
        }
    }

    private void begin(PacedRequest request) {
        boolean begins;
        synchronized (this) {
            begins = request.begin();
        }
        if (begins) {
            request.turn().complete(null);
        }
    }

    /** @return nanoseconds until fewer requests count than may go out in a second */
    private long fullFor(int perSecond, long now) {
        int tooMany = counting.size() - perSecond;
        return tooMany < 0
                ? 0
                : counting.stream()
                        .mapToLong(request -> request.countsFor(now, margin.at(now)))
                        .sorted()
                        .skip(tooMany)
                        .findFirst()
                        .orElse(0);
    }

    /** @return false where nothing can wake it, since its scheduler was closed */
    private boolean wakeIn(long wait, long now, ScheduledExecutorService scheduler) {
        if (timer != null && timer.due() - now == wait && !timer.scheduler().isShutdown()) {
            return true;
        }
        cancelTimer();
        // Nobody knows yet when a request will be sent: its sending or its end goes on from here.
        if (wait == PacedRequest.UNKNOWN) {
            return true;
        }
        try {
            timer = new Timer(scheduler, now + wait, scheduler.schedule(this::wake, wait, TimeUnit.NANOSECONDS));
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    private synchronized void wake() {
        timer = null;
        advance();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.future().cancel(false);
            timer = null;
        }
    }
}
