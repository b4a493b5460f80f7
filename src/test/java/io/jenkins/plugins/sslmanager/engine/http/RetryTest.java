package io.jenkins.plugins.sslmanager.engine.http;

import static io.jenkins.plugins.sslmanager.engine.http.FaultyServer.answer;
import static io.jenkins.plugins.sslmanager.engine.http.FaultyServer.http;
import static io.jenkins.plugins.sslmanager.engine.http.FaultyServer.reset;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.POLL;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.REISSUE;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.answerOf;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.failureOf;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.patient;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    private static final byte[] DONE = http(200, "application/json", "{}");

    private final RecordingScheduler scheduler = RecordingScheduler.skippingPauses();

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void aQuestionIsAskedAgainWhereTheServiceIsOverloaded(int status) throws IOException {
        try (FaultyServer server = FaultyServer.start(answer(http(status, "text/html", "")), answer(DONE))) {
            assertEquals(200, answerOf(transport(server).send(POLL)).status());
            assertEquals(2, server.requests().size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void anOrderIsNotRepeatedWhereAGatewayMayHavePassedItOn(int status) throws IOException {
        try (FaultyServer server = FaultyServer.start(answer(http(status, "text/html", "")), answer(DONE))) {
            assertEquals(status, answerOf(transport(server).send(REISSUE)).status());
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void anOrderIsRepeatedWhereTheServiceTurnedItAwayUnread() throws IOException {
        try (FaultyServer server = FaultyServer.start(answer(http(429, "text/html", "")), answer(DONE))) {
            assertEquals(200, answerOf(transport(server).send(REISSUE)).status());
            assertEquals(2, server.requests().size());
        }
    }

    @Test
    void anOrderIsNotRepeatedOnceAnAttemptMayHaveArrived() throws IOException {
        try (FaultyServer server = FaultyServer.start(answer(http(429, "text/html", "")), reset(), answer(DONE))) {
            assertEquals(
                    Kind.ANSWER_LOST, failureOf(transport(server).send(REISSUE)).kind());
            assertEquals(2, server.requests().size());
        }
    }

    @Test
    void headersAndBodyAreMadeAnewForEachAttemptSinceATokenDoesNotLiveLong() throws IOException {
        AtomicInteger made = new AtomicInteger();
        HttpCall call = new HttpCall(
                POLL.task(),
                "POST",
                "/poll",
                () -> ("body " + made.incrementAndGet()).getBytes(UTF_8),
                "application/json",
                () -> Map.of("X-Domainrobot-2FA-Token", "token " + made.incrementAndGet()),
                true);
        try (FaultyServer server = FaultyServer.start(answer(http(503, "text/html", "busy")), answer(DONE))) {
            assertEquals(200, answerOf(transport(server).send(call)).status());
            assertTrue(server.requests().get(0).contains("token 2")
                    && server.requests().get(0).endsWith("body 1"));
            assertTrue(server.requests().get(1).contains("token 4")
                    && server.requests().get(1).endsWith("body 3"));
        }
    }

    @Test
    void anOrderIsRepeatedWhereTheConnectionWasRefused() throws IOException {
        int port = FaultyServer.closedPort();
        AtomicInteger attempt = new AtomicInteger();
        AtomicReference<FaultyServer> server = new AtomicReference<>();
        HttpRoute route = HttpRoute.direct(patient());
        HttpTransport transport = new HttpTransport(
                TransportFixture.account(URI.create("http://127.0.0.1:" + port)),
                (request, body) -> {
                    if (attempt.incrementAndGet() == 2) {
                        server.set(FaultyServer.startOn(port, answer(DONE)));
                    }
                    return route.send(request, body);
                },
                scheduler,
                patient());
        assertEquals(200, answerOf(transport.send(REISSUE)).status());
        assertEquals(2, attempt.get());
        server.get().close();
    }

    @Test
    void theLastAnswerIsReturnedWhenAllAttemptsAreUsedUp() throws IOException {
        try (FaultyServer server = FaultyServer.start(answer(http(503, "text/html", "busy")))) {
            assertEquals(503, answerOf(transport(server).send(POLL)).status());
            assertEquals(3, server.requests().size());
        }
    }

    @Test
    void pausesDoubleWithinAFifthOfChance() throws IOException {
        try (FaultyServer server = FaultyServer.start(reset())) {
            failureOf(transport(server).send(POLL));
            assertEquals(2, scheduler.pauses().size());
            assertBetween(800, scheduler.pauses().get(0), 1200);
            assertBetween(1600, scheduler.pauses().get(1), 2400);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    503 | Retry-After: 7                                | 7000  | 10501
                    429 | Retry-After: 7                                | 7000  | 10501
                    503 | Retry-After: Tue, 24 Nov 2026 14:00:20 GMT    | 20000 | 30001
                    429 | Retry-After: Tue, 24 Nov 2026 14:00:20 GMT    | 20000 | 30001
                    503 | Retry-After: 86400                            | 60000 | 90001
                    503 | Retry-After: soon                             | 800   | 1200
                    502 | Retry-After: 7                                | 800   | 1200
                    """)
    void theServicesOwnPauseIsKeptUpToALimit(int status, String header, int atLeast, int atMost) throws IOException {
        byte[] busy = http(status, "text/html", "", "Date: Tue, 24 Nov 2026 14:00:00 GMT", header);
        try (FaultyServer server = FaultyServer.start(answer(busy), answer(DONE))) {
            answerOf(transport(server).send(POLL));
            assertEquals(1, scheduler.pauses().size());
            assertBetween(atLeast, scheduler.pauses().get(0), atMost);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Retry-After: 0", "Retry-After: Tue, 24 Nov 2026 13:00:00 GMT"})
    void thereIsNoPauseWhereTheServiceWantsNone(String header) throws IOException {
        byte[] busy = http(503, "text/html", "", "Date: Tue, 24 Nov 2026 14:00:00 GMT", header);
        try (FaultyServer server = FaultyServer.start(answer(busy), answer(DONE))) {
            answerOf(transport(server).send(POLL));
            assertEquals(List.of(), scheduler.pauses());
        }
    }

    private HttpTransport transport(FaultyServer server) {
        return TransportFixture.transport(server.url(), scheduler, patient());
    }

    private static void assertBetween(int atLeastMillis, Duration pause, int atMostMillis) {
        assertTrue(
                pause.compareTo(Duration.ofMillis(atLeastMillis)) >= 0
                        && pause.compareTo(Duration.ofMillis(atMostMillis)) <= 0,
                pause::toString);
    }
}
