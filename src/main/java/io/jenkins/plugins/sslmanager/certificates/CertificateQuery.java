package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What of a list of certificates is asked for, and in which order.
 *
 * @param search words that all must be there, in any case of letters
 */
record CertificateQuery(String search, Column sort, boolean descending) {

    private static final String DESCENDING = "desc";

    /** By the parameters of the address; what is not understood is left out. */
    static CertificateQuery ofRequest() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request == null
                ? of(null, null, null)
                : of(request.getParameter("search"), request.getParameter("sort"), request.getParameter("order"));
    }

    static CertificateQuery of(@CheckForNull String search, @CheckForNull String sort, @CheckForNull String order) {
        return new CertificateQuery(
                Util.fixNull(search).trim(), Column.ofKey(sort).orElse(Column.UNTIL), DESCENDING.equals(order));
    }

    List<CertificateRow> select(List<CertificateRow> all) {
        List<String> words = Arrays.asList(lowerCase(search).split("\\s+"));
        return all.stream()
                .filter(row -> search.isEmpty() || words.stream().allMatch(lowerCase(row.text())::contains))
                .sorted(sort.order(descending))
                .toList();
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Another order of the same. */
    CertificateQuery sortedBy(Column column) {
        return new CertificateQuery(search, column, column == sort && !descending);
    }

    /** As the parameters of an address. */
    String toAddress() {
        return "?search=" + Util.rawEncode(search) + "&sort=" + sort.key() + (descending ? "&order=" + DESCENDING : "");
    }
}
