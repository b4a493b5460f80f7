package io.jenkins.plugins.sslmanager.engine.http;

import static io.jenkins.plugins.sslmanager.engine.http.PacedFixture.call;
import static io.jenkins.plugins.sslmanager.engine.http.PacedFixture.millis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.http.WindowedService.Arrival;
import io.jenkins.plugins.sslmanager.engine.http.WindowedService.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which request goes out next. */
class RequestTurnsTest {
    private static final int QUEUED = 2_000;
    private static final List<Priority> ROTATION =
            List.of(Priority.LOOK, Priority.URGENT, Priority.URGENT, Priority.WAIT, Priority.URGENT, Priority.WAIT);
    private static final int ORDER = 2;
    private static final Duration JOB = Duration.ofSeconds(4);

    @Test
    void anOrderGoesOutAtTheNextTurnThoughThousandsOfLooksAreQueued() {
        List<Duration> waits = IntStream.range(0, 100)
                .mapToObj(RequestTurnsTest::waitOfAnOrder)
                .sorted()
                .toList();
        assertTrue(waits.get(99).compareTo(millis(1500)) < 0, () -> waits.toString());
    }

    private static Duration waitOfAnOrder(int seed) {
        PacedFixture world = new PacedFixture(Network.of(5, 200), seed);
        for (int i = 0; i < QUEUED; i++) {
            world.look("/look");
        }
        world.time.runFor(millis(10_000 + new Random(seed).nextInt(2_000)));
        Duration ordered = world.time.now();
        int before = world.service.begun();
        world.order("/order");
        world.time.runFor(millis(5_000));
        Arrival order = world.service.arrivals().stream()
                .filter(arrival -> arrival.path().equals("/order"))
                .findFirst()
                .orElseThrow();
        long overtaken = world.service.arrivals().stream()
                .filter(arrival -> arrival.begun().compareTo(order.begun()) < 0)
                .count();
        assertTrue(overtaken <= before, "no look begins before it");
        return order.begun().minus(ordered);
    }

    @Test
    void waitsGoBeforeLooksAndOrdersBeforeBoth() {
        PacedFixture world = new PacedFixture(10);
        HttpTransport transport = world.transport("release-bot");
        Stream.of("/a", "/b", "/c").forEach(world::look);
        world.time.runFor(millis(100));
        for (Priority priority : List.of(Priority.LOOK, Priority.WAIT, Priority.URGENT)) {
            transport.send(call(priority, "/" + priority));
        }
        world.time.runAll();
        assertEquals(List.of("/URGENT", "/WAIT", "/LOOK"), world.service.paths().subList(3, 6));
    }

    @Test
    void theTaskSaysHowUrgentACallIsWhereItsCallerDoesNot() {
        assertEquals(Priority.URGENT, TransportFixture.REISSUE.priority());
        assertEquals(Priority.WAIT, TransportFixture.POLL.priority());
        for (Task order : List.of(Task.PREPARE_ORDER, Task.POLL_CONFIRM, Task.HELLO)) {
            assertEquals(Priority.URGENT, Priority.of(order, true));
        }
        assertEquals(Priority.WAIT, Priority.of(Task.JOB_SEARCH, true));
        assertEquals(Priority.WAIT, Priority.of(Task.CERTIFICATE_INFO, true), "it may be the end of an order");
        assertEquals(Priority.LOOK, Priority.of(Task.CERTIFICATE_SEARCH, true));
        assertEquals(
                Priority.URGENT, Priority.of(Task.CERTIFICATE_INFO, false), "what is no question changes something");
    }

    @Test
    void theSingleRequestOfABuildWaitsForOneOfABuildWithNinetyNine() {
        PacedFixture world = new PacedFixture(10);
        fleet(world);
        world.time.runFor(millis(500));
        world.transport("release-bot").send(call(Priority.LOOK, "/single").withOrigin("single"));
        world.time.runAll();
        assertEquals(List.of("/fleet", "/single"), world.service.paths().subList(3, 5));
    }

    /** It has had its turns, and the other one has not begun. */
    @Test
    void theFirstLookOfABuildWaitsForTwoOrdersOfABuildWithNinetyNine() {
        PacedFixture world = new PacedFixture(10);
        orders(world, "fleet");
        world.time.runFor(millis(3_500));
        int before = world.service.begun();

        world.transport("release-bot").send(call(Priority.LOOK, "/single").withOrigin("single"));
        world.time.runAll();

        List<String> next = world.service.paths().subList(before, before + 3);
        assertTrue(next.contains("/single"), next.toString());
    }

