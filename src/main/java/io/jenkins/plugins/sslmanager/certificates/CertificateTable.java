package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** What a page of certificates shows. */
public final class CertificateTable {

    static final int ROWS_A_PAGE = 100;

    private final CertificateQuery query;

    /** Whatever their state. */
    private final List<CertificateRow> inAnyState;

    private final List<CertificateRow> found;
    private final int total;

    private final List<CertificateRow> inAnyWeek;

    CertificateTable(CertificateQuery query, List<CertificateRow> all) {
        this.query = query;
        inAnyWeek = query.inWeek(null).found(all);
        inAnyState = query.found(all);
        found = query.select(all);
        total = all.size();
    }

    public List<CertificateRow> getRows() {
        int first = (getPage() - 1) * ROWS_A_PAGE;
        return found.subList(first, Math.min(first + ROWS_A_PAGE, found.size()));
    }

    public int getTotal() {
        return total;
    }

    /** From 1 on; the last one where the address names one beyond. */
    public int getPage() {
        return Math.min(query.page(), getPages());
    }

    public int getPages() {
        return Math.max(1, (found.size() + ROWS_A_PAGE - 1) / ROWS_A_PAGE);
    }

    /** Null on the first page. */
    @CheckForNull
    public String getPreviousPage() {
        return getPage() == 1 ? null : query.onPage(getPage() - 1).toAddress();
    }

    /** Null on the last page. */
    @CheckForNull
    public String getNextPage() {
        return getPage() == getPages() ? null : query.onPage(getPage() + 1).toAddress();
    }

    /** The parameters that ask for the same, all of it. */
    public String getQuery() {
        return query.onPage(1).toAddress();
    }

    public String getSearch() {
        return query.search();
    }

    /** What another search keeps of the address. */
    public Set<Map.Entry<String, String>> getKept() {
        Map<String, String> kept = query.onPage(1).parameters();
        kept.remove(CertificateQuery.SEARCH);
        return kept.entrySet();
    }

    public String getSummary() {
        int size = found.size();
        return size == total ? Messages.CertificateTable_found(size) : Messages.CertificateTable_foundOf(size, total);
    }

    public List<Header> getHeaders() {
        return Arrays.stream(Column.values())
                .filter(column -> column != Column.USE || isWithTargets())
                .map(Header::new)
                .toList();
    }

    /** Whether a build has deployed any of them. */
    public boolean isWithTargets() {
        return found.stream().anyMatch(row -> !row.getDeployments().isEmpty());
    }

    /** All of them, then each state that there is, the worst first. */
    public List<Chip> getChips() {
        Stream<CertificateState> states = Arrays.stream(CertificateState.values())
                .filter(state ->
                        state == query.state() || inAnyState.stream().anyMatch(row -> row.getState() == state));
        return Stream.concat(Stream.of(new Chip(null)), states.map(Chip::new)).toList();
    }

    /** The way out of a week that the picture has led to; null if none is chosen. */
    @CheckForNull
    public String getAnyWeek() {
        return query.week() == null ? null : query.inWeek(null).toAddress();
    }

    /** The first day of the week that is chosen. */
    @CheckForNull
    public String getWeek() {
        LocalDate week = query.week();
        return week == null ? null : week.toString();
    }

    /** Of all that the search finds, whenever they expire. */
    public Timeline getTimeline() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return new Timeline(
                query,
                inAnyWeek,
                LocalDate.now(ZoneOffset.UTC),
                request == null ? Locale.ENGLISH : request.getLocale());
    }

    /** Shows those in one state alone. */
    public final class Chip {

        @CheckForNull
        private final CertificateState state;

        Chip(@CheckForNull CertificateState state) {
            this.state = state;
        }

        public String getKey() {
            return state == null ? "all" : state.getKey();
        }

        @CheckForNull
        public String getIcon() {
            return state == null ? null : state.getIcon();
        }

        public String getTitle() {
            return state == null ? Messages.CertificateTable_all() : state.getDisplayName();
        }

        public long getCount() {
            return inAnyState.stream()
                    .filter(row -> state == null || row.getState() == state)
                    .count();
        }

        public String getLink() {
            return query.inState(state).toAddress();
        }

        public boolean isChosen() {
            return state == query.state();
        }
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

        public String getKey() {
            return column.key();
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
