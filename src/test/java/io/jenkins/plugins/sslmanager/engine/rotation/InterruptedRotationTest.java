package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that ends in the middle leaves a book from which the next one goes on. */
class InterruptedRotationTest extends RotationOverBothProtocols {

    private long id;

    @BeforeEach
    void addCertificate() {
        id = fixture.certificate(NAME);
    }

    /** How a run ends that has been at one of its requests. */
    enum End {
        ABORTED,
        KILLED,
        TAKEN_UP_AGAIN
    }

    @ParameterizedTest
    @CsvSource({
        "ABORTED, true",
        "ABORTED, false",
        "KILLED, true",
        "KILLED, false",
        "TAKEN_UP_AGAIN, true",
        "TAKEN_UP_AGAIN, false"
    })
    void atWhicheverRequestARunEndsTheNextDeliversWithOneOrder(End end, boolean arrived) {
        int requests = 0;
        do {
            fixture = new RotationFixture(folder.resolve(String.valueOf(requests)), protocol);
            id = fixture.certificate(NAME);
        } while (endsAt(requests++, end, arrived));
        assertTrue(requests > 8);
    }

    /** @return whether there is such a request */
    private boolean endsAt(int number, End end, boolean arrived) {
        RunOfJob first = fixture.rotate(id, run("release", 1));
        int[] count = {0};
        boolean[] reached = {false};
        fixture.connection.treatAll((task, service) -> {
            // There are many polls, and each is as the next.
            if (reached[0] || task == Task.POLL_INFO && count[0] > 12 || count[0]++ < number) {
                return service.get();
            }
            reached[0] = true;
            if (arrived) {
                service.get();
            }
            return new CompletableFuture<>();
        });
        CompletableFuture<RotationOutcome> rotation = first.start();
        while (!reached[0] && !rotation.isDone()) {
            fixture.time.next();
        }
        if (!reached[0]) {
            return false;
        }
        if (end == End.ABORTED) {
            first.abort();
            assertTrue(rotation.isDone());
            // Its queue has a request under way that is never answered.
            fixture.restart();
        } else if (end == End.KILLED) {
            fixture.kill(first);
        } else {
            fixture.stop(first);
        }
        fixture.connection.treatNothing();
        RunOfJob next = fixture.rotate(id, run("release", end == End.TAKEN_UP_AGAIN ? 1 : 2));
        Kind kind = fixture.done(end == End.TAKEN_UP_AGAIN ? next.resume(first.followed()) : next.start())
                .kind();
        assertEquals(Kind.ROTATED, kind, () -> "Ended at request " + number + ": " + fixture.log);
        assertEquals(1, next.delivered().size());
        assertEquals(1, fixture.sandbox.orders(NAME));
        assertEquals(0, fixture.book().openOrders().size());
        return true;
    }

    @Test
    void whatWasDeliveredByARunThatWasKilledRightAfterItIsDeliveredAgain() {
        RunOfJob first = fixture.rotate(id, run("release", 1));
        first.afterDelivery(() -> {
            fixture.kill(first);
            throw new IllegalStateException("killed");
        });
        assertThrows(IllegalStateException.class, first::toTheEnd);
        RunOfJob second = fixture.rotate(id, run("release", 2));

        assertEquals(Kind.ROTATED, second.toTheEnd().kind());

        assertEquals(1, fixture.sandbox.orders(NAME));
        assertEquals(first.keys(), second.keys());
        assertEquals(first.delivered().get(0).data(), second.delivered().get(0).data());
    }

    @Test
    void aRunThatIsTakenUpAgainAfterTheDeliverySaysSoAndDoesNothing() {
        RunOfJob first = fixture.rotate(id, run("release", 1));
        first.toTheEnd();
        fixture.restart();
        RunOfJob again = fixture.rotate(id, run("release", 1));

        RotationOutcome outcome = fixture.done(again.resume(first.followed()));

        assertEquals(Kind.DELIVERED_BEFORE, outcome.kind());
        assertEquals(0, again.delivered().size());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void aRunThatIsTakenUpAgainProvesControlForTheSameOrder() {
        RunOfJob first = fixture.rotate(id, run("release", 1));
        first.proveBy(new CompletableFuture<>());
        first.start();
        fixture.stop(first);
        RunOfJob again = fixture.rotate(id, run("release", 1));

        assertEquals(Kind.ROTATED, fixture.done(again.resume(first.followed())).kind());

        assertEquals(first.followed(), again.followed());
        assertEquals(1, fixture.connection.count(Task.PREPARE_ORDER));
    }

    @Test
    void theNextRunBeginsAnewWhereNothingWasSent() {
        RunOfJob first = fixture.rotate(id, run("release", 1));
        first.proveBy(new CompletableFuture<>());
        first.start();
        fixture.kill(first);
        RunOfJob next = fixture.rotate(id, run("release", 2));

        assertEquals(Kind.ROTATED, next.toTheEnd().kind());

        assertNotEquals(first.followed(), next.followed());
        assertEquals(
                Stage.WITHDRAWN,
                fixture.book().ended().withId(first.followed()).orElseThrow().stage());
    }

    @Test
    void anAbortEndsTheProofOfControlAndWithdrawsTheOrder() {
        RunOfJob run = fixture.rotate(id, run("release", 1));
        CompletableFuture<Void> proof = new CompletableFuture<>();
        run.proveBy(proof);
        CompletableFuture<RotationOutcome> rotation = run.start();

        run.abort();

        assertThrows(CancellationException.class, () -> fixture.done(rotation));
        assertTrue(proof.isCancelled());
        assertEquals(Stage.WITHDRAWN, fixture.endedOrder().stage());
        assertEquals("The run was ended", fixture.endedOrder().remark());
    }

    @Test
    void anAbortWhileTheOrderIsWrittenDownLeavesNoDoubt() {
        RunOfJob run = fixture.rotate(id, run("release", 1));
        abortsAtLine(run, "Ordering QUICKSSLPREMIUM", RunOfJob::abort);

        assertThrows(CancellationException.class, run::toTheEnd);

        assertEquals(0, fixture.connection.count(Task.REISSUE));
        assertEquals(Stage.WITHDRAWN, fixture.endedOrder().stage());
    }

    @Test
    void anAbortRightBeforeTheDeliveryDeliversNothing() {
        RunOfJob run = fixture.rotate(id, run("release", 1));
        abortsAtLine(run, "Certificate and chain", RunOfJob::abort);

        assertThrows(CancellationException.class, run::toTheEnd);

        assertEquals(0, run.delivered().size());
        RunOfJob next = fixture.rotate(id, run("release", 2));
        assertEquals(Kind.ROTATED, next.toTheEnd().kind());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    private static void abortsAtLine(RunOfJob run, String words, Consumer<RunOfJob> how) {
        run.atLine(line -> {
            if (line.startsWith(words)) {
                how.accept(run);
            }
        });
    }

    @Test
    void aRunThatIsAbortedAsksNothingMore() {
        RunOfJob run = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> rotation = run.start();
        fixture.pass(Duration.ofSeconds(30));
        run.abort();
        assertThrows(CancellationException.class, () -> fixture.done(rotation));
        int asked = fixture.connection.requests().size();

        fixture.pass(Duration.ofDays(1));

        assertFalse(fixture
                .connection
                .requests()
                .subList(asked, fixture.connection.requests().size())
                .stream()
                // The inbox looks a few times more for a notification that it knows to be on its way.
                .anyMatch(task -> task != Task.POLL_INFO && task != Task.POLL_CONFIRM));
    }
}
