package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What 'force' and 'dryRun' do and leave alone, and whose jobs keep a certificate from being ordered. */
class ForcedRotationTest extends RotationOverBothProtocols {

    private static final String NAME = Behaviour.JOB_SLOW.demoName();

    private long id;

    @BeforeEach
    void addCertificate() {
        id = fixture.certificate(NAME);
    }

    /** Of a run that is dead by now; its job runs. */
    private Order openOrder() {
        RunOfJob first = fixture.rotate(id, run("release", 1));
        first.start();
        fixture.pass(Duration.ofSeconds(30));
        fixture.kill(first);
        return fixture.openOrder();
    }

    @Test
    void forceReissuesWhatIsNotDue() {
        RunOfJob run = fixture.rotate(
                id, run("release", 1), any -> RotationFixture.forced(fixture.settings(DueRule.parse("1%"))));

        assertEquals(Kind.ROTATED, run.toTheEnd().kind());
        assertEquals(1, fixture.told("Re-issuing it anyway, as asked"));
    }

    @Test
    void forceGivesAnOpenOrderUpAndKeepsItsKeyForAWhile() {
        Order before = openOrder();
        RunOfJob forced = fixture.rotate(id, run("release", 2), RotationFixture::forced);

        RotationOutcome outcome = forced.toTheEnd();

        assertEquals(Kind.ROTATED, outcome.kind());
        assertEquals(2, fixture.sandbox.orders(NAME));
        String key = before.request().publicKeySha256();
        assertNotEquals(key, outcome.order().request().publicKeySha256());
        assertEquals(1, fixture.told("The order of an earlier run (" + before.id()));
        assertEquals(
                Stage.GIVEN_UP,
                fixture.book().ended().withId(before.id()).orElseThrow().stage());
        fixture.pass(OrderBook.KEY_KEPT.minusHours(2));
        fixture.book().clean();
        assertTrue(fixture.book().keys().find(key, "release").isPresent());
        fixture.pass(Duration.ofHours(3));
        fixture.book().clean();
        assertTrue(fixture.book().keys().find(key, "release").isEmpty());
    }

    @Test
    void forceGivesAnOrderInDoubtUp() {
        fixture.connection.treat(Task.REISSUE, FaultyConnection.UNANSWERED);
        RunOfJob first = fixture.rotate(id, run("release", 1));
        first.start();
        fixture.kill(first);
        fixture.connection.treatNothing();

        assertEquals(
                Kind.ROTATED,
                fixture.rotate(id, run("release", 2), RotationFixture::forced)
                        .toTheEnd()
                        .kind());
    }

    @Test
    void forceTwiceInARowPutsUpWithTheJobsOfBothOrders() {
        openOrder();
        RunOfJob second = fixture.rotate(id, run("release", 2), RotationFixture::forced);
        second.start();
        fixture.pass(Duration.ofSeconds(30));
        fixture.kill(second);
        RunOfJob third = fixture.rotate(id, run("release", 3), RotationFixture::forced);

        assertEquals(Kind.ROTATED, third.toTheEnd().kind());
        assertEquals(3, fixture.sandbox.orders(NAME));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aForcedRunThatIsTakenUpAgainGoesOnWithItsOwnOrder(boolean knowsIt) {
        openOrder();
        RunOfJob forced = fixture.rotate(id, run("release", 2), RotationFixture::forced);
        forced.start();
        fixture.pass(Duration.ofSeconds(30));
        fixture.stop(forced);
        RunOfJob again = fixture.rotate(id, run("release", 2), RotationFixture::forced);

        assertEquals(
                Kind.ROTATED,
                fixture.done(again.resume(knowsIt ? forced.followed() : null)).kind());
        assertEquals(2, fixture.sandbox.orders(NAME));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void somebodyElsesRunningJobIsNotCrossed(boolean force) {
        long foreign = Reissues.bySomebodyElse(fixture, id);
        RunOfJob run = fixture.rotate(id, run("release", 1), s -> force ? RotationFixture.forced(s) : s);

        ReissueException crossing = assertThrows(ReissueException.class, run::toTheEnd);

        assertTrue(crossing.getMessage().startsWith("Job " + foreign + " of " + NAME + " is under way (RUNNING)"));
        assertEquals(1, fixture.sandbox.orders(NAME));
        assertEquals(0, fixture.book().openOrders().size());
    }

    @Test
    void anAccountThatMayNotListJobsIsNoReasonNotToOrder() {
        fixture.connection.treat(Task.JOB_SEARCH, FaultyConnection.refused(403));

        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 1)).toTheEnd().kind());
        assertEquals(1, fixture.told("Whether somebody else has ordered is not known: JobList"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDryRunOrdersNothingAndKeepsNothing(boolean force) {
        RunOfJob run =
                fixture.rotate(id, run("release", 1), s -> RotationFixture.dry(force ? RotationFixture.forced(s) : s));

        assertEquals(Kind.DRY_RUN, run.toTheEnd().kind());

        assertEquals(0, fixture.sandbox.orders(NAME));
        assertEquals(0, fixture.book().openOrders().size());
        assertEquals(0, fixture.book().ended().latest(9).size());
        assertEquals(0, run.delivered().size());
        assertEquals(1, fixture.told("Set this DNS record unless InterNetX manages the zone"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDryRunLeavesAnEarlierOrderAlone(boolean force) {
        Order before = openOrder();
        RunOfJob dry =
                fixture.rotate(id, run("release", 2), s -> RotationFixture.dry(force ? RotationFixture.forced(s) : s));

        assertEquals(Kind.DRY_RUN, dry.toTheEnd().kind());

        Order after = fixture.openOrder();
        assertEquals(before.id(), after.id());
        assertEquals(before.stage(), after.stage());
        assertTrue(after.hasKey());
        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 3)).toTheEnd().kind());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void aDryRunLeavesWhatWasOnlyPreparedAlone() {
        RunOfJob first = fixture.rotate(id, run("release", 1));
        first.proveBy(new CompletableFuture<>());
        first.start();
        fixture.kill(first);

        assertEquals(
                Kind.DRY_RUN,
                fixture.rotate(id, run("release", 2), RotationFixture::dry)
                        .toTheEnd()
                        .kind());
        assertEquals(Stage.PREPARED, fixture.openOrder().stage());
    }
}
