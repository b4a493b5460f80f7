package io.jenkins.plugins.sslmanager.engine.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The calls and settings that the transport's tests share. */
final class TransportFixture {
    static final String PASSWORD = "s3cret-pässword";
    static final String REQUEST_SECRET = "body-only-the-service-may-see";

    static final HttpCall POLL = new HttpCall(Task.POLL_INFO, "GET", "/poll", null, "application/json", Map::of, true);
    static final HttpCall REISSUE = new HttpCall(
            Task.REISSUE,
            "PUT",
            "/certificate/571",
            () -> ("{\"csr\":\"" + REQUEST_SECRET + "\"}").getBytes(UTF_8),
            "application/json",
            () -> Map.of("X-Domainrobot-Ctid", "build-42"),
            false);

    private static final int SMALL_ANSWER = 64 * 1024;

    private TransportFixture() {}

    /** Time enough for any machine. */
    static TransportLimits patient() {
        return limits(Duration.ofSeconds(20));
    }

    static TransportLimits hasty() {
        return limits(Duration.ofMillis(700));
    }

    static TransportLimits paced(int requestsPerSecond) {
        return limits(Duration.ofSeconds(20), requestsPerSecond);
    }

    private static TransportLimits limits(Duration requestTimeout) {
        return limits(requestTimeout, 1_000);
    }

    private static TransportLimits limits(Duration requestTimeout, int requestsPerSecond) {
        return new TransportLimits(
                Duration.ofSeconds(20),
                requestTimeout,
                SMALL_ANSWER,
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                requestsPerSecond);
    }

    static ServiceAccount account(URI url) {
        return new ServiceAccount(url, "release-bot", PASSWORD, 4);
    }

    static HttpTransport transport(URI url, RecordingScheduler scheduler, TransportLimits limits) {
        return new HttpTransport(
                account(url), HttpRoute.direct(limits), scheduler, limits, new RequestPace(scheduler::nanoTime));
    }

    static HttpAnswer answerOf(CompletableFuture<HttpAnswer> sent) {
        return sent.orTimeout(30, TimeUnit.SECONDS).join();
    }

    static ApiException failureOf(CompletableFuture<HttpAnswer> sent) {
        CompletionException failure = assertThrows(CompletionException.class, () -> answerOf(sent));
        return assertInstanceOf(ApiException.class, failure.getCause());
    }
}