    @Test
    void whatIsAskedForTheAccountGivesWayToNoLook() {
        PacedFixture world = new PacedFixture(10);
        orders(world, null);
        world.time.runFor(millis(3_500));

        world.transport("release-bot").send(call(Priority.LOOK, "/single").withOrigin("single"));
        world.time.runAll();

        assertEquals("/single", world.service.paths().get(99));
    }

    /** Three hundred builds that begin at once: each that has begun comes to its end before the last ones begin. */
    @Test
    void ordersOfBuildsWithOneCertificateGiveWayToNoLook() {
        PacedFixture world = new PacedFixture(10);
        List<String> ended = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String build = "build-" + i;
            rotate(world, build, 0, () -> ended.add(build));
        }

        world.time.runFor(Duration.ofMinutes(1));

        assertTrue(ended.size() > 20, () -> ended.size() + " have ended");
    }

    private static void orders(PacedFixture world, String build) {
        for (int i = 0; i < 99; i++) {
            world.transport("release-bot").send(call(Priority.URGENT, "/orders").withOrigin(build));
        }
    }

    /** The step needs 594 requests, which is more than three minutes. */
    @Test
    void aRotationBesideAStepWithNinetyNineTakesTwiceItsTimeAlone() {
        List<Duration> alone = new ArrayList<>();
        List<Duration> beside = new ArrayList<>();
        for (int seed = 0; seed < 21; seed++) {
            alone.add(timeOfARotation(new PacedFixture(Network.of(5, 200), seed)));
            PacedFixture world = new PacedFixture(Network.of(5, 200), seed);
            for (int i = 0; i < 99; i++) {
                rotate(world, "fleet", 0, () -> {});
            }
            world.time.runFor(millis(1_000 + 97 * seed));
            beside.add(timeOfARotation(world));
        }
        assertTrue(
                median(beside).compareTo(median(alone).multipliedBy(2)) <= 0,
                () -> median(beside) + " beside, and alone " + median(alone));
    }

    private static Duration median(List<Duration> odd) {
        return odd.stream().sorted().toList().get(odd.size() / 2);
    }

    private static Duration timeOfARotation(PacedFixture world) {
        Duration start = world.time.now();
        CompletableFuture<Duration> end = new CompletableFuture<>();
        rotate(world, "single", 0, () -> end.complete(world.time.now()));
        while (!end.isDone()) {
            world.time.runFor(millis(100));
        }
        return end.join().minus(start);
    }

    /** The six requests of a re-issue, one after the other, with the time between that the service takes for its job. */
    private static void rotate(PacedFixture world, String build, int step, Runnable end) {
        if (step == ROTATION.size()) {
            end.run();
            return;
        }
        world.transport("release-bot")
                .send(call(ROTATION.get(step), "/" + build).withOrigin(build))
                .thenRun(() ->
                        world.time.in(step == ORDER ? JOB : Duration.ZERO, () -> rotate(world, build, step + 1, end)));
    }

    private static void fleet(PacedFixture world) {
        HttpTransport transport = world.transport("release-bot");
        for (int i = 0; i < 99; i++) {
            transport.send(call(Priority.LOOK, "/fleet").withOrigin("fleet"));
        }
    }

    @Test
    void accountsTakeTurnsWhereNobodySaysForWhomACallIs() {
        PacedFixture world = new PacedFixture(10);
        for (String user : List.of("a", "a", "a", "a", "a", "b", "b", "b")) {
            HttpCall call = new HttpCall(Task.JOB_INFO, "GET", "/" + user, null, "text/xml", Map::of, true);
            world.transport(user).send(call);
        }
        world.time.runAll();
        assertEquals(
                List.of("/a", "/b", "/a", "/b", "/b"), world.service.paths().subList(3, 8));
    }

    @Test
    void whoeverIsCancelledLeavesTheOthersTheirTurns() {
        RequestQueue queue = new RequestQueue();
        PacedRequest first = waiting("a");
        PacedRequest second = waiting("a");
        PacedRequest other = waiting("b");
        List.of(first, second, other).forEach(queue::add);
        queue.remove(first);
        assertEquals(second, queue.next(0));
        queue.take(second);
        queue.add(first);
        assertEquals(other, queue.next(0), "its origin has had its turn");
    }

    private static PacedRequest waiting(String origin) {
        return new PacedRequest(Priority.WAIT, origin, 3, new VirtualScheduler());
    }
}
