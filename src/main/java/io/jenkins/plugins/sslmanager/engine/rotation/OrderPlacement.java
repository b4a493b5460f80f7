package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

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

    /** Most orders in doubt are settled by the first of these looks. */
    private static final List<Duration> FIRST_LOOKS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10));

    private final OrderRun run;
    private final Supplier<CompletableFuture<CertificateOrder>> draft;
    private final Instant deadline;
    private final OrderSearch search;
    private final CertificateLook certificate;
    private final OutageReporter outage;
    private String told = "";

    /**
     * @param draft asked for when the order is about to be sent
     * @param deadline when to leave an order in doubt to a later run
     */
    OrderPlacement(OrderRun run, Supplier<CompletableFuture<CertificateOrder>> draft, Instant deadline) {
        this.run = run;
        this.draft = draft;
        this.deadline = deadline;
        search = new OrderSearch(run.api(), run.pauses(), run.underWay(), run.identity());
        certificate = new CertificateLook(run.api(), run.underWay());
        outage = new OutageReporter(run::log);
    }

    /**
     * @param order {@link Stage#PREPARED}, to be sent, or {@link Stage#ORDERING}, to be found
     * @return {@link Stage#ORDERED}; its job may be unknown where the certificate is there already. Fails with ApiException if
     *     the service refuses it, and with {@link ReissueException} if it stays in doubt, which leaves it in the book as it is
     */
    CompletableFuture<Order> place(Order order) {
        return order.stage() == Stage.PREPARED ? send(order) : look(order, 0);
    }

    private CompletableFuture<Order> send(Order order) {
        return draft.get()
                .thenCompose(content -> run.advance(order, Order::sending)
                        .thenCompose(sending -> run.underWay()
                                .begin(() -> run.api()
                                        .reissue(
                                                sending.certificate().number(),
                                                content,
                                                sending.request().ctid()))
                                .handle((job, failure) ->
                                        failure == null ? answered(sending, job) : notAnswered(sending, failure))
                                .thenCompose(Function.identity())));
    }

    private CompletableFuture<Order> answered(Order sending, Job job) {
        if (job.id() == null) {
            return look(sending, 0);
        }
        long id = job.id();
        return run.advance(sending, order -> order.accepted(id));
    }

    private CompletableFuture<Order> notAnswered(Order sending, Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (!(cause instanceof ApiException trouble)) {
            // The run was ended while the request was on its way.
            return CompletableFuture.failedFuture(cause);
        }
        if (!trouble.mayHaveActed() && sending.sent() == 1) {
            Stage end = trouble.isPassing() ? Stage.WITHDRAWN : Stage.FAILED;
            return run.advance(sending, order -> order.ended(end, trouble.getMessage()))
                    .thenCompose(ended -> CompletableFuture.failedFuture(trouble));
        }
        run.log(trouble.getMessage());
        run.log("Asking the service whether the order for " + sending.certificateName() + " arrived.");
        return look(sending, 0);
    }

    private CompletableFuture<Order> look(Order order, int looks) {
        boolean counts = looks >= FIRST_LOOKS.size();
        Duration pause = counts ? BETWEEN_COUNTED_LOOKS : FIRST_LOOKS.get(looks);
        return run.underWay()
                .begin(() -> run.pauses().pause(pause))
                .thenCompose(over -> certificate.at(order, null))
                .thenCompose(seen -> seen.shows() == CertificateLook.Shows.ORDERED
                        ? CompletableFuture.completedFuture(
                                new OrderSearch.Found(OrderSearch.Shows.ORDERED, List.of(0L)))
                        : search.jobOf(order))
                .handle((found, failure) -> failure == null
                        ? found(order, looks, counts, found)
                        : notLooked(order, looks, Failures.cause(failure)))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Order> found(Order order, int looks, boolean counts, OrderSearch.Found found) {
        outage.isOver();
        return switch (found.shows()) {
            case ORDERED -> {
                long jobId = found.jobIds().get(0);
                run.log("The order for " + order.certificateName() + " had arrived"
                        + (jobId == 0 ? ": its certificate is there." : ": job " + jobId + " is doing it."));
                yield run.advance(order, known -> known.accepted(jobId));
            }
            case PERHAPS -> {
                tell("Jobs " + found.jobIds() + " may be the order for " + order.certificateName()
                        + ", which the service does not tell. Waiting until it does.");
                yield counts && order.emptyLooks() > 0
                        ? run.advance(order, Order::perhapsSeen).thenCompose(next -> later(next, looks, found))
                        : later(order, looks, found);
            }
            case NOTHING ->
                counts
                        ? run.advance(order, Order::notSeen).thenCompose(next -> again(next, looks, found))
                        : later(order, looks, found);
        };
    }

    private CompletableFuture<Order> again(Order order, int looks, OrderSearch.Found found) {
        if (order.emptyLooks() < LOOKS_BEFORE_SENDING_AGAIN
                || !order.request().repeatable()
                || order.sent() >= MOST_SENDINGS) {
            return later(order, looks, found);
        }
        run.log("The service has shown nothing of the order for " + order.certificateName() + " in "
                + LOOKS_BEFORE_SENDING_AGAIN + " looks. Ordering again, with the same CSR.");
        return send(order);
    }

    private CompletableFuture<Order> later(Order order, int looks, OrderSearch.Found found) {
        boolean hopeless = looks > FIRST_LOOKS.size()
                && found.shows() == OrderSearch.Shows.NOTHING
                && (!order.request().repeatable() || order.sent() >= MOST_SENDINGS);
        if (hopeless || !run.pauses().instant().isBefore(deadline)) {
            return CompletableFuture.failedFuture(inDoubt(order, found));
        }
        if (looks == FIRST_LOOKS.size()) {
            tell("The service shows nothing of the order for " + order.certificateName()
                    + " yet. Looking every hour; "
                    + (order.request().repeatable()
                            ? "it is sent once more after " + LOOKS_BEFORE_SENDING_AGAIN + " such looks."
                            : "it is not sent again, since it adds names, is billed, or sends e-mails."));
        }
        return look(order, looks + 1);
    }

    private CompletableFuture<Order> notLooked(Order order, int looks, Throwable cause) {
        if (cause instanceof ApiException trouble
                && trouble.isPassing()
                && run.pauses().instant().isBefore(deadline)) {
            outage.met(trouble);
            return look(order, Math.max(looks, 1));
        }
        return CompletableFuture.failedFuture(cause);
    }

    private void tell(String line) {
        if (!line.equals(told)) {
            told = line;
            run.log(line);
        }
    }

    private static ReissueException inDoubt(Order order, OrderSearch.Found found) {
        return new ReissueException(
                ReissueException.Kind.UNCLEAR,
                "It cannot be told whether the order for " + order.certificateName() + " (client transaction id "
                        + order.request().ctid() + ") arrived: "
                        + (found.jobIds().isEmpty()
                                ? "the service shows no job of it"
                                : "jobs " + found.jobIds() + " of this certificate may be it")
                        + ". Nothing was ordered again, and its key is kept. The next run looks again; to order anew, look at"
                        + " this certificate's jobs in the SSL Manager and set 'force'");
    }
}
