package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.WorkflowEvent;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.UnderWay;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.reissue.JobLookup;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks for the job of an order whose answer was lost, among the certificate's running and ended jobs. A job is the order's by
 * its key or, where no key is shown, its client transaction id; it is another's only by another key. Never by a time, since
 * clocks differ, nor by the order of rows.
 */
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

    private enum Verdict {
        OURS,
        OURS_FAILED,
        NOT_OURS,
        UNKNOWN
    }

    private record Judged(long jobId, Verdict verdict) {}

    private final SslManagerApi api;
    private final InstantSource clock;
    private final UnderWay underWay;
    private final JobLookup lookup;

    OrderSearch(SslManagerApi api, InstantSource clock, UnderWay underWay) {
        this.api = api;
        this.clock = clock;
        this.underWay = underWay;
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
        return underWay.begin(task).exceptionally(failure -> {
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
        Verdict atOnce = verdict(order, candidate);
        return atOnce != Verdict.UNKNOWN
                ? CompletableFuture.completedFuture(new Judged(id, atOnce))
                : underWay.begin(() -> lookup.ask(id)).handle((whole, failure) -> {
                    if (failure == null) {
                        return new Judged(id, verdict(order, whole));
                    }
                    if (isRefusal(failure)) {
                        return new Judged(id, Verdict.UNKNOWN);
                    }
                    throw new CompletionException(Failures.cause(failure));
                });
    }

    private static Verdict verdict(Order order, ObjectJob job) {
        Verdict byKey = byKey(order, job);
        if (byKey == Verdict.UNKNOWN && hasCtid(order, job)) {
            byKey = Verdict.OURS;
        }
        boolean failed = job.job() != null
                && (JobStatus.FAILED.equals(job.job().status())
                        || JobStatus.CANCELED.equals(job.job().status()));
        if (byKey == Verdict.OURS) {
            return failed ? Verdict.OURS_FAILED : Verdict.OURS;
        }
        return failed || isAboutSomethingElse(job) ? Verdict.NOT_OURS : byKey;
    }

    /** Whether a job that runs is certainly an order's. */
    static boolean isOf(Order order, ObjectJob job) {
        return verdict(order, job) == Verdict.OURS;
    }

    private static Verdict byKey(Order order, ObjectJob job) {
        Certificate ordered = job.object() == null ? null : job.object().data();
        if (ordered == null || ordered.csr() == null) {
            return Verdict.UNKNOWN;
        }
        try {
            String key = CertificateSigningRequest.parse(ordered.csr()).publicKeySha256();
            return key.equals(order.request().publicKeySha256()) ? Verdict.OURS : Verdict.NOT_OURS;
        } catch (PkiException e) {
            return Verdict.UNKNOWN;
        }
    }

    private static boolean hasCtid(Order order, ObjectJob job) {
        return Stream.ofNullable(job.job())
                .flatMap(each -> Stream.ofNullable(each.events()))
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .map(WorkflowEvent::ctid)
                .anyMatch(order.request().ctid()::equals);
    }

    private static boolean isAboutSomethingElse(ObjectJob job) {
        return job.object() != null
                && job.object().type() != null
                && !ResponseObject.CERTIFICATE.equalsIgnoreCase(job.object().type());
    }

    private static Found choose(Order order, List<Judged> judged, boolean full) {
        List<Long> ours = ids(judged, Verdict.OURS);
        List<Long> failed = ids(judged, Verdict.OURS_FAILED);
        if (ours.isEmpty() && failed.size() >= order.sent()) {
            // As long as one is missing of an order that was sent twice, it may go on.
            ours = failed;
        }
        if (!ours.isEmpty()) {
            return new Found(Shows.ORDERED, ours.subList(0, 1));
        }
        List<Long> unknown = ids(judged, Verdict.UNKNOWN);
        return new Found(full || !unknown.isEmpty() ? Shows.PERHAPS : Shows.NOTHING, unknown);
    }

    private static List<Long> ids(List<Judged> judged, Verdict verdict) {
        return judged.stream()
                .filter(each -> each.verdict() == verdict)
                .map(Judged::jobId)
                .distinct()
                .toList();
    }
}
