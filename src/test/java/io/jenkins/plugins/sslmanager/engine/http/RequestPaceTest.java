package io.jenkins.plugins.sslmanager.engine.http;

import static io.jenkins.plugins.sslmanager.engine.http.PacedFixture.call;
import static io.jenkins.plugins.sslmanager.engine.http.PacedFixture.millis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.http.WindowedService.Network;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPaceTest {

    @Test
    void threeGoOutAtOnceAndTheFourthASecondAfterTheFirstAnswer() {
        PacedFixture world = new PacedFixture(100);
        List.of("/1", "/2", "/3", "/4").forEach(world::look);
        world.time.runAll();
        assertEquals(List.of(millis(0), millis(0), millis(0), millis(1201)), begun(world));
    }

    @Test
    void whereNoAnswerComesTheFourthGoesOutASecondAndTheMarginAfterTheFirst() {
        PacedFixture world = new PacedFixture(Network.of(100, 100).withTrouble(1, 0), 0);
        List.of("/1", "/2", "/3", "/4").forEach(world::look);
        world.time.runFor(millis(2000));
        assertEquals(List.of(millis(0), millis(0), millis(0), millis(1251)), begun(world));
    }

    /** The service counts requests, not connections. */
    @Test
    void theTimeThatAConnectionTakesIsNoPartOfTheWay() {
        for (int seed = 0; seed < 100; seed++) {
            PacedFixture world = new PacedFixture(Network.of(5, 50).withTrouble(0, 1), seed);
            for (int i = 0; i < 20; i++) {
                world.look("/" + i);
            }
            world.time.runAll();
            assertTrue(world.service.mostInASecond() <= 3, "seed " + seed);
        }
    }

    @Test
    void allAccountsOfAnAddressShareOnePace() {
        PacedFixture world = new PacedFixture(100);
        for (String user : List.of("a", "b", "c", "d")) {
            world.transport(user).send(call(Priority.LOOK, "/" + user));
        }
        world.time.runAll();
        assertEquals(millis(1201), begun(world).get(3));
        assertSame(pace("https://API.autodns.com/v1"), pace("https://api.autodns.com:443/"));
        assertNotSame(pace("https://api.autodns.com"), pace("https://api.demo.autodns.com"));
    }

    @Test
    void whoSharesTheAddressWithOthersTakesAShare() {
        PacedFixture world = new PacedFixture(100);
        HttpTransport modest = world.transport("release-bot", TransportFixture.paced(1), world.time);
        for (int i = 0; i < 3; i++) {
            modest.send(call(Priority.LOOK, "/" + i));
        }
        world.time.runAll();
        assertEquals(List.of(millis(0), millis(1201), millis(2402)), begun(world));
    }

    @Test
    void aShareOfNothingIsRefused() {
        String problem = assertThrows(IllegalArgumentException.class, () -> TransportFixture.paced(0))
                .getMessage();
        assertTrue(problem.contains("Set it to 3"), problem);
    }

    @Test
    void threeHundredThatWereBegunAndCancelledCostTheNextOneNothing() {
        PacedFixture world = new PacedFixture(100);
        List<CompletableFuture<HttpAnswer>> aborted =
                IntStream.range(0, 300).mapToObj(i -> world.look("/aborted")).toList();
        aborted.forEach(look -> look.cancel(true));
        world.look("/next");
        world.time.runAll();
        assertEquals(List.of("/next"), world.service.paths());
        assertEquals(List.of(millis(0)), begun(world));
    }

    @Test
    void thoseCancelledInTheQueueCostNothingEither() {
        PacedFixture world = new PacedFixture(100);
        List<CompletableFuture<HttpAnswer>> aborted =
                IntStream.range(0, 300).mapToObj(i -> world.look("/" + i)).toList();
        world.time.runFor(millis(500));
        assertEquals(3, world.service.begun());
        aborted.forEach(look -> look.cancel(true));
        assertTrue(world.time.isIdle(), "no timer is left");
        world.look("/next");
        world.time.runAll();
        assertEquals(millis(1201), begun(world).get(3));
    }

    @Test
    void oneCancelledOnItsWayCountsSinceItMayArrive() {
        PacedFixture world = new PacedFixture(100);
        List<CompletableFuture<HttpAnswer>> aborted =
                IntStream.range(0, 3).mapToObj(i -> world.look("/" + i)).toList();
        world.time.runFor(millis(50));
        aborted.forEach(look -> look.cancel(true));
        world.look("/next");
        world.time.runAll();
        assertEquals(millis(1251), begun(world).get(3));
    }

    @ParameterizedTest
    @CsvSource({"429", "503"})
    void aPauseThatTheServiceAsksForStopsThePriorityAndTheLessUrgentAndNothingElse(int status) {
        PacedFixture world = new PacedFixture(10);
        world.service.answerNext(status, "Retry-After", "30");
        world.transport("release-bot").send(call(Priority.WAIT, "/told-to-wait"));
        world.time.runFor(millis(2000));
        world.transport("release-bot").send(call(Priority.WAIT, "/wait"));
        world.look("/look");
        world.order("/order");
        world.time.runAll();
        assertEquals(
                List.of("/told-to-wait", "/order", "/wait"),
                world.service.paths().subList(0, 3));
        assertEquals(
                List.of(millis(0), millis(2000), millis(30_020)), begun(world).subList(0, 3));
        assertEquals(5, world.service.paths().size(), "the look and the repeated request follow");
    }

    @Test
    void aRepeatedRequestWaitsItsTurnLikeOthers() {
        PacedFixture world = new PacedFixture(10);
        world.service.answerNext(503, "Retry-After", "0");
        List.of("/1", "/2", "/3", "/4", "/5").forEach(world::look);
        world.time.runAll();
        assertEquals(List.of("/1", "/2", "/3", "/4", "/5", "/1"), world.service.paths());
    }

    /** A Jenkins that ends leaves its requests in the queue of the JVM; another one may begin in it, as in tests. */
    @Test
    void whatAClosedTransportLeftBehindHoldsNobodyUp() {
        PacedFixture world = new PacedFixture(10);
        VirtualScheduler closed = new VirtualScheduler();
        HttpTransport left = world.transport("release-bot", TransportLimits.STANDARD, closed);
        for (int i = 0; i < 100; i++) {
            left.send(call(Priority.URGENT, "/left"));
        }
        closed.runFor(Duration.ZERO);
        closed.shutdown();
        world.look("/next");
        world.time.runFor(millis(2000));
        assertEquals(List.of("/left", "/left", "/left", "/next"), world.service.paths());
    }

    @Test
    void theMarginWidensWithEach429UpToTwoSecondsAndNarrowsWithEachHourWithoutOne() {
        TransitMargin margin = new TransitMargin();
        long start = Long.MAX_VALUE - Duration.ofMinutes(30).toNanos();
        assertEquals(millis(250).toNanos(), margin.at(start));
        for (int expected : new int[] {500, 1000, 2000, 2000}) {
            margin.widen(start);
            assertEquals(millis(expected).toNanos(), margin.at(start));
        }
        assertEquals(
                millis(2000).toNanos(), margin.at(start + Duration.ofMinutes(59).toNanos()));
        assertEquals(
                millis(1000).toNanos(), margin.at(start + Duration.ofMinutes(60).toNanos()));
        assertEquals(millis(250).toNanos(), margin.at(start + Duration.ofDays(1).toNanos()));
    }

    private static List<Duration> begun(PacedFixture world) {
        return world.service.arrivals().stream()
                .map(WindowedService.Arrival::begun)
                .toList();
    }

    private static RequestPace pace(String url) {
        return RequestPace.of(TransportFixture.account(URI.create(url)).service());
    }
}
