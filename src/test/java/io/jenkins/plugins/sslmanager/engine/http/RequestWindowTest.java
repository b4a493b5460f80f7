package io.jenkins.plugins.sslmanager.engine.http;

import static io.jenkins.plugins.sslmanager.engine.http.PacedFixture.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.http.WindowedService.Arrival;
import io.jenkins.plugins.sslmanager.engine.http.WindowedService.Network;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The pace against a service that counts any window of a second, over random networks. */
class RequestWindowTest {
    private static final int SEEDS = 200;
    private static final int REQUESTS = 300;

    /** The longest work and the longest way back, before which nobody knows of a 429. */
    private static final Duration ANSWERED = Duration.ofMillis(3_400);

    /** Slow connections, slow work, lost answers and cancellations are among what happens. */
    @Test
    void noSecondOfTheServiceSeesFourAsLongAsNoWayIsLongerThanTheMargin() {
        for (int seed = 0; seed < SEEDS; seed++) {
            WindowedService service = run(Network.of(5, 250).withTrouble(0.1, 0.2), 0.1, seed);
            assertTrue(service.arrivals().size() > REQUESTS / 2, "seed " + seed);
            assertEquals(3, service.mostInASecond(), "seed " + seed);
            assertEquals(0, service.refused(), "seed " + seed);
        }
    }

    /** Doubled once, the margin is longer than any of these ways. Those on their way by then may be refused as well. */
    @Test
    void onceA429HasToldThatTheWayIsLongerThanTheMarginThereAreNoMore() {
        for (int seed = 0; seed < SEEDS; seed++) {
            WindowedService service = run(Network.of(5, 400).withTrouble(0, 0.2), 0, seed);
            List<Duration> refused = service.arrivals().stream()
                    .filter(arrival -> arrival.status() == 429)
                    .map(Arrival::at)
                    .toList();
            assertTrue(refused.size() <= 3, refused::toString);
            assertTrue(
                    refused.isEmpty()
                            || refused.get(refused.size() - 1).minus(ANSWERED).compareTo(refused.get(0)) < 0,
                    refused::toString);
        }
    }

    /** The service answers after a round trip; the limit would be 100 seconds for these. */
    @Test
    void theLimitIsUsedUpToTheRoundTrip() {
        PacedFixture world = new PacedFixture(50);
        for (int i = 0; i < REQUESTS; i++) {
            world.look("/" + i);
        }
        world.time.runAll();
        long millis = world.service.arrivals().get(REQUESTS - 1).at().toMillis();
        assertTrue(millis < REQUESTS / 3 * 1_102, millis + " ms");
    }

    /** Requests of all priorities and of several builds, over two accounts, in a time that is short for that many. */
    private static WindowedService run(Network network, double cancelled, long seed) {
        PacedFixture world = new PacedFixture(network, seed);
        Random random = new Random(seed);
        List<HttpTransport> accounts = List.of(world.transport("first"), world.transport("second"));
        for (int i = 0; i < REQUESTS; i++) {
            HttpCall call =
                    call(Priority.values()[random.nextInt(3)], "/" + i).withOrigin("build " + random.nextInt(9));
            HttpTransport account = accounts.get(random.nextInt(2));
            boolean cancels = random.nextDouble() < cancelled;
            Duration patience = millisBelow(random, 3_000);
            world.time.in(millisBelow(random, 100_000), () -> {
                CompletableFuture<HttpAnswer> answer = account.send(call);
                if (cancels) {
                    world.time.in(patience, () -> answer.cancel(true));
                }
            });
        }
        world.time.runAll();
        return world.service;
    }

    private static Duration millisBelow(Random random, int bound) {
        return Duration.ofMillis(random.nextInt(bound));
    }
}
