package io.jenkins.plugins.sslmanager.engine.bench;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateRows;
import io.jenkins.plugins.sslmanager.engine.rotation.DueCandidates;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.SharedCertificateList;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.LongStream;

/** A day's look at a fleet that is re-issued 30 days before its ends, which therefore are 30 to 200 days away. */
final class DueCheck {

    private static final Duration RULE = Duration.ofDays(30);
    private static final Duration LIFETIME = Duration.ofDays(200);

    /** As {@link DueCandidates} has it, since ends are rounded and lists are late. */
    private static final Duration MARGIN = Duration.ofDays(2);

    private final Instant now = VirtualTime.START;
    private final int size;
    private final List<Long> askedFor;
    private int pages;

    DueCheck(int size) {
        this.size = size;
        List<Long> certificates = LongStream.range(0, size).boxed().toList();
        askedFor = new DueCandidates(() -> now, new SharedCertificateList(() -> now))
                .among(new Listing(), certificates, DueRule.parse(RULE.toDays() + "d"))
                .join();
    }

    int pages() {
        return pages;
    }

    int askedFor() {
        return askedFor.size();
    }

    /** The others are asked for since it is their day of the week. */
    long near() {
        return askedFor.stream()
                .filter(id -> !end(id).isAfter(now.plus(RULE).plus(MARGIN)))
                .count();
    }

    private Instant end(long id) {
        return now.plus(RULE).plus(LIFETIME.minus(RULE).multipliedBy(id).dividedBy(size));
    }

    private final class Listing extends ForwardingApi {

        @Override
        protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
            throw new UnsupportedOperationException(task.toString());
        }

        @Override
        public SslManagerApi patient() {
            return this;
        }

        @Override
        public CompletableFuture<List<Certificate>> certificateSearch(Query query) {
            pages++;
            long first = query.view().offset();
            return CompletableFuture.completedFuture(LongStream.range(first, Math.min(first + Query.LIMIT, size))
                    .mapToObj(id -> CertificateRows.of(id, end(id).atOffset(ZoneOffset.UTC)))
                    .toList());
        }
    }
}
