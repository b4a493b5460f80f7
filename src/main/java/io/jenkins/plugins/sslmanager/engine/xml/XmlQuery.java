package io.jenkins.plugins.sslmanager.engine.xml;

import io.jenkins.plugins.sslmanager.engine.api.Query;
import java.util.Locale;

/**
 * What a list is asked for (help: List Inquire). There is no period: a list over XML has none, and the newest come first.
 *
 * @param where one condition; null for everything
 */
public record XmlQuery(View view, Where where, Order order) {

    private static final String EQUAL = "EQUAL";

    /** A part of the list. */
    public record View(Integer limit, Integer offset) {}

    /** A condition. */
    public record Where(String key, String operator, String value) {}

    /** The order of the list. */
    public record Order(String key, String mode) {}

    /** @param query with at most one condition, that something is equal, and one key to sort by */
    static XmlQuery of(Query query) {
        Query.Order order = query.orders().get(0);
        return new XmlQuery(
                new View(query.view().limit(), query.view().offset()),
                query.filters() == null ? null : where(query.filters().get(0)),
                new Order(order.key(), order.type().toLowerCase(Locale.ROOT)));
    }

    private static Where where(Query.Filter filter) {
        return new Where(filter.key(), operator(filter.operator()), filter.value());
    }

    private static String operator(String operator) {
        if (!EQUAL.equals(operator)) {
            throw new IllegalArgumentException("There is no translation of the operator " + operator);
        }
        return "eq";
    }
}
