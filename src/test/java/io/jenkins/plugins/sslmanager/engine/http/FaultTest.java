package io.jenkins.plugins.sslmanager.engine.http;

import static io.jenkins.plugins.sslmanager.engine.http.FaultyServer.answerThenHangUp;
import static io.jenkins.plugins.sslmanager.engine.http.FaultyServer.cutAfter;
import static io.jenkins.plugins.sslmanager.engine.http.FaultyServer.endless;
import static io.jenkins.plugins.sslmanager.engine.http.FaultyServer.http;
import static io.jenkins.plugins.sslmanager.engine.http.FaultyServer.neverAnswer;
import static io.jenkins.plugins.sslmanager.engine.http.FaultyServer.reset;
import static io.jenkins.plugins.sslmanager.engine.http.FaultyServer.stallAfter;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.POLL;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.REISSUE;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.answerOf;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.failureOf;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.hasty;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.patient;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.ApiException.Kind;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each fault of the network means for an order, which is never sent twice without knowing. */
class FaultTest {
    private static final byte[] ANSWER = http(200, "application/json", "{\"stid\":\"20261124-1\"}");
    private static final byte[] CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"sti\r\n5\r\nd\":".getBytes(ISO_8859_1);
    private static final byte[] ENDLESS_HEAD =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1);
    private static final byte[] CHUNK = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(ISO_8859_1);

    private final RecordingScheduler scheduler = RecordingScheduler.skippingPauses();

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    static Stream<Arguments> lostAnswers() {
        return Stream.of(
                Arguments.of("no answer", neverAnswer(), hasty(), "time limit"),
                Arguments.of("stalled in the head", stallAfter(ANSWER, 20), hasty(), "time limit"),
                Arguments.of("stalled in the body", stallAfter(ANSWER, ANSWER.length - 3), hasty(), "time limit"),
                Arguments.of("closed without an answer", cutAfter(ANSWER, 0), patient(), "broke"),
                Arguments.of("cut in the head", cutAfter(ANSWER, 20), patient(), "broke"),
                Arguments.of("shorter than Content-Length", cutAfter(ANSWER, ANSWER.length - 3), patient(), "broke"),
                Arguments.of("cut in a chunk", cutAfter(CHUNKED, CHUNKED.length), patient(), "broke"),
                Arguments.of("reset", reset(), patient(), "broke"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostAnswers")
    void aLostAnswerToAnOrderIsReportedAndTheOrderNotRepeated(
            String name, FaultyServer.Behaviour fault, TransportLimits limits, String expected) throws Exception {
        try (FaultyServer server = FaultyServer.start(fault)) {
            ApiException failure = orderFailure(server.url(), limits);
            server.awaitRequest();
            assertEquals(Kind.ANSWER_LOST, failure.kind());
            assertTrue(failure.mayHaveActed());
            assertTrue(failure.getMessage().contains(expected), failure.getMessage());
            assertTrue(failure.getMessage().contains("The order may have been placed"), failure.getMessage());
            assertEquals(1, server.requests().size());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostAnswers")
    void aLostAnswerToAQuestionIsAskedForAgain(
            String name, FaultyServer.Behaviour fault, TransportLimits limits, String expected) throws IOException {
        try (FaultyServer server = FaultyServer.start(fault, FaultyServer.answer(ANSWER))) {
            HttpAnswer answer = answerOf(
                    TransportFixture.transport(server.url(), scheduler, limits).send(POLL));
            assertEquals("{\"stid\":\"20261124-1\"}", new String(answer.body(), UTF_8));
        }
    }

    @Test
    void anOrderIsNotRepeatedWhereThePooledConnectionTurnsOutToBeClosed() throws IOException {
        try (FaultyServer server = FaultyServer.start(answerThenHangUp(ANSWER), FaultyServer.answer(ANSWER))) {
            HttpTransport transport = TransportFixture.transport(server.url(), scheduler, patient());
            answerOf(transport.send(POLL));
            assertEquals(Kind.ANSWER_LOST, failureOf(transport.send(REISSUE)).kind());
            assertEquals(2, server.requests().size());
        }
    }

    @Test
    void anAnswerThatIsTooLongIsBrokenOff() throws Exception {
        try (FaultyServer server = FaultyServer.start(endless(ENDLESS_HEAD, CHUNK))) {
            ApiException failure = orderFailure(server.url(), patient());
            server.awaitAbandoned();
            assertEquals(Kind.MALFORMED, failure.kind());
            assertEquals(OptionalInt.of(200), failure.httpStatus());
            assertTrue(failure.mayHaveActed());
            assertTrue(failure.getMessage().contains("longer than 65536 bytes"), failure.getMessage());
        }
    }

    @Test
    void refusedConnectionsMeanThatNothingWasSent() {
        ApiException failure = orderFailure(URI.create("http://127.0.0.1:" + FaultyServer.closedPort()), patient());
        assertEquals(Kind.UNREACHABLE, failure.kind());
        assertFalse(failure.mayHaveActed());
        assertTrue(failure.getMessage().contains("was refused"), failure.getMessage());
    }

    @Test
    void unknownHostsMeanThatNothingWasSent() {
        ApiException failure = orderFailure(URI.create("https://ssl-manager.invalid"), patient());
        assertEquals(Kind.UNREACHABLE, failure.kind());
        assertTrue(
                failure.getMessage().contains("no address was found for ssl-manager.invalid:443"),
                failure.getMessage());
    }

    @Test
    void failedTlsHandshakesMeanThatNothingWasSent() throws Exception {
        HttpsServer withoutCertificate =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        withoutCertificate.setHttpsConfigurator(new HttpsConfigurator(SSLContext.getDefault()));
        withoutCertificate.start();
        try {
            ApiException failure = orderFailure(
                    URI.create("https://127.0.0.1:"
                            + withoutCertificate.getAddress().getPort()),
                    patient());
            assertEquals(Kind.UNREACHABLE, failure.kind());
            assertTrue(failure.getMessage().contains("no TLS connection"), failure.getMessage());
        } finally {
            withoutCertificate.stop(0);
        }
    }

    @Test
    void aConnectionThatIsNotAcceptedInTimeMeansThatNothingWasSent() {
        ApiException failure = assertInstanceOf(
                ApiException.class,
                ExchangeFailure.explain(
                        Task.REISSUE,
                        "api.autodns.com:443",
                        new CompletionException(new HttpConnectTimeoutException("HTTP connect timed out"))));
        assertEquals(Kind.UNREACHABLE, failure.kind());
        assertTrue(failure.getMessage().contains("did not accept a connection"), failure.getMessage());
    }

    private ApiException orderFailure(URI url, TransportLimits limits) {
        ApiException failure =
                failureOf(TransportFixture.transport(url, scheduler, limits).send(REISSUE));
        assertNoSecretIn(failure);
        return failure;
    }

    private static void assertNoSecretIn(ApiException failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        String credentials = "release-bot:" + TransportFixture.PASSWORD;
        for (String secret : new String[] {
            TransportFixture.PASSWORD,
            Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)),
            TransportFixture.REQUEST_SECRET
        }) {
            assertFalse(trace.toString().contains(secret), trace.toString());
        }
    }
}
