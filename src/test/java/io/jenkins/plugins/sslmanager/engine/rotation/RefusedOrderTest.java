package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.LOST_ON_THE_WAY_BACK;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.LOST_ON_THE_WAY_THERE;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.first;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.refused;
import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.Treatment;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An order that the service refuses, that never went out, or whose job brings no certificate. */
class RefusedOrderTest extends RotationOverBothProtocols {

    private static final String FAILS = Behaviour.JOB_FAILED.demoName();

    private void assertKeyIsKeptForAWhile(Order order) {
        assertFalse(order.hasKey());
        assertTrue(fixture.book()
                .keys()
                .find(order.request().publicKeySha256(), "release")
                .isPresent());
        assertEquals(0, fixture.book().openOrders().size());
    }

    @Test
    void anOrderThatIsRefusedHasFailedAndItsKeyIsKeptForAWhile() {
        long id = fixture.certificate(NAME);
        connection.treat(Task.REISSUE, refused(400));

        ApiException refusal = assertThrows(
                ApiException.class, () -> fixture.rotate(id, run("release", 1)).toTheEnd());

        assertEquals("EF1", refusal.code());
        assertEquals(Stage.FAILED, fixture.endedOrder().stage());
        assertEquals(refusal.getMessage(), fixture.endedOrder().remark());
        assertKeyIsKeptForAWhile(fixture.endedOrder());
        assertEquals(1, connection.count(Task.REISSUE));
    }

    static Stream<Treatment> notSent() {
        return Stream.of(FaultyConnection.NOT_SENT, refused(429));
    }

