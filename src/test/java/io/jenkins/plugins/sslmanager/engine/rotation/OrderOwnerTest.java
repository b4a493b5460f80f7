package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An order and its key belong to one certificate and one job, and one run works on it. */
class OrderOwnerTest extends RotationOverBothProtocols {

    private long id;

    @BeforeEach
    void addCertificate() {
        id = fixture.certificate(NAME);
    }

    private static OrderBookException.Kind kindOf(RotationFixture fixture, CompletableFuture<?> rotation) {
        return assertThrows(OrderBookException.class, () -> fixture.done(rotation))
                .kind();
    }

    /** Not wanted: both kept their key in one place, so that one certificate was issued whose key was gone. */
    @ParameterizedTest
    @CsvSource({"release, release", "release, nightly"})
    void twoCertificatesOfOneNameAreReissuedAtOnceEachWithItsOwnKey(String job, String otherJob) {
        long other = fixture.certificate(NAME);
        RunOfJob rsa = fixture.rotate(
                id,
                run(job, 1),
                s -> RotationFixture.with(s, new NewKey("RSA_2048", null, null, null), OrderChanges.NONE));
        RunOfJob ec = fixture.rotate(other, run(otherJob, 2));
        CompletableFuture<RotationOutcome> first = rsa.start();
        CompletableFuture<RotationOutcome> second = ec.start();
        assertEquals(2, fixture.book().openOrders().size());

        assertEquals(Kind.ROTATED, fixture.done(first).kind());
        assertEquals(Kind.ROTATED, fixture.done(second).kind());

        assertEquals("RSA", rsa.keys().get(0).getAlgorithm());
        assertEquals("EC", ec.keys().get(0).getAlgorithm());
        assertEquals(2, fixture.sandbox.orders(NAME));
    }

    @Test
    void twoCertificatesOfOneNameInDoubtAreToldApart() {
        long other = fixture.certificate(NAME);
        fixture.connection.treat(Task.REISSUE, FaultyConnection.UNANSWERED);
        List<Long> both = List.of(id, other);
        for (long each : both) {
            RunOfJob killed = fixture.rotate(each, run("release", 1));
            killed.start();
            fixture.kill(killed);
        }
        fixture.connection.treatNothing();

        for (long each : both) {
            RunOfJob run = fixture.rotate(each, run("release", 2));
            assertEquals(Kind.ROTATED, run.toTheEnd().kind());
        }
        assertEquals(2, fixture.sandbox.orders(NAME));
    }

