package io.jenkins.plugins.sslmanager.engine.http;

import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.POLL;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.patient;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An aborted build stops asking at once. */
class CancellationTest {
    private final RecordingScheduler scheduler = RecordingScheduler.keepingPauses();

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void cancellingClosesTheConnectionOfTheRequestUnderWay() throws Exception {
        try (FaultyServer server = FaultyServer.start(FaultyServer.neverAnswer())) {
            CompletableFuture<HttpAnswer> sent = send(server, patient());
            server.awaitRequest();
            sent.cancel(true);
            server.awaitAbandoned();
            assertEquals(1, server.requests().size());
            assertEquals(List.of(), scheduler.pauses());
        }
    }

    @Test
    void cancellingInAPauseCallsOffTheNextAttempt() throws IOException {
        byte[] busy = FaultyServer.http(503, "text/html", "", "Retry-After: 60");
        try (FaultyServer server = FaultyServer.start(FaultyServer.answer(busy))) {
            CompletableFuture<HttpAnswer> sent = send(server, patient());
            assertNothingIsLeftAfterCancelling(sent);
        }
    }

    @Test
    void cancellingBeforeItsTurnCallsOffTheRequest() throws Exception {
        try (FaultyServer server = FaultyServer.start(FaultyServer.neverAnswer())) {
            HttpTransport transport = new HttpTransport(
                    TransportFixture.account(server.url()),
                    HttpRoute.direct(patient()),
                    scheduler,
                    TransportFixture.paced(1),
                    new RequestPace(() -> 0L));
            CompletableFuture<HttpAnswer> before = transport.send(POLL);
            server.awaitRequest();
            assertNothingIsLeftAfterCancelling(transport.send(POLL));
            before.cancel(true);
            assertEquals(1, server.requests().size());
        }
    }

    private void assertNothingIsLeftAfterCancelling(CompletableFuture<HttpAnswer> sent) {
        scheduler.firstPause().orTimeout(20, TimeUnit.SECONDS).join();
        sent.cancel(true);
        // What was running when the pause was noted ends before this, the pool having one thread.
        CompletableFuture.runAsync(() -> {}, scheduler).join();
        assertTrue(scheduler.getQueue().isEmpty(), () -> scheduler.getQueue().toString());
    }

    private CompletableFuture<HttpAnswer> send(FaultyServer server, TransportLimits limits) {
        return TransportFixture.transport(server.url(), scheduler, limits).send(POLL);
    }
}
