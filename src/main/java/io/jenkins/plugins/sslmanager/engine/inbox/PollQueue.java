package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Takes messages out of the service's queue, of which only the head can be seen: each is stored, confirmed and delivered, in this
 * order, so that a crash at any point loses none.
 */
final class PollQueue {

    /** What the head of the queue was, and what has become of it. */
    enum Head {
        /** The queue was empty. */
        NONE,
        /** It is left where it is. */
        OF_OTHERS,
        /** Somebody else has confirmed it, or we have and the answer was lost. It is stored and delivered. */
        GONE,
        TAKEN
    }

    private static final Duration HOUSEKEEPING = Duration.ofDays(1);

    private static final Set<Integer> NO_ACCESS = Set.of(401, 403, 407);

    private final InboxSettings settings;
    private final MessageStore store;
    private final Waits waits;
    private final InstantSource clock;
    private final BiConsumer<StoredMessage, PollMessage> delivery;

    private Instant lastCleaned = Instant.MIN;
    private volatile InboxStatus.Queue seen = InboxStatus.Queue.unknown();
    private volatile QueuePolicy policy;

    /** The newest message on disk may be unconfirmed: then it blocks the queue, for others too, until it is. */
    private volatile boolean unsettled;

    /** @param delivery gets a message when it is stored and its confirmation was answered, whatever the answer */
    PollQueue(
            InboxSettings settings,
            MessageStore store,
            Waits waits,
            InstantSource clock,
            BiConsumer<StoredMessage, PollMessage> delivery) {
        this.settings = settings;
        this.store = store;
        this.waits = waits;
        this.clock = clock;
        this.delivery = delivery;
        policy = settings.policy();
        unsettled = !store.isEmpty();
    }

    QueuePolicy policy() {
        return policy;
    }

    void setPolicy(QueuePolicy policy) {
        this.policy = policy;
    }

    /** The queue as it was at the last look. */
    InboxStatus.Queue seen() {
        return seen;
    }

    /** Whether a message that is stored may still be at the head. */
    boolean mayBeBlockedByOurs() {
        return unsettled;
    }

    /** Deletes messages that have been stored for long, once a day. */
    void forgetOld(Instant now) {
        if (lastCleaned.isBefore(now.minus(HOUSEKEEPING))) {
            lastCleaned = now;
            store.deleteOlderThan(settings.kept(), now);
        }
    }

    /**
     * Takes the message at the head if it is ours.
     *
     * @param poll what the service has just told
     */
    CompletableFuture<Head> take(SslManagerApi api, Poll poll) {
        seen = InboxStatus.Queue.seen(poll, clock.instant());
        Optional<PollMessage> head = poll.message().filter(message -> message.id() != null);
        if (head.filter(this::isOurs).isEmpty()) {
            unsettled = false;
            return CompletableFuture.completedFuture(head.isPresent() ? Head.OF_OTHERS : Head.NONE);
        }
        return consume(api, head.get());
    }

    /**
     * Takes the message at the head, whoever's it is.
     *
     * @return fails with {@link IllegalArgumentException} if another message is at the head by now
     */
    CompletableFuture<Head> confirm(SslManagerApi api, long messageId) {
        return api.pollInfo().thenCompose(poll -> {
            seen = InboxStatus.Queue.seen(poll, clock.instant());
            PollMessage head = poll.message()
                    .filter(message -> message.id() != null && message.id() == messageId)
                    .orElseThrow(() -> new IllegalArgumentException("Message " + messageId
                            + " is no longer at the head of the queue. Look at the queue again"));
            return consume(api, head);
        });
    }

    private boolean isOurs(PollMessage message) {
        return policy == QueuePolicy.EXCLUSIVE
                || store.contains(message.id())
                || message.ctid() != null && message.ctid().startsWith(settings.ownCtids())
                || StoredMessage.of(message, clock.instant()).isAboutCertificate()
                        && message.job() != null
                        && message.job().id() != null
                        && waits.hasOwn(message.job().id());
    }

    private CompletableFuture<Head> consume(SslManagerApi api, PollMessage message) {
        StoredMessage stored = StoredMessage.of(message, clock.instant());
        store.add(stored);
        unsettled = true;
        return api.pollConfirm(message.id())
                .handle((confirmed, failure) -> {
                    delivery.accept(stored, message);
                    boolean moved = failure == null;
                    if (moved || isGone(failure)) {
                        unsettled = false;
                        seen = seen.withoutHead();
                        return CompletableFuture.completedFuture(moved ? Head.TAKEN : Head.GONE);
                    }
                    return CompletableFuture.<Head>failedFuture(failure);
                })
                .thenCompose(Function.identity());
    }

    /**
     * Confirmed before: the answer was lost, or somebody else was quicker. Which HTTP status such a refusal has is the protocol's
     * business. The next look tells; were it the account that is refused, that one would be refused too.
     */
    private static boolean isGone(Throwable failure) {
        return Failures.cause(failure) instanceof ApiException refusal
                && refusal.kind() == ApiException.Kind.REFUSED
                && !refusal.isPassing()
                && !NO_ACCESS.contains(refusal.httpStatus().orElse(0));
    }
}
