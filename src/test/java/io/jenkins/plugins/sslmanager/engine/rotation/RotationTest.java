package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The way of one certificate, run by run of its job. */
class RotationTest extends RotationOverBothProtocols {

    @Test
    void aDueCertificateIsReissuedAndDeliveredWithItsKey() {
        long id = fixture.certificate(NAME);
        RunOfJob run = fixture.rotate(id, run("release", 1));

        RotationOutcome outcome = run.toTheEnd();

        assertEquals(Kind.ROTATED, outcome.kind());
        assertEquals(1, run.delivered().size());
        assertEquals(1, fixture.sandbox.orders(NAME));
        assertEquals(0, fixture.book().openOrders().size());
        Order ended = fixture.book().ended().latest(10).get(0);
        assertEquals(Stage.DELIVERED, ended.stage());
        assertTrue(!ended.hasKey());
    }

    @Test
    void aCertificateThatIsNotDueIsLeftAlone() {
        long id = fixture.certificate(NAME);
        RunOfJob run = fixture.rotate(id, run("release", 1), settings -> fixture.settings(DueRule.parse("1%")));

        assertEquals(Kind.NOT_DUE, run.toTheEnd().kind());
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void theNextRunDeliversWhatAnAbortedOneHasOrdered() {
        long id = fixture.certificate(NAME);
        RunOfJob first = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> started = first.start();
        fixture.pass(Duration.ofSeconds(30));
        first.abort();
        assertThrows(CancellationException.class, () -> fixture.done(started));

        RunOfJob second = fixture.rotate(id, run("release", 2));

        assertEquals(Kind.ROTATED, second.toTheEnd().kind());
        assertEquals(1, second.delivered().size());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void aFailedDeliveryIsRepeatedByTheNextRunWithTheSameKey() {
        long id = fixture.certificate(NAME);
        RunOfJob first = fixture.rotate(id, run("release", 1));
        first.failDelivery(new IOException("The agent is gone"));
        assertThrows(CompletionException.class, first::toTheEnd);

        fixture.restart();
        RunOfJob second = fixture.rotate(id, run("release", 2));

        assertEquals(Kind.ROTATED, second.toTheEnd().kind());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void anotherJobGetsNeitherOrderNorKey() {
        long id = fixture.certificate(NAME);
        fixture.rotate(id, run("release", 1)).start();
        fixture.pass(Duration.ofSeconds(30));

        RunOfJob other = fixture.rotate(id, run("other", 1));

        assertEquals(Kind.ORDERED_BY_ANOTHER_JOB, other.toTheEnd().kind());
        assertEquals(0, other.delivered().size());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void aSecondRunOfTheJobLeavesTheCertificateToTheFirst() {
        long id = fixture.certificate(NAME);
        RunOfJob first = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> started = first.start();
        fixture.pass(Duration.ofSeconds(30));

        assertEquals(
                Kind.UNDER_WAY, fixture.rotate(id, run("release", 2)).toTheEnd().kind());
        assertEquals(Kind.ROTATED, fixture.done(started).kind());
    }

    @Test
    void anotherCsrIsNotOrderedWhileAnOrderIsOpenAndTheOrderIsNamed() {
        long id = fixture.certificate(NAME);
        CompletableFuture<RotationOutcome> first =
                fixture.rotate(id, run("release", 1)).start();
        fixture.pass(Duration.ofSeconds(30));
        fixture.isOver(run("release", 1));

        ReissueException refused = assertThrows(
                ReissueException.class,
                () -> fixture.rotate(id, run("release", 2), this::bringingACsr).toTheEnd());

        assertEquals(ReissueException.Kind.UNFIT, refused.kind());
        Order open = fixture.book().openOrders().get(0);
        assertTrue(refused.getMessage().contains(open.id()), refused.getMessage());
        assertEquals(1, fixture.sandbox.orders(NAME));
        assertTrue(!first.isDone());
    }

    private RotationSettings bringingACsr(RotationSettings settings) {
        return new RotationSettings(
                settings.dueRule(),
                settings.evenIfNotDue(),
                settings.atTermEnd(),
                settings.givesUpOpenOrder(),
                settings.dryRun(),
                settings.newKey(),
                CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), NAME, List.of("www." + NAME)),
                settings.changes(),
                settings.deadline());
    }

    @Test
    void evenIfNotDueReissuesButGoesOnWithAnOpenOrder() {
        long id = fixture.certificate(NAME);
        fixture.rotate(id, run("release", 1)).start();
        fixture.pass(Duration.ofSeconds(30));
        fixture.isOver(run("release", 1));

        assertEquals(
                Kind.ROTATED,
                fixture.rotate(id, run("release", 2), settings -> whateverTheRuleSays(false))
                        .toTheEnd()
                        .kind());
        assertEquals(1, fixture.sandbox.orders(NAME));
        assertEquals(
                Kind.ROTATED,
                fixture.rotate(id, run("release", 3), settings -> whateverTheRuleSays(false))
                        .toTheEnd()
                        .kind());
        assertEquals(2, fixture.sandbox.orders(NAME));
    }

    @Test
    void anOpenOrderThatIsGivenUpKeepsItsKeyAndAnotherIsPlacedThoughItsJobIsRunning() {
        long id = fixture.certificate(NAME);
        fixture.rotate(id, run("release", 1)).start();
        fixture.pass(Duration.ofSeconds(30));
        fixture.isOver(run("release", 1));
        Order first = fixture.book().openOrders().get(0);

        RotationOutcome second = fixture.rotate(id, run("release", 2), settings -> whateverTheRuleSays(true))
                .toTheEnd();

        assertEquals(Kind.ROTATED, second.kind());
        assertEquals(2, fixture.sandbox.orders(NAME));
        assertEquals(
                Stage.GIVEN_UP,
                fixture.book().ended().withId(first.id()).orElseThrow().stage());
        assertTrue(fixture.book()
                .keys()
                .find(first.request().publicKeySha256(), "release")
                .isPresent());
    }

    private RotationSettings whateverTheRuleSays(boolean givesUpOpenOrder) {
        RotationSettings usual = fixture.settings(DueRule.parse("1%"));
        return new RotationSettings(
                usual.dueRule(),
                true,
                AtTermEnd.TELL,
                givesUpOpenOrder,
                false,
                usual.newKey(),
                null,
                usual.changes(),
                usual.deadline());
    }

    @Test
    void aRunThatWasEndedSendsNothingMore() {
        long id = fixture.certificate(NAME);
        RunOfJob run = fixture.rotate(id, run("release", 1));
        CompletableFuture<Void> proof = new CompletableFuture<>();
        run.proveBy(proof);
        CompletableFuture<RotationOutcome> started = run.start();

        run.abort();
        proof.complete(null);

        assertThrows(CancellationException.class, () -> fixture.done(started));
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void namesThatMakeNoCsrEndTheRunBeforeAnythingIsOrdered() {
        long id = fixture.certificate(NAME);
        NewKey underscored = new NewKey("EC_P256", "shop_example", null, null);

        ReissueException refused = assertThrows(
                ReissueException.class,
                () -> fixture.rotate(id, run("release", 1), settings -> withKey(settings, underscored))
                        .toTheEnd());

        assertEquals(ReissueException.Kind.UNFIT, refused.kind());
        assertEquals(0, fixture.book().openOrders().size());
    }

    private static RotationSettings withKey(RotationSettings settings, NewKey key) {
        return new RotationSettings(
                settings.dueRule(),
                false,
                AtTermEnd.TELL,
                false,
                false,
                key,
                null,
                settings.changes(),
                settings.deadline());
    }

    @Test
    void aFailedJobEndsTheOrder() {
        long id = fixture.certificate("job-failed.example.com");

        ReissueException failure = assertThrows(
                ReissueException.class,
                () -> fixture.rotate(id, run("release", 1)).toTheEnd());

        assertEquals(ReissueException.Kind.JOB_FAILED, failure.kind());
        assertEquals(Stage.FAILED, fixture.book().ended().latest(1).get(0).stage());
    }

    @Test
    void aFailureBeforeTheOrderWithdrawsIt() {
        long id = fixture.certificate(NAME);
        RunOfJob run = fixture.rotate(id, run("release", 1));
        run.proveBy(CompletableFuture.failedFuture(new UncheckedIOException(new IOException("No such zone"))));

        assertThrows(UncheckedIOException.class, run::toTheEnd);

        assertEquals(0, fixture.sandbox.orders(NAME));
        assertEquals(Stage.WITHDRAWN, fixture.book().ended().latest(1).get(0).stage());
    }

    @Test
    void anAbortEndsTheProofOfControlAndWithdrawsTheOrder() {
        long id = fixture.certificate(NAME);
        RunOfJob run = fixture.rotate(id, run("release", 1));
        CompletableFuture<Void> proof = new CompletableFuture<>();
        run.proveBy(proof);
        CompletableFuture<RotationOutcome> started = run.start();

        run.abort();

        assertThrows(CancellationException.class, () -> fixture.done(started));
        assertTrue(proof.isCancelled());
        assertEquals(Stage.WITHDRAWN, fixture.book().ended().latest(1).get(0).stage());
    }

    @Test
    void aJobGoesOnWithTheNumberThatItIsConfiguredWith() {
        long id = fixture.certificate("new-id.example.com");
        fixture.rotate(id, run("release", 1)).toTheEnd();
        fixture.restart();
        fixture.pass(RotationFixture.UNTIL_DUE);

        RotationOutcome second = fixture.rotate(id, run("release", 2)).toTheEnd();

        assertEquals(Kind.ROTATED, second.kind());
        assertEquals(2, fixture.sandbox.orders("new-id.example.com"));
    }
}
