package io.jenkins.plugins.sslmanager.engine.sandbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * As much of OpenAPI {@code Query} as looking for a job or a certificate needs: equality on some keys, the period, and the order
 * of creation.
 *
 * @param <T> a row of the list
 */
final class ListQuery<T> {

    private static final ListQuery<ObjectJob> OF_JOBS = new ListQuery<>(
            Map.of(
                    "object", job -> job.object().value(),
                    "status", job -> job.job().status().name(),
                    "action", job -> job.job().action(),
                    "id", job -> job.job().id()),
            job -> job.job().created(),
            job -> job.job().id());

    private static final ListQuery<Certificate> OF_CERTIFICATES = new ListQuery<>(
            Map.of("name", Certificate::name, "product", Certificate::product, "id", Certificate::id),
            Certificate::created,
            Certificate::id);

    private final Map<String, Function<T, Object>> keys;
    private final Function<T, OffsetDateTime> created;
    private final Function<T, Long> id;

    private ListQuery(
            Map<String, Function<T, Object>> keys, Function<T, OffsetDateTime> created, Function<T, Long> id) {
        this.keys = keys;
        this.created = created;
        this.id = id;
    }

    static List<ObjectJob> ofJobs(Collection<SandboxJob> jobs, Query query, Instant now) {
        return OF_JOBS.rows(jobs.stream().map(job -> job.describe(now)), query);
    }

    static List<Certificate> ofCertificates(Collection<Certificate> certificates, Query query) {
        return OF_CERTIFICATES.rows(certificates.stream().map(Issuance::asListed), query);
    }

    private List<T> rows(Stream<T> all, Query query) {
        Query.View view = query.view() == null ? new Query.View(null, null, null, null) : query.view();
        Predicate<T> matches = orEmpty(query.filters())
                .map(this::matching)
                .reduce(Predicate::and)
                .orElse(row -> true);
        return all.filter(matches)
                .filter(row -> isWithin(view, created.apply(row)))
                .sorted(order(query))
                .skip(view.offset() == null ? 0 : view.offset())
                .limit(view.limit() == null ? Long.MAX_VALUE : view.limit())
                .toList();
    }

    private Predicate<T> matching(Query.Filter filter) {
        if (!"EQUAL".equals(filter.operator())) {
            throw TaskRefused.wrongValue("query.filters.operator", filter.operator());
        }
        Function<T, Object> value = keys.get(String.valueOf(filter.key()));
        if (value == null) {
            throw TaskRefused.wrongValue("query.filters.key", filter.key());
        }
        return row -> String.valueOf(value.apply(row)).equals(filter.value());
    }

    private static boolean isWithin(Query.View view, OffsetDateTime created) {
        return (view.from() == null || !created.isBefore(view.from()))
                && (view.to() == null || !created.isAfter(view.to()));
    }

    private Comparator<T> order(Query query) {
        return orEmpty(query.orders())
                .map(this::order)
                .reduce(Comparator::thenComparing)
                .orElse(Comparator.comparing(id));
    }

    private Comparator<T> order(Query.Order order) {
        if (!"created".equals(order.key())) {
            throw TaskRefused.wrongValue("query.orders.key", order.key());
        }
        Comparator<T> ascending = Comparator.comparing(created).thenComparing(id);
        return "DESC".equals(order.type()) ? ascending.reversed() : ascending;
    }

    private static <X> Stream<X> orEmpty(@CheckForNull List<X> list) {
        return list == null ? Stream.empty() : list.stream();
    }
}
