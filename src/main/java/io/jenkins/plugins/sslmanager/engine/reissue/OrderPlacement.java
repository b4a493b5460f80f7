package io.jenkins.plugins.sslmanager.engine.reissue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Places an order once. What is about to happen is saved before the request goes out; when nobody can say whether it
 * arrived, the service is asked for the job, and only when it is certain that there is none is the order sent again.
 */
final class OrderPlacement {

    /** How long a request may be under way, the transport's time limit and a reserve; before that, no job proves nothing. */
    static final Duration SETTLE = Duration.ofSeconds(90);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final int TRIES = 3;

    private final SslManagerApi api;
    private final Pauses pauses;
    private final Function<ReissueState, CompletionStage<Void>> save;
    private final Consumer<String> log;
    private final OrderSearch search;
    private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);
    private volatile boolean cancelled;

    /**
     * @param save keeps a state for good; the order is not sent before it is done
     * @param log lines for whoever watches the build
     */
    OrderPlacement(
            SslManagerApi api,
            Pauses pauses,
            Function<ReissueState, CompletionStage<Void>> save,
            Consumer<String> log) {
        this.api = api;
        this.pauses = pauses;
        this.save = save;
        this.log = log;
        search = new OrderSearch(api, pauses);
    }

    /**
     * Orders, or finds out what became of an order whose state is {@link ReissueState.Stage#ORDERING}.
     *
     * @return the state {@link ReissueState.Stage#ORDERED}, saved; fails with {@link ApiException} if the service refuses, and
     *     with {@link ReissueException} if it cannot be known whether the order was placed
     */
    CompletableFuture<ReissueState> place(ReissueState state, CertificateOrder order) {
        return switch (state.stage()) {
            case PREPARED -> send(state, order, 1);
            case ORDERING -> find(state, order, 1);
            case ORDERED, NOTIFIED, FETCHED, CHECKED -> CompletableFuture.completedFuture(state);
        };
    }

    /** Ends the request under way, and sends no other. */
    void cancel() {
        cancelled = true;
        underWay.cancel(true);
    }

    private CompletableFuture<ReissueState> send(ReissueState state, CertificateOrder order, int attempt) {
        ReissueState ordering = state.ordering(pauses.millis());
        return step(save.apply(ordering).toCompletableFuture())
                .thenCompose(saved -> step(api.reissue(ordering.certificateId(), order, ordering.ctid())))
                .handle((job, failure) ->
                        failure == null ? accepted(ordering, job) : failed(ordering, order, attempt, failure))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<ReissueState> accepted(ReissueState ordering, Job job) {
        if (job.id() == null) {
            return CompletableFuture.failedFuture(new ReissueException("The service accepted the order for "
                    + ordering.certificateName() + " without naming its job. Look for it in the SSL Manager"));
        }
        ReissueState ordered = ordering.ordered(job.id());
        return save.apply(ordered).toCompletableFuture().thenApply(saved -> ordered);
    }

    private CompletableFuture<ReissueState> failed(
            ReissueState ordering, CertificateOrder order, int attempt, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!cancelled && cause instanceof ApiException lost && lost.mayHaveActed()) {
            log.accept(lost.getMessage());
            log.accept("Asking the service whether the order for " + ordering.certificateName() + " arrived.");
            return find(ordering, order, attempt);
        }
        return CompletableFuture.failedFuture(cause);
    }

    private CompletableFuture<ReissueState> find(ReissueState ordering, CertificateOrder order, int attempt) {
        return step(search.jobOf(ordering))
                .thenCompose(found -> found.isPresent()
                        ? adopt(ordering, found)
                        : pauses.millis() - ordering.orderedAt() < SETTLE.toMillis()
                                ? step(pauses.pause(BETWEEN_LOOKS)).thenCompose(over -> find(ordering, order, attempt))
                                : sendAgain(ordering, order, attempt));
    }

    private CompletableFuture<ReissueState> adopt(ReissueState ordering, Optional<Job> found) {
        log.accept("The order for " + ordering.certificateName() + " had arrived: job "
                + found.orElseThrow().id() + " is doing it.");
        return accepted(ordering, found.orElseThrow());
    }

    private CompletableFuture<ReissueState> sendAgain(ReissueState ordering, CertificateOrder order, int attempt) {
        if (attempt >= TRIES) {
            return CompletableFuture.failedFuture(
                    new ReissueException("The order for " + ordering.certificateName() + " was sent " + TRIES
                            + " times and never arrived. Check the connection to the service, then run this again"));
        }
        log.accept("The order for " + ordering.certificateName() + " never arrived; ordering again.");
        return send(ordering, order, attempt + 1);
    }

    /** Remembers what is under way, so that a cancellation reaches it. */
    private <T> CompletableFuture<T> step(CompletableFuture<T> next) {
        underWay = next;
        if (cancelled) {
            next.cancel(true);
        }
        return next;
    }
}
