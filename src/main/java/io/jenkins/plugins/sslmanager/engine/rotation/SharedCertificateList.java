package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The certificates that one user of an account sees, as last listed, for all who can do with a list that is not new. */
public final class SharedCertificateList {

    private final InstantSource clock;
    private CompletableFuture<List<Certificate>> last = CompletableFuture.completedFuture(List.of());
    private Instant begun = Instant.MIN;

    public SharedCertificateList(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param oldest how old the list may be
     * @return fails with ApiException. Cancelling it leaves the others their list
     */
    public synchronized CompletableFuture<List<Certificate>> all(SslManagerApi api, Duration oldest) {
        if (last.isCompletedExceptionally() || isOlderThan(oldest)) {
            begin(api);
        }
        return last.copy();
    }

    /** Lists anew if that was not begun so recently, whatever came of it. For those who do not wait for it. */
    public synchronized void refresh(SslManagerApi api, Duration oldest) {
        if (isOlderThan(oldest)) {
            begin(api);
        }
    }

    private boolean isOlderThan(Duration oldest) {
        return !clock.instant().isBefore(begun.plus(oldest));
    }

    private void begin(SslManagerApi api) {
        begun = clock.instant();
        last = CertificateList.all(api.patient());
    }

    /** How it stands with the last look-up. */
    public synchronized State state() {
        Throwable failure = last.isCompletedExceptionally()
                ? last.handle((rows, cause) -> Failures.cause(cause)).join()
                : null;
        return new State(begun.equals(Instant.MIN) ? null : begun, !last.isDone(), failure);
    }

    /**
     * @param begun when the service was asked last; null for never
     * @param isUnderWay whether it has not answered yet
     * @param failure why there is no list; null where nothing has failed
     */
    public record State(
            @CheckForNull Instant begun,
            boolean isUnderWay,
            @CheckForNull Throwable failure) {

        /** Before anybody has asked. */
        public static final State NEVER = new State(null, false, null);
    }

    /** What is there by now, without a request. */
    public synchronized List<Certificate> known() {
        return last.isDone() && !last.isCompletedExceptionally() ? last.join() : List.of();
    }
}
