package io.jenkins.plugins.sslmanager.engine.http;

import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.POLL;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.REISSUE;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.answerOf;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.patient;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportTest {
    private final RecordingScheduler scheduler = RecordingScheduler.skippingPauses();
    private HttpServer service;
    private volatile Headers received;
    private volatile String requested;
    private volatile byte[] receivedBody;
    private volatile int status = 200;

    @BeforeEach
    void startService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            received = exchange.getRequestHeaders();
            requested = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            receivedBody = exchange.getRequestBody().readAllBytes();
            byte[] answer = "{\"stid\":\"1\"}".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json;charset=utf-8");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
        scheduler.shutdownNow();
    }

    @Test
    void namesItselfWhichTheServiceDemands() {
        answerOf(send(POLL));
        assertTrue(received.getFirst("User-Agent").startsWith("jenkins-ssl-manager/"));
    }

    @Test
    void sendsBodyItsTypeAndTheHeadersOfTheProtocol() {
        answerOf(send(REISSUE));
        assertEquals("PUT /v1/certificate/571", requested);
        assertArrayEquals(REISSUE.body().get(), receivedBody);
        assertEquals("application/json", received.getFirst("Content-Type"));
        assertEquals("application/json", received.getFirst("Accept"));
        assertEquals("build-42", received.getFirst("X-Domainrobot-Ctid"));
    }

    @Test
    void sendsNeitherTypeNorHeadersWhereThereAreNone() {
        answerOf(send(POLL));
        assertFalse(received.containsKey("Content-Type"));
        assertFalse(received.containsKey("X-Domainrobot-Ctid"));
    }

    @Test
    void showsNothingThatMayBeSecret() {
        assertEquals("CertificateReissue (400102): PUT /certificate/571", REISSUE.toString());
    }

    @Test
    void returnsTypeAndBodyOfTheAnswer() {
        HttpAnswer answer = answerOf(send(POLL));
        assertEquals("application/json;charset=utf-8", answer.contentType());
        assertEquals("{\"stid\":\"1\"}", new String(answer.body(), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 404, 405, 500})
    void leavesTheMeaningOfAStatusToTheProtocol(int status) {
        this.status = status;
        assertEquals(status, answerOf(send(POLL)).status());
        assertEquals(List.of(), scheduler.pauses());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1, /poll, GET /v1/poll",
        "/v1/, /poll, GET /v1/poll",
        "'', /poll, GET /poll",
        "'', '', GET /",
        "/gateway/, '', GET /gateway/"
    })
    void putsThePathBelowTheAccountsUrl(String base, String path, String expected) {
        HttpCall call = new HttpCall(POLL.task(), "GET", path, null, "application/json", Map::of, true);
        answerOf(TransportFixture.transport(url(base), scheduler, patient()).send(call));
        assertEquals(expected, requested);
    }

    @Test
    void logsTaskStatusAndDurationAndNothingElse() {
        List<LogRecord> records = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                records.add(logged);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(HttpTransport.class.getName());
        Level before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
        try {
            answerOf(send(REISSUE));
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(before);
        }
        assertEquals(1, records.size());
        assertEquals(Level.FINE, records.get(0).getLevel());
        assertTrue(records.get(0).getMessage().matches("CertificateReissue \\(400102\\): HTTP 200 after \\d+ ms"));
    }

    @Test
    void failsTheFutureWhereNoClientCanBeHad() {
        IllegalStateException noClient = new IllegalStateException("no client");
        HttpTransport transport = new HttpTransport(
                TransportFixture.account(url("/v1")),
                (request, body) -> {
                    throw noClient;
                },
                scheduler,
                patient());
        assertSame(
                noClient,
                assertThrows(CompletionException.class, () -> answerOf(transport.send(POLL)))
                        .getCause());
    }

    private CompletableFuture<HttpAnswer> send(HttpCall call) {
        return TransportFixture.transport(url("/v1"), scheduler, patient()).send(call);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + service.getAddress().getPort() + path);
    }
}
