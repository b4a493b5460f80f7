package io.jenkins.plugins.sslmanager.engine.api;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * What a search looks for (OpenAPI {@code Query}).
 *
 * @param filters null for everything
 */
public record Query(List<Filter> filters, View view, List<Order> orders) {

    /** How many rows an answer has at the most; the service gives as many where no limit is asked for. */
    public static final int LIMIT = 100;

    private static final List<Order> NEWEST_FIRST = List.of(new Order("created", "DESC"));

    /** Returns all jobs about a certificate, newest first. */
    public static Query jobsOf(String certificateName) {
        return jobsOf(certificateName, new View(LIMIT, 0, null, null));
    }

    /** Returns the same for the job history, which wants a period. */
    public static Query jobsOf(String certificateName, OffsetDateTime from, OffsetDateTime to) {
        return jobsOf(certificateName, new View(LIMIT, 0, from, to));
    }

    /** Returns all certificates of a name, newest first. */
    public static Query certificatesOf(String name) {
        return newestFirst("name", name, new View(LIMIT, 0, null, null));
    }

    /**
     * Returns all certificates, newest first.
     *
     * @param offset how many to leave out
     */
    public static Query certificates(int offset) {
        return page(offset);
    }

    /**
     * Returns all jobs, newest first.
     *
     * @param offset how many to leave out
     */
    public static Query runningJobs(int offset) {
        return page(offset);
    }

    private static Query page(int offset) {
        return new Query(null, new View(LIMIT, offset, null, null), NEWEST_FIRST);
    }

    /**
     * All jobs of the job history, newest first.
     *
     * @param offset how many to leave out
     */
    public static Query endedJobs(int offset, OffsetDateTime from, OffsetDateTime to) {
        return new Query(null, new View(LIMIT, offset, from, to), NEWEST_FIRST);
    }

    /**
     * Running jobs that renew something, newest first, domains included.
     *
     * @param offset how many to leave out
     */
    public static Query runningRenewals(int offset) {
        return renewals(new View(LIMIT, offset, null, null));
    }

    /** Returns the same for the job history, which wants a period. */
    public static Query endedRenewals(int offset, OffsetDateTime from, OffsetDateTime to) {
        return renewals(new View(LIMIT, offset, from, to));
    }

    private static Query renewals(View view) {
        return newestFirst("action", Job.RENEWAL, view);
    }

    private static Query jobsOf(String certificateName, View view) {
        return newestFirst("object", certificateName, view);
    }

    private static Query newestFirst(String key, String value, View view) {
        return new Query(List.of(new Filter(key, value, "EQUAL")), view, NEWEST_FIRST);
    }

    /** A condition (OpenAPI {@code QueryFilter}). */
    public record Filter(String key, String value, String operator) {}

    /** A part of the result (OpenAPI {@code QueryView}). */
    public record View(Integer limit, Integer offset, OffsetDateTime from, OffsetDateTime to) {}

    /** The order of the result (OpenAPI {@code Order}). */
    public record Order(String key, String type) {}
}
