package io.jenkins.plugins.sslmanager.engine.sandbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** As much of OpenAPI {@code Query} as looking for a job needs: equality on some keys, the period, and the order of creation. */
final class JobSearch {

    private JobSearch() {}

    static List<ObjectJob> in(Collection<SandboxJob> jobs, Query query, Instant now) {
        Query.View view = query.view() == null ? new Query.View(null, null, null, null) : query.view();
        Predicate<ObjectJob> matches = orEmpty(query.filters())
                .map(JobSearch::matching)
                .reduce(Predicate::and)
                .orElse(job -> true);
        return jobs.stream()
                .map(job -> job.describe(now))
                .filter(matches)
                .filter(job -> isWithin(view, job.job().created()))
                .sorted(order(query))
                .skip(view.offset() == null ? 0 : view.offset())
                .limit(view.limit() == null ? Long.MAX_VALUE : view.limit())
                .toList();
    }

    private static Predicate<ObjectJob> matching(Query.Filter filter) {
        if (!"EQUAL".equals(filter.operator())) {
            throw TaskRefused.wrongValue("query.filters.operator", filter.operator());
        }
        String wanted = filter.value();
        return switch (String.valueOf(filter.key())) {
            case "object" -> job -> job.object().value().equals(wanted);
            case "status" -> job -> job.job().status().name().equals(wanted);
            case "action" -> job -> job.job().action().equals(wanted);
            case "id" -> job -> job.job().id().toString().equals(wanted);
            default -> throw TaskRefused.wrongValue("query.filters.key", filter.key());
        };
    }

    private static boolean isWithin(Query.View view, OffsetDateTime created) {
        return (view.from() == null || !created.isBefore(view.from()))
                && (view.to() == null || !created.isAfter(view.to()));
    }

    private static Comparator<ObjectJob> order(Query query) {
        return orEmpty(query.orders())
                .map(JobSearch::order)
                .reduce(Comparator::thenComparing)
                .orElse(Comparator.comparing(job -> job.job().id()));
    }

    private static Comparator<ObjectJob> order(Query.Order order) {
        if (!"created".equals(order.key())) {
            throw TaskRefused.wrongValue("query.orders.key", order.key());
        }
        Comparator<ObjectJob> ascending = Comparator.<ObjectJob, OffsetDateTime>comparing(
                        job -> job.job().created())
                .thenComparing(job -> job.job().id());
        return "DESC".equals(order.type()) ? ascending.reversed() : ascending;
    }

    private static <T> Stream<T> orEmpty(@CheckForNull List<T> list) {
        return list == null ? Stream.empty() : list.stream();
    }
}
