package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.inbox.JobLookup;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Looks for the job of an order whose answer was lost, among the certificate's running and ended jobs. */
final class OrderSearch {

    /** The job history wants a period (OpenAPI {@code QueryView}): wide enough for any clock. */
    private static final Duration PERIOD = Duration.ofDays(45);

    /** What the lists show. */
    enum Shows {
        /** The order's job. */
        ORDERED,
        /** Jobs that may be the order's, or a list that is full and may have left it out. */
        PERHAPS,
        /** Nothing of it, which proves nothing by itself: lists are late, cut and refused. */
        NOTHING
    }

    /** @param jobIds the order's job, or those that may be it */
    record Found(Shows shows, List<Long> jobIds) {}

    private record Judged(long jobId, JobIdentity.Verdict verdict) {}

    private final SslManagerApi api;
    private final InstantSource clock;
    private final Cancellation cancellation;
    private final JobIdentity identity;
    private final JobLookup lookup;

    OrderSearch(SslManagerApi api, InstantSource clock, Cancellation cancellation, JobIdentity identity) {
        this.api = api;
        this.identity = identity;
        this.clock = clock;
        this.cancellation = cancellation;
        lookup = new JobLookup(api);
    }

    /** @return fails with ApiException for trouble of the moment alone */
    CompletableFuture<Found> jobOf(Order order) {
        // In this order, or a job that ends in between is in neither list.
        return list(() -> api.jobSearch(Query.jobsOf(order.certificateName())))
                .thenCompose(running -> list(() -> api.jobHistorySearch(Query.jobsOf(
                                order.certificateName(),
                                clock.instant().minus(PERIOD).atOffset(ZoneOffset.UTC),
                                clock.instant().plus(PERIOD).atOffset(ZoneOffset.UTC))))
                        .thenCompose(ended -> judge(
                                        order,
                                        Stream.concat(running.stream(), ended.stream())
                                                .filter(each -> each.job() != null
                                                        && each.job().id() != null)
                                                .toList())
                                .thenApply(judged -> choose(order, judged, isFull(running) || isFull(ended)))));
    }

    /** A list that an account may not see, or that a gateway does not know, shows nothing. */
    private CompletableFuture<List<ObjectJob>> list(Supplier<CompletableFuture<List<ObjectJob>>> task) {
        return cancellation.begin(task).exceptionally(failure -> {
            if (isRefusal(failure)) {
                return List.of();
            }
            throw new CompletionException(Failures.cause(failure));
        });
    }

    private static boolean isRefusal(Throwable failure) {
        return Failures.cause(failure) instanceof ApiException refusal && !refusal.isPassing();
    }

    private static boolean isFull(List<ObjectJob> list) {
        return list.size() >= Query.LIMIT;
    }

    private CompletableFuture<List<Judged>> judge(Order order, List<ObjectJob> candidates) {
        CompletableFuture<List<Judged>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (ObjectJob candidate : candidates) {
            all = all.thenCompose(judged -> judge(order, candidate).thenApply(next -> {
                judged.add(next);
                return judged;
            }));
        }
        return all;
    }

    /** A list may leave out what tells an order from another: then the job itself is asked. */
    private CompletableFuture<Judged> judge(Order order, ObjectJob candidate) {
        long id = candidate.job().id();
        JobIdentity.Verdict atOnce = identity.of(order, candidate);
        return atOnce != JobIdentity.Verdict.UNKNOWN
                ? CompletableFuture.completedFuture(new Judged(id, atOnce))
                : cancellation.begin(() -> lookup.ask(id)).handle((whole, failure) -> {
                    if (failure == null) {
                        return new Judged(id, identity.of(order, whole));
                    }
                    if (isRefusal(failure)) {
                        return new Judged(id, JobIdentity.Verdict.UNKNOWN);
                    }
                    throw new CompletionException(Failures.cause(failure));
                });
    }

    private static Found choose(Order order, List<Judged> judged, boolean full) {
        List<Long> ours = ids(judged, JobIdentity.Verdict.OURS);
        List<Long> failed = ids(judged, JobIdentity.Verdict.OURS_FAILED);
        if (ours.isEmpty() && failed.size() >= order.sent()) {
            // As long as one is missing of an order that was sent twice, it may go on.
            ours = failed;
        }
        if (!ours.isEmpty()) {
            return new Found(Shows.ORDERED, ours.subList(0, 1));
        }
        List<Long> unknown = ids(judged, JobIdentity.Verdict.UNKNOWN);
        return new Found(full || !unknown.isEmpty() ? Shows.PERHAPS : Shows.NOTHING, unknown);
    }

    private static List<Long> ids(List<Judged> judged, JobIdentity.Verdict verdict) {
        return judged.stream()
                .filter(each -> each.verdict() == verdict)
                .map(Judged::jobId)
                .distinct()
                .toList();
    }
}
