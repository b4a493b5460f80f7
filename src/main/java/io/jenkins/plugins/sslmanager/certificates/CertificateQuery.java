package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What of a list of certificates is asked for, and in which order.
 *
 * @param search words that all must be there, in any case of letters
 * @param state null for any
 * @param week the first day of the week in which they expire; null for any time
 * @param page from 1 on
 */
record CertificateQuery(
        String search,
        @CheckForNull CertificateState state,
        @CheckForNull LocalDate week,
        Column sort,
        boolean descending,
        int page) {

    static final String SEARCH = "search";
    private static final String DESCENDING = "desc";
    private static final int DAYS_A_WEEK = 7;

    /** Everything, the worst first. */
    static final CertificateQuery ALL = new CertificateQuery("", null, null, Column.STATE, false, 1);

    /** By the parameters of the address; what is not understood is left out. */
    static CertificateQuery ofRequest() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request == null
                ? ALL
                : new CertificateQuery(
                        Util.fixNull(request.getParameter(SEARCH)).trim(),
                        CertificateState.ofKey(request.getParameter("state")).orElse(null),
                        day(request.getParameter("week")),
                        Column.ofKey(request.getParameter("sort")).orElse(Column.STATE),
                        DESCENDING.equals(request.getParameter("order")),
                        number(request.getParameter("page")));
    }

    @CheckForNull
    private static LocalDate day(@CheckForNull String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static int number(@CheckForNull String text) {
        return text != null && text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : 1;
    }

    List<CertificateRow> select(List<CertificateRow> all) {
        return found(all).stream()
                .filter(row -> state == null || row.getState() == state)
                .sorted(sort.order(descending))
                .toList();
    }

    /** Whatever state they are in. */
    List<CertificateRow> found(List<CertificateRow> all) {
        List<String> words = Arrays.asList(lowerCase(search).split("\\s+"));
        return all.stream()
                .filter(row -> hasAll(row, words) && expiresInTime(row))
                .toList();
    }

    private boolean hasAll(CertificateRow row, List<String> words) {
        return search.isEmpty() || words.stream().allMatch(lowerCase(row.text())::contains);
    }

    private boolean expiresInTime(CertificateRow row) {
        if (week == null) {
            return true;
        }
        LocalDate end = row.facts().notAfter().atOffset(ZoneOffset.UTC).toLocalDate();
        return !end.isBefore(week) && end.isBefore(week.plusDays(DAYS_A_WEEK));
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Another order of the same. */
    CertificateQuery sortedBy(Column column) {
        return new CertificateQuery(search, state, week, column, column == sort && !descending, 1);
    }

    CertificateQuery inState(@CheckForNull CertificateState wanted) {
        return new CertificateQuery(search, wanted, week, sort, descending, 1);
    }

    CertificateQuery inWeek(@CheckForNull LocalDate wanted) {
        return new CertificateQuery(search, null, wanted, sort, descending, 1);
    }

    CertificateQuery onPage(int wanted) {
        return new CertificateQuery(search, state, week, sort, descending, wanted);
    }

    /** As the parameters of an address. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("sort", sort.key());
        if (descending) {
            parameters.put("order", DESCENDING);
        }
        if (!search.isEmpty()) {
            parameters.put(SEARCH, search);
        }
        if (state != null) {
            parameters.put("state", state.getKey());
        }
        if (week != null) {
            parameters.put("week", week.toString());
        }
        if (page > 1) {
            parameters.put("page", Integer.toString(page));
        }
        return parameters;
    }

    String toAddress() {
        return parameters().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + Util.rawEncode(parameter.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }
}
