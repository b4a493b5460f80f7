package io.jenkins.plugins.sslmanager.engine.reissue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.WorkflowEvent;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.UnderWay;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Finds the job of an order whose answer was lost, among the certificate's running and ended jobs. */
final class OrderSearch {

    /** How far the service's clock may be from ours: a time without its zone, read wrongly, is no reason to order twice. */
    private static final Duration SKEW = Duration.ofDays(1);

    private enum Verdict {
        OURS,
        ANOTHER,
        UNKNOWN
    }

    private record Judged(Job job, Verdict verdict) {}

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

    /**
     * @return empty if it is certain that the service has no such job; fails with {@link ReissueException} if there is a job
     *     of which it cannot be told whether it is this order's
     */
    CompletableFuture<Optional<Job>> jobOf(ReissueState ordering) {
        Instant since = Instant.ofEpochMilli(ordering.orderedAt()).minus(SKEW);
        String name = ordering.certificateName();
        OffsetDateTime from = since.atOffset(ZoneOffset.UTC);
        OffsetDateTime to = clock.instant().plus(SKEW).atOffset(ZoneOffset.UTC);
        // In this order, or a job that ends in between is in neither list.
        return underWay.begin(() -> api.jobSearch(Query.jobsOf(name)))
                .thenCompose(running -> underWay.begin(() -> api.jobHistorySearch(Query.jobsOf(name, from, to)))
                        .thenApply(ended -> Stream.concat(running.stream(), ended.stream())
                                .filter(each -> each.job() != null && each.job().id() != null)
                                .filter(each -> each.job().created() == null
                                        || !each.job().created().toInstant().isBefore(since))
                                .toList()))
                .thenCompose(candidates -> judge(ordering, candidates))
                .thenApply(judged -> choose(ordering, judged));
    }

    private CompletableFuture<List<Judged>> judge(ReissueState ordering, List<ObjectJob> candidates) {
        CompletableFuture<List<Judged>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (ObjectJob candidate : candidates) {
            all = all.thenCompose(judged -> judge(ordering, candidate).thenApply(next -> {
                judged.add(next);
                return judged;
            }));
        }
        return all;
    }

    /** A list may leave out what tells an order from another: then the job itself is asked. */
    private CompletableFuture<Judged> judge(ReissueState ordering, ObjectJob candidate) {
        Verdict atOnce = verdict(ordering, candidate);
        return atOnce != Verdict.UNKNOWN
                ? CompletableFuture.completedFuture(new Judged(candidate.job(), atOnce))
                : underWay.begin(() -> lookup.ask(candidate.job().id()))
                        .handle((whole, failure) -> failure == null ? verdict(ordering, whole) : unseen(failure))
                        .thenApply(verdict -> new Judged(candidate.job(), verdict));
    }

    private static Verdict unseen(Throwable failure) {
        if (JobLookup.isNotFound(failure)) {
            return Verdict.UNKNOWN;
        }
        throw new CompletionException(Failures.cause(failure));
    }

    private static Verdict verdict(ReissueState ordering, ObjectJob job) {
        List<String> ctids = Stream.ofNullable(job.job())
                .flatMap(each -> Stream.ofNullable(each.events()))
                .flatMap(List::stream)
                .map(WorkflowEvent::ctid)
                .filter(Objects::nonNull)
                .toList();
        if (!ctids.isEmpty()) {
            return ctids.contains(ordering.ctid()) ? Verdict.OURS : Verdict.ANOTHER;
        }
        Certificate ordered = job.object() == null ? null : job.object().data();
        if (ordered == null || ordered.csr() == null) {
            return Verdict.UNKNOWN;
        }
        try {
            String key = CertificateSigningRequest.parse(ordered.csr()).publicKeySha256();
            return key.equals(ordering.publicKeySha256()) ? Verdict.OURS : Verdict.ANOTHER;
        } catch (PkiException e) {
            return Verdict.UNKNOWN;
        }
    }

    private static Optional<Job> choose(ReissueState ordering, List<Judged> judged) {
        Optional<Job> ours = judged.stream()
                .filter(each -> each.verdict() == Verdict.OURS)
                .map(Judged::job)
                .findFirst();
        List<Long> unknown = judged.stream()
                .filter(each -> each.verdict() == Verdict.UNKNOWN)
                .map(each -> each.job().id())
                .toList();
        if (ours.isEmpty() && !unknown.isEmpty()) {
            throw inDoubt(ordering, "jobs " + unknown + " of this certificate may be it.", null);
        }
        return ours;
    }

    /** @param reason whole sentences */
    static ReissueException inDoubt(ReissueState ordering, String reason, @CheckForNull Throwable cause) {
        return new ReissueException(
                ReissueException.Kind.UNCLEAR,
                "It cannot be told whether the order for " + ordering.certificateName() + " (client transaction id "
                        + ordering.ctid() + ") arrived: " + reason
                        + " Nothing was ordered again. Look at this certificate's jobs in the SSL Manager, then wait for the"
                        + " right one with sslAwaitNotification, or order again if there is none",
                cause);
    }
}
