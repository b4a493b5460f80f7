package io.jenkins.plugins.sslmanager.engine.reissue;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.WorkflowEvent;
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
    private final JobLookup lookup;

    OrderSearch(SslManagerApi api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
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
        return api.jobSearch(Query.jobsOf(name))
                .thenCompose(running -> api.jobHistorySearch(Query.jobsOf(name, from, to))
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
            all = all.thenCombine(judge(ordering, candidate), (judged, next) -> {
                judged.add(next);
                return judged;
            });
        }
        return all;
    }

    /** A list may leave out what tells an order from another: then the job itself is asked. */
    private CompletableFuture<Judged> judge(ReissueState ordering, ObjectJob candidate) {
        Verdict atOnce = verdict(ordering, candidate);
        return atOnce != Verdict.UNKNOWN
                ? CompletableFuture.completedFuture(new Judged(candidate.job(), atOnce))
                : lookup.ask(candidate.job().id())
                        .thenApply(whole -> new Judged(candidate.job(), verdict(ordering, whole)));
    }

    private static Verdict verdict(ReissueState ordering, ObjectJob job) {
        List<String> ctids = job.job().events() == null
                ? List.of()
                : job.job().events().stream()
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
            throw new ReissueException("It cannot be told whether the order for " + ordering.certificateName()
                    + " (client transaction id " + ordering.ctid() + ") arrived: jobs " + unknown
                    + " of this certificate may be it. Nothing was ordered again. Look at these jobs in the SSL Manager, then"
                    + " wait for the right one with sslAwaitNotification, or order again if none is");
        }
        return ours;
    }
}
