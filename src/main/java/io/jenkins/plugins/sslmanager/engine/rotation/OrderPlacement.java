package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Repeat;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Places an order. The book has it before the request goes out. When nobody can say whether it arrived, certificate and jobs are
 * asked; that they show nothing proves nothing, so it is sent once more, with the same CSR, only after a day of such looks.
 */
final class OrderPlacement {

    /** What is sent a second time has the same key, so that whichever of the two is carried out, the key fits. */
    private static final int MOST_SENDINGS = 2;

    /** Looks, an hour apart, that must show nothing in a row before an order is sent once more. */
    private static final int LOOKS_BEFORE_SENDING_AGAIN = 24;

    private static final Duration BETWEEN_COUNTED_LOOKS = Duration.ofHours(1);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofMinutes(2);

    /** Most orders in doubt are settled by the first of these looks. */
    private static final List<Duration> FIRST_LOOKS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10));

    /** What certificate and lists show. */
    private record Seen(CertificateLook.Shows certificate, OrderSearch.Found job) {}

    private final OrderRun run;
    private final Supplier<CompletableFuture<CertificateOrder>> draft;
    private final boolean repeatable;
    private final Instant deadline;
    private final OrderSearch search;
    private final CertificateLook certificate;
    private final OutageLog outage;
    private Order order;
    private int looks;
    private int countedLooks;
    private Duration sinceCountedLook = Duration.ZERO;
    private boolean troubled;
    private String told = "";

    /**
     * @param order {@link Stage#PREPARED}, to be sent, or {@link Stage#ORDERING}, to be found
     * @param draft asked for when the order is about to be sent
     * @param repeatable whether it costs nothing and disturbs nobody if that is sent a second time
     * @param deadline when to leave an order in doubt to a later run
     */
    OrderPlacement(
            OrderRun run,
            Order order,
            Supplier<CompletableFuture<CertificateOrder>> draft,
            boolean repeatable,
            Instant deadline) {
        this.run = run;
        this.order = order;
        this.draft = draft;
        this.repeatable = repeatable;
        this.deadline = deadline;
        search = new OrderSearch(run.api(), run.pauses(), run.cancellation(), run.identity());
        certificate = new CertificateLook(run.api(), run.cancellation(), run.pauses());
        outage = new OutageLog(run::log);
    }

    /**
     * @return {@link Stage#ORDERED}; its job may be unknown where the certificate is there already. Fails with ApiException if
     *     the service refuses it, with {@link ReissueException} if it stays in doubt, which leaves it in the book as it is, and
     *     with {@link Superseded} if it was in doubt and somebody else's re-issue is there
     */
    CompletableFuture<Order> place() {
        CompletableFuture<Optional<Order>> sent =
                order.stage() == Stage.PREPARED ? send() : CompletableFuture.completedFuture(Optional.empty());
        return sent.thenCompose(
                placed -> placed.map(CompletableFuture::completedFuture).orElseGet(() -> Repeat.until(this::look)));
    }

    /** @return nothing if it is in doubt whether it arrived */
    private CompletableFuture<Optional<Order>> send() {
        int sentBefore = order.sent();
        boolean[] requested = {false};
        return draft.get()
                .thenCompose(content -> advance(Order::sending)
                        .thenCompose(sending -> run.cancellation().begin(() -> {
                            requested[0] = true;
                            long number = sending.certificate().number();
                            String ctid = sending.request().ctid();
                            CompletableFuture<Job> answer = sending.isRenewal()
                                    ? run.api().renew(number, content, ctid)
                                    : run.api().reissue(number, content, ctid);
                            requested[0] = !isWithoutCredentials(answer);
                            return answer;
                        })))
                .handle((job, failure) -> {
                    if (failure == null) {
                        return answered(job);
                    }
                    Throwable cause = Failures.cause(failure);
                    return order.sent() == sentBefore
                            ? CompletableFuture.<Optional<Order>>failedFuture(cause)
                            : notAnswered(cause, requested[0]);
                })
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Order> advance(UnaryOperator<Order> change) {
        return run.advance(order, change).thenApply(this::known);
    }

    private CompletableFuture<Order> record(UnaryOperator<Order> change) {
        return run.record(order, change).thenApply(this::known);
    }

    private Order known(Order next) {
        order = next;
        return next;
    }

    private CompletableFuture<Optional<Order>> answered(Job job) {
        return job.id() == null ? inDoubt() : accepted(job.id());
    }

    private CompletableFuture<Optional<Order>> accepted(long jobId) {
        return record(known -> known.accepted(jobId)).thenApply(Optional::of);
    }

    private CompletableFuture<Optional<Order>> inDoubt() {
        looks = 0;
        countedLooks = 0;
        sinceCountedLook = Duration.ZERO;
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /** Then no request goes out, and it has failed already. What fails like that later may come of an answer. */
    private static boolean isWithoutCredentials(CompletableFuture<Job> answer) {
        return answer.isCompletedExceptionally()
                && Failures.cause(answer.handle((job, failure) -> failure).join()) instanceof IllegalArgumentException;
    }

    private CompletableFuture<Optional<Order>> notAnswered(Throwable cause, boolean requested) {
        ApiException trouble = cause instanceof ApiException failure ? failure : null;
        boolean arrived = requested && (trouble == null || trouble.mayHaveActed());
        if (!arrived && order.sent() == 1) {
            Stage end = trouble == null || trouble.isPassing() ? Stage.WITHDRAWN : Stage.FAILED;
            return record(known -> known.ended(end, OrderRun.why(cause)))
                    .thenCompose(ended -> CompletableFuture.failedFuture(cause));
        }
        if (trouble == null) {
            // The run was ended while the request was on its way.
            return CompletableFuture.failedFuture(cause);
        }
        run.log(trouble.getMessage());
        run.log("Asking the service whether the order for " + order.certificateName() + " arrived.");
        return inDoubt();
    }

    private CompletableFuture<Optional<Order>> look() {
        Duration pause = pause();
        return run.cancellation()
                .begin(() -> run.pauses().pause(pause))
                .thenCompose(over -> {
                    sinceCountedLook = sinceCountedLook.plus(pause);
                    return certificate.at(order, null);
                })
                .thenCompose(this::withJob)
                .handle((seen, failure) -> failure == null ? seen(seen) : notSeen(Failures.cause(failure)))
                .thenCompose(Function.identity());
    }

    private Duration pause() {
        Duration wanted = troubled
                ? PAUSE_AFTER_TROUBLE
                : looks < FIRST_LOOKS.size() ? FIRST_LOOKS.get(looks) : BETWEEN_COUNTED_LOOKS;
        Duration left = Duration.between(run.pauses().instant(), deadline);
        return left.compareTo(wanted) > 0 ? wanted : left.isNegative() ? Duration.ZERO : left;
    }

    private CompletableFuture<Seen> withJob(CertificateLook.Seen seen) {
        return seen.shows() == CertificateLook.Shows.ORDERED
                ? CompletableFuture.completedFuture(
                        new Seen(seen.shows(), new OrderSearch.Found(OrderSearch.Shows.ORDERED, List.of(0L))))
                : search.jobOf(order).thenApply(job -> new Seen(seen.shows(), job));
    }

    private CompletableFuture<Optional<Order>> seen(Seen seen) {
        outage.isOver();
        troubled = false;
        looks++;
        return switch (seen.job().shows()) {
            case ORDERED -> {
                long jobId = seen.job().jobIds().get(0);
                run.log("The order for " + order.certificateName() + " had arrived"
                        + (jobId == 0 ? ": its certificate is there." : ": job " + jobId + " is doing it."));
                yield accepted(jobId);
            }
            case PERHAPS -> {
                tell("Jobs " + seen.job().jobIds() + " may be the order for " + order.certificateName()
                        + ", which the service does not tell. Waiting until it does.");
                yield order.emptyLooks() == 0
                        ? later(seen)
                        : advance(Order::perhapsSeen).thenCompose(next -> later(seen));
            }
            case NOTHING -> {
                if (sinceCountedLook.compareTo(BETWEEN_COUNTED_LOOKS) < 0) {
                    yield later(seen);
                }
                sinceCountedLook = Duration.ZERO;
                countedLooks++;
                yield advance(Order::notSeen).thenCompose(next -> again(seen));
            }
        };
    }

    private CompletableFuture<Optional<Order>> again(Seen seen) {
        if (order.emptyLooks() < LOOKS_BEFORE_SENDING_AGAIN) {
            return later(seen);
        }
        if (seen.certificate() == CertificateLook.Shows.ANOTHER) {
            // What was never seen must not take the place of what is there.
            return Superseded.end(run, order);
        }
        if (!mayBeSentAgain()) {
            return later(seen);
        }
        run.log("InterNetX does not show the order for " + order.certificateName() + " in " + LOOKS_BEFORE_SENDING_AGAIN
                + " looks. Ordering again, with the same CSR.");
        return send();
    }

    private boolean mayBeSentAgain() {
        return repeatable && order.sent() < MOST_SENDINGS;
    }

    private CompletableFuture<Optional<Order>> later(Seen seen) {
        boolean isHopeless = countedLooks > 0
                && seen.job().shows() == OrderSearch.Shows.NOTHING
                && seen.certificate() != CertificateLook.Shows.ANOTHER
                && !mayBeSentAgain();
        if (isHopeless || isTimeUp()) {
            return CompletableFuture.failedFuture(staysInDoubt(
                    seen.job().jobIds().isEmpty()
                            ? "the service shows no job of it"
                            : "jobs " + seen.job().jobIds() + " of this certificate may be it"));
        }
        if (looks == FIRST_LOOKS.size() && seen.job().shows() == OrderSearch.Shows.NOTHING) {
            tell(
                    "The service shows nothing of the order for " + order.certificateName()
                            + " yet. Looking every hour; "
                            + (mayBeSentAgain()
                                    ? "it is sent once more after " + LOOKS_BEFORE_SENDING_AGAIN + " such looks."
                                    : "it is not sent again, since it was sent twice, adds names, is billed, or sends e-mails."));
        }
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private CompletableFuture<Optional<Order>> notSeen(Throwable cause) {
        if (!(cause instanceof ApiException trouble) || !trouble.isPassing()) {
            return CompletableFuture.failedFuture(cause);
        }
        if (isTimeUp()) {
            return CompletableFuture.failedFuture(staysInDoubt(trouble.getMessage()));
        }
        troubled = true;
        outage.met(trouble);
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private boolean isTimeUp() {
        return !run.pauses().instant().isBefore(deadline);
    }

    private void tell(String line) {
        if (!line.equals(told)) {
            told = line;
            run.log(line);
        }
    }

    private ReissueException staysInDoubt(String why) {
        return new ReissueException(
                ReissueException.Kind.UNCLEAR,
                "It cannot be told whether the order for " + order.certificateName() + " (client transaction ID "
                        + order.request().ctid() + ") arrived: " + why
                        + ". Nothing was ordered again, and its key is kept. The next run looks again"
                        + (order.isRenewal()
                                ? ". A renewal is billed, so it is not sent again: look at this certificate's jobs in the SSL Manager"
                                : "; to order anew, look at this certificate's jobs in the SSL Manager and set 'force'"));
    }
}
