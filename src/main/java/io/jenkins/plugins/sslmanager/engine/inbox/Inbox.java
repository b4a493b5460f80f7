package io.jenkins.plugins.sslmanager.engine.inbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.reissue.Failures;
import io.jenkins.plugins.sslmanager.engine.reissue.JobOutcome;
import io.jenkins.plugins.sslmanager.engine.reissue.Pauses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one consumer of an account's notification queue. It runs while somebody waits, one request at a time, without a thread
 * of its own: each look at the queue ends by ordering the next.
 */
public final class Inbox {

    private static final Duration HOUSEKEEPING = Duration.ofDays(1);
    private static final String WAITING = " Waiting until it works again.";

    /** How many looks a message gets to come that was already known to be on its way. */
    private static final int LINGER = 5;

    private final InboxSettings settings;
    private final MessageStore store;
    private final Pauses pauses;
    private final Consumer<String> report;
    private final Waits waits = new Waits();
    private final JobLooks looks;

    private CompletableFuture<?> nextTick = CompletableFuture.completedFuture(null);
    private boolean running;
    private boolean closed;
    private Duration pause;
    private int lingering;
    private Instant lastCleaned = Instant.MIN;
    private volatile InboxStatus.Queue queue = InboxStatus.Queue.unknown();
    private volatile QueuePolicy policy;

    @CheckForNull
    private Supplier<SslManagerApi> standing;

    @CheckForNull
    private SslManagerApi lastApi;

    @CheckForNull
    private volatile String trouble;

    /** @param report lines for the administrator: trouble when it begins and when it is over, and not once a try */
    public Inbox(InboxSettings settings, MessageStore store, Pauses pauses, Consumer<String> report) {
        this.settings = settings;
        this.store = store;
        this.pauses = pauses;
        this.report = report;
        policy = settings.policy();
        pause = settings.firstPause();
        looks = new JobLooks(waits, pauses);
    }

    /**
     * Waits for the end of a job. If its notification has come before, the wait is over at once.
     *
     * @param deadline when to give up; the job goes on at the service all the same
     * @param api gives the account's API, with its credentials of the moment; may block for a moment, and fails with
     *     {@link IllegalArgumentException} if there are none
     * @param log a line whenever the job's state changes
     */
    public Wait await(long jobId, Instant deadline, Supplier<SslManagerApi> api, Consumer<String> log) {
        Wait wait = new Wait(jobId, deadline, api, log, pauses.instant());
        String lasting = trouble;
        if (lasting != null) {
            wait.tell(lasting + WAITING);
        }
        waits.add(wait);
        // After it has been added, so that a message that is stored right now is not missed.
        Optional<JobOutcome> known = store.ofJob(jobId).map(StoredMessage::outcome);
        if (known.isPresent()) {
            wait.ended().complete(known.get());
        } else {
            wake();
        }
        return wait;
    }

    /** Has the queue be read also while nobody waits, and every message be taken, by {@link QueuePolicy#EXCLUSIVE}. */
    public void runAlways(Supplier<SslManagerApi> api) {
        synchronized (this) {
            policy = QueuePolicy.EXCLUSIVE;
            standing = api;
        }
        wake();
    }

    /** Has the queue be read only while somebody waits, and the messages of others be left alone. */
    public synchronized void share() {
        policy = QueuePolicy.SHARED;
        standing = null;
    }

    /**
     * Takes the message at the head of the queue out of it, by an administrator's decision: stored first, as always.
     *
     * @return fails with {@link IllegalArgumentException} if another message is at the head by now
     */
    public CompletableFuture<Void> confirm(SslManagerApi api, long messageId) {
        return api.pollInfo().thenCompose(poll -> {
            queue = InboxStatus.Queue.seen(poll, pauses.instant());
            PollMessage head = poll.message()
                    .filter(message -> message.id() != null && message.id() == messageId)
                    .orElseThrow(() -> new IllegalArgumentException("Message " + messageId
                            + " is no longer at the head of the queue. Look at the queue again"));
            return consume(api, head).thenAccept(taken -> {});
        });
    }

    /** Ends the consumer; whoever waits, waits on without an end. What is stored stays. */
    public synchronized void close() {
        closed = true;
        nextTick.cancel(false);
    }

    /** How things stand, for an administrator. */
    public InboxStatus status() {
        return new InboxStatus(queue, trouble, waits.jobIds(), store.all());
    }

    private synchronized void wake() {
        pause = settings.firstPause();
        if (!closed && (!running || nextTick.cancel(false))) {
            running = true;
            schedule(Duration.ZERO);
        }
    }

    private synchronized void schedule(Duration delay) {
        if (!closed) {
            nextTick = pauses.pause(delay);
            nextTick.thenRun(this::tick);
        }
    }

