package io.jenkins.plugins.sslmanager.certificates;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** What a page of certificates shows. */
public final class CertificateTable {

    /** More would keep browsers busy rather than help. */
    static final int SHOWN = 1000;

    private final CertificateQuery query;
    private final List<CertificateRow> found;
    private final int total;

    CertificateTable(CertificateQuery query, List<CertificateRow> all) {
        this.query = query;
        found = query.select(all);
        total = all.size();
    }

    public List<CertificateRow> getRows() {
        return found.subList(0, Math.min(SHOWN, found.size()));
    }

    public int getFound() {
        return found.size();
    }

    public int getTotal() {
        return total;
    }

    public String getSearch() {
        return query.search();
    }

    public String getSort() {
        return query.sort().key();
    }

    public boolean isDescending() {
        return query.descending();
    }

    /** Returns the parameters that ask for the same. */
    public String getQuery() {
        return query.toAddress();
    }

    public String getSummary() {
        int size = found.size();
        if (size > SHOWN) {
            return Messages.CertificateTable_tooMany(SHOWN, size);
        }
        return size == total ? Messages.CertificateTable_found(size) : Messages.CertificateTable_foundOf(size, total);
    }

    public List<Header> getHeaders() {
        return Arrays.stream(Column.values()).map(Header::new).toList();
    }

    public Timeline getTimeline() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return new Timeline(
                found, LocalDate.now(ZoneOffset.UTC), request == null ? Locale.ENGLISH : request.getLocale());
    }

    /** The head of a column, with the link that sorts by it. */
    public final class Header {

        private final Column column;

        Header(Column column) {
            this.column = column;
        }

        public String getTitle() {
            return column.title();
        }

        public String getLink() {
            return query.sortedBy(column).toAddress();
        }

        /** Returns the value of {@code aria-sort}. */
        public String getOrder() {
            if (column != query.sort()) {
                return "none";
            }
            return query.descending() ? "descending" : "ascending";
        }
    }
}