    @ParameterizedTest
    @MethodSource("notSent")
    void anOrderThatNeverWentOutIsWithdrawnAndTheNextRunOrders(Treatment fault) {
        long id = fixture.certificate(NAME);
        connection.treat(Task.REISSUE, fault);

        assertThrows(
                ApiException.class, () -> fixture.rotate(id, run("release", 1)).toTheEnd());

        assertEquals(Stage.WITHDRAWN, fixture.endedOrder().stage());
        assertKeyIsKeptForAWhile(fixture.endedOrder());
        connection.treatNothing();
        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 2)).toTheEnd().kind());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void credentialsThatAreGoneAtTheOrderLeaveNoDoubt() {
        long id = fixture.certificate(NAME);
        connection.treat(
                Task.REISSUE,
                (task, service) -> CompletableFuture.failedFuture(new IllegalArgumentException("No credentials")));

        assertThrows(
                IllegalArgumentException.class,
                () -> fixture.rotate(id, run("release", 1)).toTheEnd());

        assertEquals(Stage.WITHDRAWN, fixture.endedOrder().stage());
    }

    @Test
    void troubleRightBeforeTheOrderWithdrawsIt() {
        RunOfJob run = fixture.rotate(fixture.certificate(NAME), run("release", 1));
        CompletableFuture<Void> published = new CompletableFuture<>();
        run.proveBy(published);
        CompletableFuture<RotationOutcome> outcome = run.start();
        fixture.pass(Duration.ofHours(1));
        connection.treat(Task.CERTIFICATE_INFO, refused(503));
        published.complete(null);

        assertThrows(ApiException.class, () -> fixture.done(outcome));

        assertEquals(Stage.WITHDRAWN, fixture.endedOrder().stage());
        assertEquals(0, connection.count(Task.REISSUE));
    }

    @ParameterizedTest
    @EnumSource(names = {"JOB_FAILED", "JOB_CANCELED"})
    void aJobThatBringsNoCertificateEndsTheOrderAndSaysWhy(Behaviour behaviour) {
        long id = fixture.certificate(behaviour.demoName());

        ReissueException failure = assertThrows(
                ReissueException.class,
                () -> fixture.rotate(id, run("release", 1)).toTheEnd());

        // A notification over XML has one word for all that is no success.
        String end = protocol == Protocol.XML || behaviour == Behaviour.JOB_FAILED ? "FAILED" : "CANCELED";
        String why = behaviour == Behaviour.JOB_FAILED
                ? "EF400102 The certificate authority refused the order."
                : "EF400103 The order was canceled.";
        assertEquals(
                "Job 9218001 for " + behaviour.demoName() + " ended as " + end + ": \"" + why
                        + "\". No certificate was issued. Correct what the service names, then order again",
                failure.getMessage());
        assertEquals(failure.getMessage(), fixture.endedOrder().remark());
        assertKeyIsKeptForAWhile(fixture.endedOrder());
    }

    @Test
    void aRunThatIsTakenUpAgainAfterItsJobHasFailedSaysSo() {
        long id = fixture.certificate(FAILS);
        RunOfJob first = fixture.rotate(id, run("release", 1));
        assertThrows(ReissueException.class, first::toTheEnd);
        fixture.restart();
        RunOfJob again = fixture.rotate(id, run("release", 1));

        ReissueException failure =
                assertThrows(ReissueException.class, () -> fixture.done(again.resume(first.followed())));

        assertTrue(failure.getMessage().contains("EF400102"), failure.getMessage());
        assertEquals(1, fixture.sandbox.orders(FAILS));
    }

    @Test
    void theNextRunAfterAFailedJobOrdersAnew() {
        long id = fixture.certificate(FAILS);
        assertThrows(
                ReissueException.class,
                () -> fixture.rotate(id, run("release", 1)).toTheEnd());
        assertThrows(
                ReissueException.class,
                () -> fixture.rotate(id, run("release", 2)).toTheEnd());

        assertEquals(2, fixture.sandbox.orders(FAILS));
    }

    /** The first sending may be carried out all the same. */
    @Test
    void aJobThatFailsAfterASecondSendingLeavesTheKeyForAWhile() {
        long id = fixture.certificate(FAILS);
        connection.treat(Task.REISSUE, first(1, LOST_ON_THE_WAY_THERE));

        assertThrows(
                ReissueException.class,
                () -> fixture.rotate(id, run("release", 1)).toTheEnd());

        String key = fixture.endedOrder().request().publicKeySha256();
        assertEquals(Stage.FAILED, fixture.endedOrder().stage());
        assertTrue(fixture.book().keys().find(key, "release").isPresent());
        fixture.pass(OrderBook.KEY_KEPT.plusHours(1));
        fixture.book().clean();
        assertTrue(fixture.book().keys().find(key, "release").isEmpty());
    }

    @Test
    void anOrderInDoubtWhoseJobHasFailedHasFailed() {
        long id = fixture.certificate(FAILS);
        connection.treat(Task.REISSUE, FaultyConnection.UNANSWERED);
        RunOfJob first = fixture.rotate(id, run("release", 1));
        first.start();
        fixture.kill(first);
        fixture.pass(Duration.ofHours(1));
        RunOfJob second = fixture.rotate(id, run("release", 2));

        ReissueException failure = assertThrows(ReissueException.class, second::toTheEnd);

        assertEquals(ReissueException.Kind.JOB_FAILED, failure.kind());
        assertEquals(Stage.FAILED, fixture.endedOrder().stage());
    }

    @Test
    void anOrderThatWasSentTwiceHasFailedOnceBothJobsHave() {
        long id = fixture.certificate(FAILS);
        connection.treat(Task.REISSUE, (task, service) -> {
            fixture.time.after(Duration.ofHours(26), service::get);
            return LOST_ON_THE_WAY_THERE.treat(task, service);
        });
        connection.treat(FaultyConnection.JOB_LISTS, first(80, FaultyConnection.emptyList()));
        RunOfJob run = fixture.rotate(id, run("release", 1));
        assertThrows(ReissueException.class, run::toTheEnd);
        assertEquals(2, fixture.openOrder().sent());
        fixture.pass(Duration.ofHours(30));
        connection.treatNothing();

        ReissueException failure = assertThrows(
                ReissueException.class,
                () -> fixture.rotate(id, run("release", 2)).toTheEnd());

        assertEquals(ReissueException.Kind.JOB_FAILED, failure.kind());
        assertEquals(2, fixture.sandbox.orders(FAILS));
        assertEquals(Stage.FAILED, fixture.endedOrder().stage());
    }

    @Test
    void ofAnOrderThatWasSentTwiceOneFailedJobIsNotTheEnd() {
        long id = fixture.certificate(FAILS);
        int[] sendings = {0};
        connection.treat(Task.REISSUE, (task, service) -> {
            Treatment lost = ++sendings[0] == 1 ? LOST_ON_THE_WAY_THERE : LOST_ON_THE_WAY_BACK;
            return lost.treat(task, service);
        });
        connection.treat(Task.JOB_SEARCH, FaultyConnection.emptyList());
        RunOfJob run = fixture.rotate(id, run("release", 1));

        ReissueException doubt = assertThrows(ReissueException.class, run::toTheEnd);

        assertEquals(ReissueException.Kind.UNCLEAR, doubt.kind());
        assertEquals(Stage.ORDERING, fixture.openOrder().stage());
    }

    @Test
    void aCertificateThatIsThereThoughItsJobIsSaidToHaveFailedIsDelivered() {
        long id = fixture.certificate(Behaviour.NO_NOTIFICATION.demoName());
        connection.treat(Task.JOB_HISTORY_INFO, FaultyConnection.jobs(JobRows::failed));

        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 1)).toTheEnd().kind());
    }
}
