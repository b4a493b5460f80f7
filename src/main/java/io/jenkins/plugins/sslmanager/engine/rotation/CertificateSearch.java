package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Repeat;
import io.jenkins.plugins.sslmanager.engine.failure.NotPermittedException;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Looks for an order's certificate among all of its name (CertificateList, 400105), for the case that a re-issue gave it another
 * number and neither notification nor job tells which. A name only says where to look; the key decides.
 */
final class CertificateSearch {

    /** How many certificates of the name are asked for at a time. */
    private static final int MOST_LOOKS = 5;

    private final SslManagerApi api;
    private final Cancellation cancellation;
    private final CertificateLook look;

    /** Numbers that need not be asked for again: that of the order, and those of certificates for other keys. */
    private final Set<Long> others = new HashSet<>();

    CertificateSearch(SslManagerApi api, Cancellation cancellation, CertificateLook look) {
        this.api = api;
        this.cancellation = cancellation;
        this.look = look;
    }

    /**
     * @return empty if the list does not show it, or the account may not list certificates; fails with ApiException where it
     *     may help to ask again
     */
    CompletableFuture<Optional<IssuedCertificate>> find(Order order) {
        others.add(order.certificateIdNow());
        return cancellation
                .begin(() -> api.certificateSearch(Query.certificatesOf(order.certificateName())))
                .handle((rows, failure) ->
                        failure == null ? among(order, unknown(rows)) : noneIfRefused(Failures.cause(failure)))
                .thenCompose(Function.identity());
    }

    private Deque<Long> unknown(Iterable<Certificate> rows) {
        Deque<Long> numbers = new ArrayDeque<>();
        for (Certificate row : rows) {
            if (row.id() != null && !others.contains(row.id()) && numbers.size() < MOST_LOOKS) {
                numbers.add(row.id());
            }
        }
        return numbers;
    }

    private CompletableFuture<Optional<IssuedCertificate>> among(Order order, Deque<Long> numbers) {
        return Repeat.until(() -> {
            Long number = numbers.poll();
            return number == null
                    ? CompletableFuture.completedFuture(Optional.of(Optional.empty()))
                    : at(order, number).thenApply(found -> found.map(Optional::of));
        });
    }

    private CompletableFuture<Optional<IssuedCertificate>> at(Order order, long number) {
        return look.ask(order, number)
                .handle((seen, failure) -> {
                    if (failure != null) {
                        return noneIfRefused(Failures.cause(failure));
                    }
                    if (seen.shows() == CertificateLook.Shows.ORDERED) {
                        return CompletableFuture.completedFuture(
                                Optional.of(Objects.requireNonNull(seen.certificate())));
                    }
                    if (seen.certificate() != null) {
                        others.add(number);
                    }
                    return CompletableFuture.completedFuture(Optional.<IssuedCertificate>empty());
                })
                .thenCompose(Function.identity());
    }

    private static CompletableFuture<Optional<IssuedCertificate>> noneIfRefused(Throwable cause) {
        return cause instanceof NotPermittedException || cause instanceof ApiException refusal && !refusal.isPassing()
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.failedFuture(cause);
    }
}
