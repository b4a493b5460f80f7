package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.JOB_LISTS;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.LOST_ON_THE_WAY_BACK;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.LOST_ON_THE_WAY_THERE;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.first;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.jobs;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.refused;
import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.Treatment;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer to an order was lost: it is placed once all the same, and where that cannot be told, that is said. */
class OrderInDoubtTest extends RotationOverBothProtocols {

    private long id;

    @BeforeEach
    void addCertificate() {
        id = fixture.certificate(NAME);
    }

    private void assertRotatedWithOneOrder(RunOfJob run) {
        assertEquals(Kind.ROTATED, run.toTheEnd().kind());
        assertEquals(1, run.delivered().size());
        assertEquals(1, fixture.sandbox.orders(NAME));
        assertEquals(1, connection.count(Task.REISSUE));
    }

    static Stream<Treatment> lostAnswers() {
        return Stream.of(
                LOST_ON_THE_WAY_BACK,
                (task, service) -> {
                    service.get();
                    return CompletableFuture.failedFuture(ApiException.malformed(task, 200, "it is no JSON"));
                },
                (task, service) -> {
                    service.get();
                    return refused(504).treat(task, service);
                });
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void anOrderThatArrivedIsGoneOnWith(Treatment lost) {
        connection.treat(Task.REISSUE, lost);

        assertRotatedWithOneOrder(fixture.rotate(id, run("release", 1)));

        assertEquals(1, fixture.told("The order for shop.example.com had arrived: job 9218001 is doing it."));
    }

    static Stream<Throwable> failuresThatNobodyForesaw() {
        return Stream.of(
                new StackOverflowError(),
                new OutOfMemoryError(),
                new NullPointerException(),
                new NumberFormatException("For input string: \"9218001x\""));
    }

    @ParameterizedTest
    @MethodSource("failuresThatNobodyForesaw")
    void afterAnyFailureSinceItWasSentTheNextRunGoesOnWithTheOrder(Throwable failure) {
        connection.treat(
                Task.REISSUE,
                (task, service) -> service.get()
                        .thenCompose(answer -> fixture.time
                                .pause(Duration.ofSeconds(1))
                                .thenCompose(later -> CompletableFuture.failedFuture(failure))));
        RunOfJob first = fixture.rotate(id, run("release", 1));
        assertSame(failure, Failures.cause(assertThrows(Throwable.class, first::toTheEnd)));

        assertRotatedWithOneOrder(fixture.rotate(id, run("release", 2)));
    }

    @Test
    void anOrderThatArrivesLateIsGoneOnWith() {
        connection.treat(Task.REISSUE, (task, service) -> {
            fixture.time.after(Duration.ofMinutes(1), service::get);
            return CompletableFuture.failedFuture(ApiException.answerLost(task, "cut"));
        });

        assertRotatedWithOneOrder(fixture.rotate(id, run("release", 1)));
    }

    @Test
    void anOrderWhoseCertificateIsThereAlreadyIsGoneOnWithThoughNoJobCanBeListed() {
        connection.treat(Task.REISSUE, LOST_ON_THE_WAY_BACK);
        connection.treat(JOB_LISTS, refused(403));

        assertRotatedWithOneOrder(fixture.rotate(id, run("release", 1)));

        assertEquals(1, fixture.told("The order for shop.example.com had arrived: its certificate is there."));
    }

    /** What a job may lack or have beside the order's own. */
    static Stream<UnaryOperator<ObjectJob>> jobsOfOurs() {
        return Stream.of(
                job -> JobRows.withCtid(job, "somebody-else"),
                JobRows::withoutEvents,
                JobRows::withoutCsr,
                job -> JobRows.withCsr(job, "-----BEGIN NONSENSE-----"));
    }

    /** Not wanted: a job with our key and another transaction id was taken for somebody else's, so that it was ordered again. */
    @ParameterizedTest
    @MethodSource("jobsOfOurs")
    void aJobWithOurKeyOrElseOurTransactionIsOurs(UnaryOperator<ObjectJob> change) {
        connection.treat(Task.REISSUE, LOST_ON_THE_WAY_BACK);
        connection.treat(JOB_LISTS, jobs(change));

        assertRotatedWithOneOrder(fixture.rotate(id, run("release", 1)));
    }

    @Test
    void aJobWithAnotherKeyIsAnothersThoughItHasOurTransaction() {
        long foreign = Reissues.bySomebodyElse(fixture, id);
        connection.treat(Task.REISSUE, LOST_ON_THE_WAY_BACK);
        connection.treat(Task.JOB_SEARCH, FaultyConnection.emptyList());
        RunOfJob run = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> rotation = run.start();
        String ctid = fixture.openOrder().request().ctid();
        connection.treat(JOB_LISTS, jobs(job -> JobRows.withCtid(job, ctid)));

        fixture.pass(Duration.ofMinutes(1));

        assertEquals(foreign + 1, fixture.openOrder().jobId());
        assertEquals(Kind.ROTATED, fixture.done(rotation).kind());
    }

    @Test
    void whereTheListTellsTooLittleTheJobIsAsked() {
        connection.treat(Task.REISSUE, LOST_ON_THE_WAY_BACK);
        connection.treat(JOB_LISTS, jobs(job -> JobRows.withoutEvents(JobRows.withoutCsr(job))));

        assertRotatedWithOneOrder(fixture.rotate(id, run("release", 1)));

        assertEquals(1, fixture.told("job 9218001 is doing it."));
    }

    @Test
    void aJobThatCannotBeJudgedIsWaitedForUntilTheCertificateTells() {
        connection.treat(Task.REISSUE, LOST_ON_THE_WAY_BACK);
        connection.treat(FaultyConnection.ALL_ABOUT_JOBS, jobs(job -> JobRows.withoutEvents(JobRows.withoutCsr(job))));

        assertRotatedWithOneOrder(fixture.rotate(id, run("release", 1)));

        assertEquals(1, fixture.told("Jobs [9218001] may be the order for shop.example.com"));
    }

    /** Not wanted: a second step after a failure in doubt ordered once more; over XML as soon as a list was refused once. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000})
    void theNextRunAfterAFailureInDoubtGoesOnWithTheOrder(int refusals) {
        connection.treat(Task.REISSUE, (task, service) -> {
            connection.treat(JOB_LISTS, refused(503));
            return LOST_ON_THE_WAY_BACK.treat(task, service);
        });
        RunOfJob first = fixture.rotate(id, run("release", 1), s -> RotationFixture.until(s, Duration.ofMinutes(1)));
        assertThrows(ReissueException.class, first::toTheEnd);

        fixture.restart();
        connection.treat(JOB_LISTS, first(refusals, refused(400)));

        assertRotatedWithOneOrder(fixture.rotate(id, run("release", 2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000})
    void aRunThatWasKilledWhileItOrderedOrdersOnce(int refusals) {
        RunOfJob first = fixture.rotate(id, run("release", 1));
        connection.treat(Task.REISSUE, FaultyConnection.UNANSWERED);
        first.start();
        fixture.kill(first);
        connection.treat(JOB_LISTS, first(refusals, refused(400)));

        assertRotatedWithOneOrder(fixture.rotate(id, run("release", 2)));
    }

    /** Not wanted: an order was looked for by the time of a file, which was 25 hours off, so it was not found. */
    @ParameterizedTest
    @ValueSource(longs = {-48, -25, 25, 48})
    void clocksThatWereOffAtTheOrderChangeNothing(long hours) {
        fixture.clockIsOffBy(Duration.ofHours(hours));
        fixture.restart();
        RunOfJob first = fixture.rotate(id, run("release", 1));
        connection.treat(Task.REISSUE, FaultyConnection.UNANSWERED);
        first.start();
        fixture.clockIsOffBy(Duration.ZERO);
        fixture.kill(first);

        assertRotatedWithOneOrder(fixture.rotate(id, run("release", 2)));
        assertEquals(0, fixture.book().openOrders().size());
    }

    @ParameterizedTest
    @ValueSource(longs = {-48, -25, 25, 48})
    void aServiceWhoseClockIsOffChangesNothing(long hours) {
        connection.treat(Task.REISSUE, LOST_ON_THE_WAY_BACK);
        connection.treat(JOB_LISTS, jobs(job -> JobRows.createdLaterBy(job, Duration.ofHours(hours))));

        assertRotatedWithOneOrder(fixture.rotate(id, run("release", 1)));
    }

    @Test
    void aDomainsJobOfThatNameKeepsNothingFromBeingOrdered() {
        Reissues.bySomebodyElse(fixture, id);
        connection.treat(Task.JOB_SEARCH, jobs(job -> JobRows.about(job, "Domain")));

        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 1)).toTheEnd().kind());
    }

    @Test
    void aListThatIsFullProvesNothing() {
        connection.treat(Task.REISSUE, LOST_ON_THE_WAY_THERE);
        connection.treat(Task.JOB_HISTORY_SEARCH, (task, service) -> {
            ObjectJob other = JobRows.failed(JobRows.of(4711, "shop.example.com"));
            return CompletableFuture.completedFuture(
                    IntStream.range(0, Query.LIMIT).mapToObj(number -> other).toList());
        });
        RunOfJob run = fixture.rotate(id, run("release", 1));

        ReissueException doubt = assertThrows(ReissueException.class, run::toTheEnd);

        assertEquals(ReissueException.Kind.UNCLEAR, doubt.kind());
        assertEquals(1, connection.count(Task.REISSUE));
        assertEquals(Stage.ORDERING, fixture.openOrder().stage());
    }

    @Test
    void aListThatIsLateProvesNothing() {
        connection.treat(Task.REISSUE, LOST_ON_THE_WAY_BACK);
        connection.treat(JOB_LISTS, first(10, FaultyConnection.emptyList()));

        assertRotatedWithOneOrder(fixture.rotate(id, run("release", 1)));
    }

    @Test
    void anOutageWithoutEndLeavesTheOrderInDoubtAndSaysSo() {
        connection.treat(Task.REISSUE, (task, service) -> {
            connection.treat(JOB_LISTS, refused(503));
            return LOST_ON_THE_WAY_BACK.treat(task, service);
        });
        RunOfJob run = fixture.rotate(id, run("release", 1), s -> RotationFixture.until(s, Duration.ofMinutes(1)));

        String doubt = assertThrows(ReissueException.class, run::toTheEnd).getMessage();

        assertTrue(doubt.startsWith("It cannot be told whether the order for shop.example.com"), doubt);
        assertTrue(doubt.contains("was refused (HTTP 503)"), doubt);
        assertEquals(1, connection.count(Task.REISSUE));
    }

    @Test
    void anAbortedRunSendsNothingMore() {
        connection.treat(Task.REISSUE, LOST_ON_THE_WAY_THERE);
        RunOfJob run = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> rotation = run.start();
        fixture.pass(Duration.ofHours(23));
        run.abort();
        int asked = connection.requests().size();

        assertThrows(CancellationException.class, () -> fixture.done(rotation));
        fixture.pass(Duration.ofDays(3));

        assertEquals(asked, connection.requests().size());
        assertEquals(Stage.ORDERING, fixture.openOrder().stage());
    }

    @Test
    void anOrderThatNobodyHasSeenGivesWayToSomebodyElsesReissue() {
        connection.treat(Task.REISSUE, first(1, LOST_ON_THE_WAY_THERE));
        RunOfJob run = fixture.rotate(id, run("release", 1));
        CompletableFuture<RotationOutcome> rotation = run.start();
        fixture.pass(Duration.ofHours(2));
        Reissues.bySomebodyElse(fixture, id);

        assertThrows(Superseded.class, () -> fixture.done(rotation));

        assertEquals(1, connection.count(Task.REISSUE));
        assertEquals(Stage.SUPERSEDED, fixture.endedOrder().stage());
    }
}