    private void tick() {
        waits.expire(pauses.instant());
        try {
            clean(pauses.instant());
            Optional<SslManagerApi> api = api();
            if (api.isEmpty()) {
                rest();
                return;
            }
            api.get()
                    .pollInfo()
                    .thenCompose(poll -> take(api.get(), poll))
                    .whenComplete((taken, failure) -> goOn(Boolean.TRUE.equals(taken), failure));
        } catch (IOException | RuntimeException e) {
            goOn(false, e);
        }
    }

    /** Of whoever waits; of nobody for a few looks more, if a message of ours is still to come. */
    private Optional<SslManagerApi> api() {
        for (Wait wait : waits.all()) {
            try {
                lastApi = wait.api();
                lingering = LINGER;
                return Optional.of(lastApi);
            } catch (IllegalArgumentException e) {
                wait.ended().completeExceptionally(e);
            }
        }
        Supplier<SslManagerApi> always;
        synchronized (this) {
            always = standing;
        }
        if (always != null) {
            return Optional.of(always.get());
        }
        return looks.isMessageOwed() && lingering-- > 0 ? Optional.ofNullable(lastApi) : Optional.empty();
    }

    private synchronized void rest() {
        lastApi = null;
        running = false;
        if (waits.any()) {
            wake();
        }
    }

    private void clean(Instant now) throws IOException {
        if (lastCleaned.isBefore(now.minus(HOUSEKEEPING))) {
            lastCleaned = now;
            store.deleteOlderThan(settings.kept(), now);
        }
    }

    /** @return whether a message was taken out of the queue, so that there may be another behind it */
    private CompletableFuture<Boolean> take(SslManagerApi api, Poll poll) {
        queue = InboxStatus.Queue.seen(poll, pauses.instant());
        Optional<PollMessage> head = poll.message().filter(message -> message.id() != null);
        if (head.filter(this::isOurs).isPresent()) {
            return consume(api, head.get());
        }
        return looks.look(api, head.isPresent()).thenApply(looked -> false);
    }

    private boolean isOurs(PollMessage message) {
        return policy == QueuePolicy.EXCLUSIVE
                || store.contains(message.id())
                || message.ctid() != null && message.ctid().startsWith(settings.ownCtids())
                || message.job() != null
                        && message.job().id() != null
                        && waits.has(message.job().id());
    }

    /** @return whether it is certain that the queue has moved on */
    private CompletableFuture<Boolean> consume(SslManagerApi api, PollMessage message) {
        StoredMessage stored = StoredMessage.of(message, pauses.instant());
        try {
            store.add(stored);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Notification " + message.id() + " could not be stored, so it is not confirmed", e);
        }
        return api.pollConfirm(message.id())
                .handle((confirmed, failure) -> {
                    queue = queue.withoutHead();
                    looks.queueCarriesOurs();
                    deliver(stored);
                    if (failure == null || isGone(failure)) {
                        return CompletableFuture.completedFuture(failure == null);
                    }
                    return CompletableFuture.<Boolean>failedFuture(failure);
                })
                .thenCompose(Function.identity());
    }

    /** Confirmed before: the answer was lost, or somebody else was quicker. The next look tells. */
    private static boolean isGone(Throwable failure) {
        return Failures.cause(failure) instanceof ApiException refusal
                && refusal.kind() == ApiException.Kind.REFUSED
                && (refusal.httpStatus().orElse(0) == 400
                        || refusal.httpStatus().orElse(0) == 404);
    }

    private void deliver(StoredMessage message) {
        JobOutcome outcome = message.outcome();
        if (message.isEnd() && outcome != null) {
            waits.end(outcome);
        }
    }

    private void goOn(boolean taken, @CheckForNull Throwable failure) {
        if (failure == null) {
            troubleIsOver();
        } else {
            trouble(Failures.cause(failure));
        }
        synchronized (this) {
            schedule(
                    taken
                            ? Duration.ZERO
                            : shorter(pause, waits.untilNextEvent(pauses.instant(), settings.firstPause())));
            pause = shorter(pause.multipliedBy(3).dividedBy(2), settings.longestPause());
        }
    }

    private void trouble(Throwable cause) {
        String what = String.valueOf(cause.getMessage());
        if (cause instanceof ApiException refusal && !refusal.isPassing()) {
            waits.fail(cause);
        }
        if (trouble == null) {
            report.accept(what);
            waits.all().forEach(wait -> wait.tell(what + WAITING));
        }
        trouble = what;
    }

    private void troubleIsOver() {
        if (trouble != null) {
            trouble = null;
            report.accept("The notification queue can be read again");
            waits.all().forEach(wait -> wait.tell("The service answers again."));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
