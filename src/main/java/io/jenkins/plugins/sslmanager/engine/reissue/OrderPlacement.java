package io.jenkins.plugins.sslmanager.engine.reissue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.async.UnderWay;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Places an order once. What is about to happen is saved before the request goes out; when nobody can say whether it
 * arrived, the service is asked for the job, and only when it is certain that there is none is the order sent again.
 */
final class OrderPlacement {

    /**
     * How long a request may be on its way unseen, the transport's time limit and a reserve; that there is no job proves
     * nothing before. It counts from the doubt, since a request may go out long after it was begun.
     */
    static final Duration SETTLE = Duration.ofSeconds(90);

    private static final Duration LONGEST_OUTAGE = Duration.ofHours(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final int TRIES = 3;

    private final SslManagerApi api;
    private final Pauses pauses;
    private final Function<ReissueState, CompletionStage<Void>> save;
    private final Consumer<String> log;
    private final UnderWay underWay;
    private final Supplier<CompletableFuture<CertificateOrder>> draft;
    private final OrderSearch search;
    private final Outage outage;

    /**
     * @param save keeps a state for good; the order is not sent before it is done
     * @param log lines for whoever watches the build
     * @param underWay ending it ends the request under way, and no other is sent
     * @param draft asked for when an order is about to be sent
     */
    OrderPlacement(
            SslManagerApi api,
            Pauses pauses,
            Function<ReissueState, CompletionStage<Void>> save,
            Consumer<String> log,
            UnderWay underWay,
            Supplier<CompletableFuture<CertificateOrder>> draft) {
        this.api = api;
        this.pauses = pauses;
        this.save = save;
        this.log = log;
        this.underWay = underWay;
        this.draft = draft;
        search = new OrderSearch(api, pauses, underWay);
        outage = new Outage(log);
    }

    /**
     * Orders, or finds out what became of an order whose state is {@link ReissueState.Stage#ORDERING}.
     *
     * @return the state {@link ReissueState.Stage#ORDERED}, saved; fails with {@link ApiException} if the service refuses, and
     *     with {@link ReissueException} if it cannot be known whether the order was placed
     */
    CompletableFuture<ReissueState> place(ReissueState state) {
        return switch (state.stage()) {
            case PREPARED -> send(state, 1);
            case ORDERING -> find(state, 1);
            case ORDERED, NOTIFIED, FETCHED, CHECKED -> CompletableFuture.completedFuture(state);
        };
    }

    private CompletableFuture<ReissueState> send(ReissueState state, int attempt) {
        return draft.get().thenCompose(order -> {
            ReissueState ordering = state.ordering(pauses.millis());
            return underWay.begin(() -> save.apply(ordering).toCompletableFuture())
                    .thenCompose(saved ->
                            underWay.begin(() -> api.reissue(ordering.certificateId(), order, ordering.ctid())))
                    .handle((job, failure) ->
                            failure == null ? accepted(ordering, job) : failed(ordering, attempt, failure))
                    .thenCompose(Function.identity());
        });
    }

    private CompletableFuture<ReissueState> accepted(ReissueState ordering, Job job) {
        if (job.id() == null) {
            return CompletableFuture.failedFuture(new ReissueException(
                    ReissueException.Kind.UNCLEAR,
                    "The service accepted the order for " + ordering.certificateName()
                            + " without naming its job. Look for it in the SSL Manager"));
        }
        ReissueState ordered = ordering.ordered(job.id());
        return save.apply(ordered).toCompletableFuture().thenApply(saved -> ordered);
    }

    private CompletableFuture<ReissueState> failed(ReissueState ordering, int attempt, Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof ApiException lost && lost.mayHaveActed()) {
            log.accept(lost.getMessage());
            log.accept("Asking the service whether the order for " + ordering.certificateName() + " arrived.");
            return find(ordering, attempt);
        }
        return CompletableFuture.failedFuture(cause);
    }

    private CompletableFuture<ReissueState> find(ReissueState ordering, int attempt) {
        return find(ordering, attempt, pauses.instant().plus(SETTLE));
    }

    private CompletableFuture<ReissueState> find(ReissueState ordering, int attempt, Instant settled) {
        // Before the service is asked: what arrives while its answer is on its way is not in the answer.
        boolean isSettled = !pauses.instant().isBefore(settled);
        return search.jobOf(ordering)
                .handle((found, failure) -> failure == null
                        ? seen(ordering, attempt, settled, isSettled, found)
                        : unseen(ordering, attempt, settled, failure))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<ReissueState> seen(
            ReissueState ordering, int attempt, Instant settled, boolean isSettled, Optional<Job> found) {
        outage.isOver();
        if (found.isPresent()) {
            log.accept("The order for " + ordering.certificateName() + " had arrived: job "
                    + found.get().id() + " is doing it.");
            return accepted(ordering, found.get());
        }
        return isSettled ? sendAgain(ordering, attempt) : findLater(ordering, attempt, settled);
    }

    private CompletableFuture<ReissueState> unseen(
            ReissueState ordering, int attempt, Instant settled, Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (!(cause instanceof ApiException trouble)) {
            return CompletableFuture.failedFuture(cause);
        }
        if (trouble.isPassing() && pauses.instant().isBefore(settled.plus(LONGEST_OUTAGE))) {
            outage.met(trouble);
            return findLater(ordering, attempt, settled);
        }
        return CompletableFuture.failedFuture(OrderSearch.inDoubt(ordering, trouble.getMessage(), trouble));
    }

    private CompletableFuture<ReissueState> findLater(ReissueState ordering, int attempt, Instant settled) {
        return underWay.begin(() -> pauses.pause(BETWEEN_LOOKS)).thenCompose(over -> find(ordering, attempt, settled));
    }

    private CompletableFuture<ReissueState> sendAgain(ReissueState ordering, int attempt) {
        if (attempt >= TRIES) {
            return CompletableFuture.failedFuture(new ReissueException(
                    ReissueException.Kind.UNCLEAR,
                    "The order for " + ordering.certificateName() + " was sent " + TRIES
                            + " times and never arrived. Check the connection to the service, then run this again"));
        }
        log.accept("The order for " + ordering.certificateName() + " never arrived; ordering again.");
        return send(ordering, attempt + 1);
    }
}
