package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.search.Search;
import hudson.search.SearchFactory;
import hudson.search.SearchIndex;
import hudson.search.SearchItem;
import hudson.search.SearchResult;
import hudson.search.SearchableModelObject;
import hudson.search.SuggestedItem;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;

/** Has Jenkins' own search find certificates by any of their names, for those who may see them. */
@Extension
public final class CertificateSearch extends SearchFactory {

    private static final int MOST = 10;
    private static final int SHORTEST = 3;

    @CheckForNull
    @Override
    public Search createFor(SearchableModelObject owner) {
        return owner instanceof Jenkins ? new WithCertificates() : null;
    }

    private static final class WithCertificates extends Search {

        @Override
        public SearchResult getSuggestions(StaplerRequest2 request, String query) {
            SearchResult found = super.getSuggestions(request, query);
            if (query != null && query.trim().length() >= SHORTEST) {
                certificates(query.trim().toLowerCase(Locale.ROOT)).forEach(found::add);
            }
            return found;
        }

        private List<SuggestedItem> certificates(String wanted) {
            return ExtensionList.lookupSingleton(AllCertificates.class)
                    .rows(record -> record.facts().names().stream().anyMatch(name -> name.contains(wanted))
                            || record.facts().name().contains(wanted))
                    .stream()
                    .sorted(Column.NAME.order(false))
                    .limit(MOST)
                    .map(row -> new SuggestedItem(new Found(row)))
                    .toList();
        }
    }

    private record Found(CertificateRow row) implements SearchItem {

        @Override
        public String getSearchName() {
            return row.getName();
        }

        @Override
        public String getSearchUrl() {
            return CertificatesPage.URL + "/certificate/" + row.getId() + "/";
        }

        @Override
        public String getSearchIcon() {
            return CertificatesPage.ICON;
        }

        @Override
        public SearchIndex getSearchIndex() {
            return SearchIndex.EMPTY;
        }
    }
}