    /** Not wanted: what had ended lived on, and kept all others from the certificate. */
    @Test
    void anOrderWhoseRunIsOverIsTakenOverAndALateExecutionDoesNothing() {
        RunOfJob late = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> lateRotation = late.start();
        fixture.pass(Duration.ofSeconds(30));
        fixture.isOver(run("release", 1));
        RunOfJob next = fixture.rotate(id, run("release", 2));

        assertEquals(Kind.ROTATED, next.toTheEnd().kind());

        assertThrows(OrderBookException.class, () -> fixture.done(lateRotation));
        assertEquals(0, late.delivered().size());
        assertEquals(1, next.delivered().size());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void aLateExecutionThatHasNotOrderedYetOrdersNothing() {
        RunOfJob late = fixture.rotate(id, run("release", 1));
        CompletableFuture<Void> proof = new CompletableFuture<>();
        late.proveBy(proof);
        CompletableFuture<RotationOutcome> lateRotation = late.start();
        fixture.isOver(run("release", 1));
        CompletableFuture<RotationOutcome> next =
                fixture.rotate(id, run("release", 2)).start();

        proof.complete(null);

        assertEquals(OrderBookException.Kind.CHANGED, kindOf(fixture, lateRotation));
        assertEquals(Kind.ROTATED, fixture.done(next).kind());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    /** Not wanted: the block of one job held the certificate for days, and the rotation of the other ended as if all was well. */
    @Test
    void aJobThatWaitsForItsBlockKeepsNoOtherFromTheCertificate() {
        RunOfJob sleeping = fixture.rotate(id, run("sleeper", 1));
        CompletableFuture<Void> block = new CompletableFuture<>();
        sleeping.proveBy(block);
        CompletableFuture<RotationOutcome> late = sleeping.start();
        fixture.pass(Duration.ofDays(3));

        RunOfJob victim = fixture.rotate(id, run("release", 1));
        assertEquals(Kind.ROTATED, victim.toTheEnd().kind());
        block.complete(null);

        assertEquals(Kind.NOT_DUE, fixture.done(late).kind());
        assertEquals(1, victim.delivered().size());
        assertEquals(0, sleeping.delivered().size());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void whoeverIsOvertakenLearnsThatAnotherJobHasOrdered() {
        RunOfJob sleeping = fixture.rotate(id, run("sleeper", 1));
        CompletableFuture<Void> block = new CompletableFuture<>();
        sleeping.proveBy(block);
        CompletableFuture<RotationOutcome> late = sleeping.start();
        CompletableFuture<RotationOutcome> quick =
                fixture.rotate(id, run("release", 1)).start();
        fixture.pass(Duration.ofSeconds(30));
        block.complete(null);

        assertEquals(Kind.ORDERED_BY_ANOTHER_JOB, fixture.done(late).kind());
        assertEquals(Kind.ROTATED, fixture.done(quick).kind());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void anOvertakenRunKnowsItAfterARestartToo() {
        RunOfJob sleeping = fixture.rotate(id, run("sleeper", 1));
        sleeping.proveBy(new CompletableFuture<>());
        sleeping.start();
        RunOfJob quick = fixture.rotate(id, run("release", 1));
        quick.start();
        fixture.pass(Duration.ofSeconds(30));
        sleeping.stop();
        fixture.stop(quick);

        CompletableFuture<RotationOutcome> late =
                fixture.rotate(id, run("sleeper", 1)).resume(sleeping.followed());

        assertEquals(Kind.ORDERED_BY_ANOTHER_JOB, fixture.done(late).kind());
    }

    @Test
    void aLateExecutionWhoseCertificateIsThereDeliversNothing() {
        RunOfJob first = fixture.rotate(id, run("release", 1));
        first.failDelivery(new IOException("The agent is gone"));
        assertThrows(CompletionException.class, first::toTheEnd);
        assertEquals(Stage.ISSUED, fixture.openOrder().stage());
        RunOfJob late = fixture.rotate(id, run("release", 2));
        fixture.connection.treat(
                Task.CERTIFICATE_INFO,
                (task, service) -> fixture.time
                        .pause(Duration.ofMinutes(10))
                        .thenCompose(over -> service.get().thenApply(Object.class::cast)));
        CompletableFuture<RotationOutcome> lateRotation = late.start();
        fixture.connection.treatNothing();
        fixture.isOver(run("release", 2));
        RunOfJob next = fixture.rotate(id, run("release", 3));
        next.failDelivery(new IOException("The agent is gone"));
        assertThrows(CompletionException.class, next::toTheEnd);

        assertEquals(OrderBookException.Kind.CHANGED, kindOf(fixture, lateRotation));

        assertEquals(0, late.delivered().size());
    }

    @Test
    void anOrderThatIsHandedOverIsGoneOnWithByTheOtherJobAlone() {
        RunOfJob first = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> rotation = first.start();
        fixture.pass(Duration.ofSeconds(30));
        fixture.book().handOver(fixture.openOrder().id(), new Owner("other", "an administrator"));
        RunOfJob other = fixture.rotate(id, run("other", 1));

        assertEquals(Kind.ROTATED, other.toTheEnd().kind());

        assertThrows(OrderBookException.class, () -> fixture.done(rotation));
        assertEquals(0, first.delivered().size());
        assertEquals(1, fixture.sandbox.orders(NAME));
        assertEquals(Kind.ORDERED_BY_ANOTHER_JOB, orderedByAnother().toTheEnd().kind());
    }

    private RunOfJob orderedByAnother() {
        fixture.pass(RotationFixture.UNTIL_DUE);
        fixture.rotate(id, run("other", 2)).start();
        return fixture.rotate(id, run("release", 2));
    }

    @Test
    void anOrderThatAPersonGivesUpIsNotDelivered() {
        RunOfJob run = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> rotation = run.start();
        fixture.pass(Duration.ofSeconds(30));
        String order = fixture.openOrder().id();
        fixture.book().giveUp(order, "Given up by an administrator");

        assertEquals(OrderBookException.Kind.CHANGED, kindOf(fixture, rotation));

        assertEquals(0, run.delivered().size());
        assertNotEquals("", fixture.endedOrder().remark());
        // And neither if a restart comes in between.
        fixture.restart();
        CompletableFuture<RotationOutcome> again =
                fixture.rotate(id, run("release", 1)).resume(order);
        String told =
                assertThrows(RuntimeException.class, () -> fixture.done(again)).getMessage();
        assertTrue(told.contains("Given up by an administrator"), told);
        assertEquals(1, fixture.sandbox.orders(NAME));
    }
}
