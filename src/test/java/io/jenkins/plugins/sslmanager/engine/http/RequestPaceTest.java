package io.jenkins.plugins.sslmanager.engine.http;

import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.POLL;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.answerOf;
import static io.jenkins.plugins.sslmanager.engine.http.TransportFixture.patient;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RequestPaceTest {
    private static final byte[] BUSY = FaultyServer.http(503, "text/html", "", "Retry-After: 0");
    private static final byte[] DONE = FaultyServer.http(200, "application/json", "{}");

    @Test
    void twoAccountsShareThreeRequestsASecondAndRepeatedOnesCount() throws IOException {
        RecordingScheduler scheduler = RecordingScheduler.skippingPauses();
        try (FaultyServer service = FaultyServer.start(FaultyServer.answer(BUSY), FaultyServer.answer(DONE));
                FaultyServer other = FaultyServer.start(FaultyServer.answer(DONE))) {
            HttpTransport first = inFrozenTime(service.url(), "first", scheduler);
            HttpTransport second = inFrozenTime(service.url(), "second", scheduler);
            answerOf(first.send(POLL));
            answerOf(second.send(POLL));
            answerOf(first.send(POLL));
            assertEquals(
                    List.of(Duration.ofMillis(334), Duration.ofMillis(668), Duration.ofMillis(1002)),
                    scheduler.pauses());

            answerOf(inFrozenTime(other.url(), "first", scheduler).send(POLL));
            assertEquals(3, scheduler.pauses().size(), "another service has its own pace");
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void noSecondEverSeesMoreThanThreeStarts() {
        Random random = new Random(400102);
        long[] now = {Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(60)};
        long[] starts = LongStream.range(0, 1000)
                .map(request -> {
                    now[0] += random.nextLong(TimeUnit.MILLISECONDS.toNanos(600));
                    return now[0]
                            + RequestPace.reserve(
                                    "nanotime-wraps:443", now[0], TransportLimits.STANDARD.requestSpacing());
                })
                .toArray();
        for (int i = 3; i < starts.length; i++) {
            assertTrue(starts[i] - starts[i - 3] > TimeUnit.SECONDS.toNanos(1), "request " + i);
        }
    }

    private static HttpTransport inFrozenTime(URI url, String user, RecordingScheduler scheduler) {
        TransportLimits patient = patient();
        TransportLimits paced = new TransportLimits(
                patient.connectTimeout(),
                patient.requestTimeout(),
                patient.maxAnswerBytes(),
                patient.attempts(),
                patient.firstPause(),
                patient.maxPause(),
                TransportLimits.STANDARD.requestSpacing());
        return new HttpTransport(
                new ServiceAccount(url, user, TransportFixture.PASSWORD, 4),
                HttpRoute.direct(paced),
                scheduler,
                paced,
                () -> 0L);
    }
}
