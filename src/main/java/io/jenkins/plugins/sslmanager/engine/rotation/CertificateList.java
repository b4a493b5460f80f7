package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Repeat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The certificates of an account, a page at a time (CertificateList, 400105). The service promises neither what a row has beside
 * id and name, nor how patterns are written over JSON, so whoever looks for some of them reads all pages and chooses.
 */
public final class CertificateList {

    private static final int MOST_PAGES = 1_000;

    private final Map<Long, Certificate> found = new LinkedHashMap<>();
    private int offset;
    private int longestPage;
    private int pages;

    private CertificateList() {}

    /** @return each once, the newest first; fails with ApiException */
    public static CompletableFuture<List<Certificate>> all(SslManagerApi api) {
        CertificateList list = new CertificateList();
        return Repeat.until(
                () -> api.certificateSearch(Query.certificates(list.offset)).thenApply(list::page));
    }

    private Optional<List<Certificate>> page(List<Certificate> rows) {
        int before = found.size();
        for (Certificate row : rows) {
            if (row.id() != null) {
                found.putIfAbsent(row.id(), row);
            }
        }
        offset += rows.size();
        pages++;
        // The service may give fewer at a time than it was asked for, so the first page alone does not tell the last.
        boolean isShorter = rows.size() < longestPage;
        longestPage = Math.max(longestPage, rows.size());
        // A page without anything new would be given again for ever by a service that ignores the offset.
        return isShorter || found.size() == before || pages == MOST_PAGES
                ? Optional.of(new ArrayList<>(found.values()))
                : Optional.empty();
    }
}
