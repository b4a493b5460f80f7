package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Repeat;
import io.jenkins.plugins.sslmanager.engine.failure.NotPermittedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Rows of CertificateList (400105) with what a list may leave out, which is asked for, one certificate after the other
 * (CertificateInfo, 400104). A certificate that vanishes meanwhile is left out. If the service refuses to show one that it goes on
 * listing, that is a failure.
 */
public final class CompletedRows {

    private final SslManagerApi api;
    private final Cancellation cancellation = new Cancellation();
    private final Deque<Certificate> waiting;
    private final List<Certificate> complete = new ArrayList<>();
    private final Map<Long, ApiException> refused = new LinkedHashMap<>();

    private CompletedRows(SslManagerApi api, Collection<Certificate> rows) {
        this.api = api;
        waiting = new ArrayDeque<>(rows);
    }

    /** @return in the order of the rows; fails with ApiException. Cancelling it ends the request under way */
    public static CompletableFuture<List<Certificate>> of(SslManagerApi api, Collection<Certificate> rows) {
        CompletedRows looks = new CompletedRows(api, rows);
        return looks.cancellation.cancelledWith(Repeat.until(looks::next).thenCompose(over -> looks.checked()));
    }

    private CompletableFuture<Optional<Boolean>> next() {
        Certificate row = waiting.poll();
        if (row == null) {
            return CompletableFuture.completedFuture(Optional.of(true));
        }
        if (row.expire() != null && row.product() != null) {
            complete.add(row);
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return cancellation.begin(() -> api.certificateInfo(row.id())).handle((certificate, failure) -> {
            note(row, certificate, failure);
            return Optional.empty();
        });
    }

    private void note(Certificate row, @CheckForNull Certificate certificate, @CheckForNull Throwable failure) {
        Throwable cause = failure == null ? null : Failures.cause(failure);
        if (cause == null) {
            complete.add(certificate);
        } else if (cause instanceof ApiException refusal && !refusal.isPassing()) {
            refused.put(row.id(), refusal);
        } else if (!(cause instanceof NotPermittedException)) {
            throw new CompletionException(cause);
        }
    }

    /** Reads the list again if one was refused. */
    private CompletableFuture<List<Certificate>> checked() {
        return refused.isEmpty()
                ? CompletableFuture.completedFuture(complete)
                : cancellation.begin(() -> CertificateList.all(api)).thenApply(again -> {
                    again.stream()
                            .map(row -> refused.get(row.id()))
                            .filter(refusal -> refusal != null)
                            .findFirst()
                            .ifPresent(refusal -> {
                                throw refusal;
                            });
                    return complete;
                });
    }
}
