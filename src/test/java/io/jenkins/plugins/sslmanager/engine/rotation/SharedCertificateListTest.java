package io.jenkins.plugins.sslmanager.engine.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.rotation.SharedCertificateList.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** One list for all who can do with one that is not new, and how it stands with it. */
class SharedCertificateListTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime();
    private final SharedCertificateList list = new SharedCertificateList(time);

    /** What the service has been asked for, and has not answered. */
    private final Deque<CompletableFuture<List<Certificate>>> asked = new ArrayDeque<>();

    private final SslManagerApi api = new ForwardingApi() {

        @Override
        protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
            throw new UnsupportedOperationException(task.toString());
        }

        @Override
        public SslManagerApi patient() {
            return this;
        }

        @Override
        public CompletableFuture<List<Certificate>> certificateSearch(Query query) {
            CompletableFuture<List<Certificate>> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        }
    };

    @Test
    void serviceIsAskedAgainOnceTheListIsOld() {
        assertEquals(State.NEVER, list.state());
        Instant begun = time.instant();
        list.all(api, HOUR);
        list.all(api, HOUR);
        assertEquals(new State(begun, true, null), list.state());
        asked.remove().complete(List.of());
        assertEquals(new State(begun, false, null), list.state());

        time.pass(HOUR.minusSeconds(1));
        list.all(api, HOUR);
        assertEquals(0, asked.size());
        time.pass(Duration.ofSeconds(1));
        list.all(api, HOUR);
        assertEquals(1, asked.size());
    }

    @Test
    void serviceIsAskedAgainAtOnceIfThatHasFailed() {
        ApiException trouble = ApiException.answerLost(Task.CERTIFICATE_SEARCH, "a test");
        list.all(api, HOUR);
        asked.remove().completeExceptionally(trouble);
        assertEquals(trouble, list.state().failure());

        list.refresh(api, HOUR);
        assertEquals(0, asked.size(), "Forms ask seldom, whatever comes of it");
        list.all(api, HOUR);
        assertEquals(1, asked.size());
        assertNull(list.state().failure());
    }
}
