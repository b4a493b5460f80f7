package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Tells which of an account's certificates have to be asked for, each by itself, to know whether they are due. One page of
 * CertificateList (400105) has the ends of a hundred, and most of these are far from their rule.
 *
 * <p>The list has neither the beginning of a certificate nor the end of its paid term, nor whether the service wants it
 * re-issued. So each is asked for once a week all the same, spread over the week; and whenever it was not for so long, since
 * whoever looks once a week always looks on the same day of it.
 */
public final class DueCandidates {

    /** So many cost no more than a list would; counted from one list to the next. */
    private static final int FEW = 5;

    /** Jobs look once a day, each at a time of its own, and share one list. */
    public static final Duration FRESH = Duration.ofHours(20);

    private static final Duration NEW = Duration.ofHours(1);

    /** A list that is as old as it may be, and an end that is rounded to its day. */
    private static final Duration MARGIN = Duration.ofDays(2);

    private static final int DAYS_OF_A_WEEK = 7;

    /** Less than a week, since whoever looks at a certain time of a day is sometimes a little early. */
    private static final Duration LONGEST_WITHOUT_LOOK =
            Duration.ofDays(DAYS_OF_A_WEEK).minusHours(12);

    /** Longest lifetimes by the CA/Browser Forum's ballot SC-081v3: until 15 March 2026, and since. */
    private static final Duration LONGEST_LIFETIME_BEFORE = Duration.ofDays(398);

    private static final Duration LONGEST_LIFETIME = Duration.ofDays(200);
    private static final Instant SHORTER_SINCE = Instant.parse("2026-03-15T00:00:00Z");

    private final InstantSource clock;
    private final SharedCertificateList list;
    private Instant begun = Instant.MIN;
    private int asked;
    private CompletableFuture<Map<Long, Instant>> ends;

    /** Of what has not been looked at yet, when it was first wanted: after a restart, not all are looked at at once. */
    private final Map<Long, Instant> looks = new ConcurrentHashMap<>();

    /** @param list of one user of an account, since users may see different certificates */
    public DueCandidates(InstantSource clock, SharedCertificateList list) {
        this.clock = clock;
        this.list = list;
    }

    /**
     * @param certificates by their present numbers
     * @return those of them that may be due, that the list does not have, or whose weekly look it is; fails with ApiException for
     *     trouble of the moment
     */
    public CompletableFuture<List<Long>> among(SslManagerApi api, Collection<Long> certificates, DueRule rule) {
        Instant now = clock.instant();
        CompletableFuture<Map<Long, Instant>> known = ends(api, certificates.size(), now);
        return known.thenApply(listed -> certificates.stream()
                .filter(id -> mayBeDue(id, listed.get(id), rule, looks.merge(id, now, (last, first) -> last), now))
                .toList());
    }

    /** The service has been asked for that certificate. */
    public void looked(long certificate) {
        looks.put(certificate, clock.instant());
    }

    private synchronized CompletableFuture<Map<Long, Instant>> ends(SslManagerApi api, int more, Instant now) {
        if (!now.isBefore(begun.plus(FRESH)) || ends != null && ends.isCompletedExceptionally()) {
            begun = now;
            asked = 0;
            ends = null;
        }
        asked += more;
        if (ends == null && asked > FEW) {
            ends = listed(api);
        }
        return ends == null ? CompletableFuture.completedFuture(Map.of()) : ends.copy();
    }

    /**
     * Whether a certificate has to be asked for, since it may be due, since it is the day of the week on which it is asked for, or
     * since it was not for a week.
     *
     * @param end as the list has it; null where it has none
     * @param looked when it was last asked for
     */
    public static boolean mayBeDue(long id, @CheckForNull Instant end, DueRule rule, Instant looked, Instant now) {
        return end == null
                || rule.isDue(end.minus(longestLifetime(end)), end, now.plus(MARGIN))
                || isDayOf(id, now)
                || !now.isBefore(looked.plus(LONGEST_WITHOUT_LOOK));
    }

    /** Of two certificates with the same end, that with the longer lifetime is due earlier. */
    private static Duration longestLifetime(Instant end) {
        return end.minus(LONGEST_LIFETIME_BEFORE).isBefore(SHORTER_SINCE) ? LONGEST_LIFETIME_BEFORE : LONGEST_LIFETIME;
    }

    private static boolean isDayOf(long id, Instant now) {
        long day = now.getEpochSecond() / Duration.ofDays(1).toSeconds();
        return Math.floorMod(Long.hashCode(id), DAYS_OF_A_WEEK) == Math.floorMod(day, DAYS_OF_A_WEEK);
    }

    /** An account that may not list its certificates has each of them asked for. */
    private CompletableFuture<Map<Long, Instant>> listed(SslManagerApi api) {
        return list.all(api, NEW)
                .thenApply(rows -> rows.stream()
                        .filter(row -> row.expire() != null)
                        .collect(Collectors.toMap(
                                Certificate::id, row -> row.expire().toInstant())))
                .exceptionally(failure -> {
                    if (Failures.cause(failure) instanceof ApiException refusal && !refusal.isPassing()) {
                        return Map.of();
                    }
                    throw new CompletionException(Failures.cause(failure));
                });
    }
}
