package io.jenkins.plugins.sslmanager.engine.reissue;

import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.CTID;
import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.csr;
import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.done;
import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Envelopes;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueState.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An order is placed once, whatever becomes of requests and answers; and where that cannot be, it says so. */
@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
class OrderInDoubtTest {

    private static final String NAME = "shop.example.com";
    private static final String REISSUE = "PUT /certificate/";
    private final Envelopes envelopes;
    private final ReissueFixture service;
    private final CertificateSigningRequest csr = csr(NAME);
    private long id;
    private ReissueState prepared;

    OrderInDoubtTest(Protocol protocol) {
        envelopes = new Envelopes(protocol);
        service = new ReissueFixture(protocol);
    }

    @BeforeEach
    void prepare() {
        id = service.certificate(NAME);
        prepared = done(service.process(csr).prepare(id, CTID));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    static Stream<Arguments> lostAnswers() {
        return Stream.of(
                lostAnswer("lost", envelopes -> Relay.LOST_ON_THE_WAY_BACK),
                lostAnswer(
                        "cut off",
                        envelopes -> replaced(
                                200,
                                envelopes.contentType(),
                                envelopes.status("N400101", "NOTIFY").substring(0, 14))),
                lostAnswer("of a sign-in page", envelopes -> replaced(200, "text/html", "<html>Sign in</html>")),
                lostAnswer("too long", envelopes -> replaced(200, envelopes.contentType(), " ".repeat(300 * 1024))),
                lostAnswer("of a gateway", envelopes -> replaced(504, "text/html", "<html>Gateway Timeout</html>")));
    }

    private static Arguments lostAnswer(String name, Function<Envelopes, Relay.Treatment> treatment) {
        return Arguments.of(name, treatment);
    }

    private static Relay.Treatment replaced(int status, String contentType, String body) {
        return service -> {
            service.ask();
            return new Relay.Answer(status, contentType, body);
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostAnswers")
    void anOrderThatArrivedIsAdopted(String name, Function<Envelopes, Relay.Treatment> treatment) {
        service.relay.treat(REISSUE, treatment.apply(envelopes));

        ReissueState ordered = done(service.process(csr).order(prepared, null));

        assertEquals(9218001, ordered.jobId());
        assertEquals(1, service.sandbox.orders(NAME));
        assertEquals(1, service.relay.count(REISSUE));
        assertEquals(List.of(), service.time.pauses());
        assertTrue(service.log.contains("The order for shop.example.com had arrived: job 9218001 is doing it."));
    }

    @Test
    void anOrderWhoseJobHasEndedAlreadyIsAdoptedToo() {
        service.relay.treat(REISSUE, Relay.LOST_ON_THE_WAY_BACK);
        service.relay.treat("POST /job/_search", laterBy(ReissueFixture.JOB_DELAY));

        assertEquals(9218001, done(service.process(csr).order(prepared, null)).jobId());
    }

    private Relay.Treatment laterBy(Duration duration) {
        return asked -> {
            service.time.pause(duration);
            return asked.ask();
        };
    }

    @Test
    void anOrderThatNeverArrivedIsSentAgainAfterTheTimeToSettleAndNotBefore() {
        service.relay.treat(REISSUE, Relay.LOST_ON_THE_WAY_THERE);
        Instant doubt = service.time.instant();
        service.time.atEachPause(number -> {
            assertEquals(1, service.relay.count(REISSUE));
            if (!service.time.instant().isBefore(doubt.plus(OrderPlacement.SETTLE))) {
                service.relay.treatNothing();
            }
        });

        ReissueState ordered = done(service.process(csr).order(prepared, null));

        assertEquals(Stage.ORDERED, ordered.stage());
        assertEquals(2, service.relay.count(REISSUE));
        assertEquals(1, service.sandbox.orders(NAME));
        assertEquals(doubt.plus(OrderPlacement.SETTLE), service.time.instant());
        assertTrue(service.log.contains("The order for shop.example.com never arrived; ordering again."));
    }

    @Test
    void anOrderThatArrivesLateIsAdopted() {
        CompletableFuture<Runnable> delayed = new CompletableFuture<>();
        service.relay.treat(REISSUE, onTheWay -> {
            delayed.complete(onTheWay::ask);
            return null;
        });
        service.time.atEachPause(number -> {
            if (number == 5) {
                delayed.join().run();
            }
        });

        assertEquals(9218001, done(service.process(csr).order(prepared, null)).jobId());
        assertEquals(5, service.time.pauses().size());
        assertEquals(1, service.sandbox.orders(NAME));
    }

    @Test
    void anOrderThatArrivesAfterTheServiceWasAskedIsAdoptedHoweverLateTheAnswerComes() {
        CompletableFuture<Runnable> delayed = new CompletableFuture<>();
        service.relay.treat(REISSUE, onTheWay -> {
            delayed.complete(onTheWay::ask);
            return null;
        });
        service.relay.treat("POST /job/history/_search", asked -> {
            Relay.Answer withoutTheOrder = asked.ask();
            service.relay.treatNothing();
            delayed.join().run();
            service.time.pause(OrderPlacement.SETTLE);
            return withoutTheOrder;
        });

        assertEquals(9218001, done(service.process(csr).order(prepared, null)).jobId());
        assertEquals(1, service.sandbox.orders(NAME));
    }

    @Test
    void afterThreeTriesItGivesUp() {
        service.relay.treat(REISSUE, Relay.LOST_ON_THE_WAY_THERE);

        assertEquals(
                "The order for shop.example.com was sent 3 times and never arrived. Check the connection to the service, then"
                        + " run this again",
                failure(ReissueException.class, service.process(csr).order(prepared, null))
                        .getMessage());
        assertEquals(3, service.relay.count(REISSUE));
    }

    @Test
    void aRefusedOrderIsNotInDoubt() {
        service.relay.treat(REISSUE, Relay.answering(400, envelopes.contentType(), envelopes.refusal("EF1", "Nein.")));

        ApiException refusal = failure(ApiException.class, service.process(csr).order(prepared, null));

        assertEquals("EF1", refusal.code());
        assertEquals(0, service.relay.count("POST /job/"));
    }

    @Test
    void theJobOfAnotherOrderForTheCertificateIsNotAdopted() {
        CertificateSigningRequest others = csr(NAME);
        ReissueProcess other = service.process(others);
        ReissueState otherOrder =
                done(other.prepare(id, "somebody-else").thenCompose(state -> other.order(state, null)));
        service.relay.treat(REISSUE, Relay.LOST_ON_THE_WAY_BACK);

        ReissueState ordered = done(service.process(csr).order(prepared, null));

        assertNotEquals(otherOrder.jobId(), ordered.jobId());
        assertEquals(2, service.sandbox.orders(NAME));
    }

    @Test
    void whereAJobTellsNoTransactionItsKeyDecides() {
        ReissueProcess other = service.process(csr(NAME));
        ReissueState otherOrder =
                done(other.prepare(id, "somebody-else").thenCompose(state -> other.order(state, null)));
        service.relay.treat(REISSUE, Relay.LOST_ON_THE_WAY_BACK);
        service.relay.treat("POST /job/", Relay.rewriting(envelopes.events(), ""));
        service.relay.treat("GET /job/", Relay.rewriting(envelopes.events(), ""));

        ReissueState ordered = done(service.process(csr).order(prepared, null));

        assertNotEquals(otherOrder.jobId(), ordered.jobId());
        assertEquals(2, service.sandbox.orders(NAME));
    }

    @Test
    void whereTheListTellsTooLittleTheJobIsAsked() {
        service.relay.treat(REISSUE, Relay.LOST_ON_THE_WAY_BACK);
        service.relay.treat("POST /job/", withoutEventsAndCsr());

        assertEquals(9218001, done(service.process(csr).order(prepared, null)).jobId());
        assertEquals(1, service.relay.count("GET /job/9218001"));
    }

    private Relay.Treatment withoutEventsAndCsr() {
        return Relay.rewriting(envelopes.events() + "|" + envelopes.csr(), "");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJobThatCannotBeJudgedStopsTheOrderAndSaysSo(boolean unknownByNow) {
        service.relay.treat(REISSUE, Relay.LOST_ON_THE_WAY_BACK);
        service.relay.treat("POST /job/", withoutEventsAndCsr());
        service.relay.treat(
                "GET /job/",
                unknownByNow
                        ? Relay.answering(
                                404,
                                envelopes.contentType(),
                                envelopes.refusal(ApiException.JOB_NOT_FOUND, "Unbekannt."))
                        : withoutEventsAndCsr());

        ReissueException doubt =
                failure(ReissueException.class, service.process(csr).order(prepared, null));

        assertEquals(
                "It cannot be told whether the order for shop.example.com (client transaction id jenkins-release-17) arrived:"
                        + " jobs [9218001] of this certificate may be it. Nothing was ordered again. Look at this certificate's"
                        + " jobs in the SSL Manager, then wait for the right one with sslAwaitNotification, or order again if"
                        + " there is none",
                doubt.getMessage());
        assertEquals(1, service.relay.count(REISSUE));
    }

    @Test
    void anOutageWhileItIsLookedForIsWaitedOutAndToldOnce() {
        service.relay.treat(REISSUE, Relay.LOST_ON_THE_WAY_BACK);
        service.relay.treat("POST /job/", Relay.answering(503, "text/html", "<html>Maintenance</html>"));
        service.time.atEachPause(number -> {
            if (number == 20) {
                service.relay.treatNothing();
            }
        });

        assertEquals(9218001, done(service.process(csr).order(prepared, null)).jobId());

        assertEquals(1, service.sandbox.orders(NAME));
        assertEquals(
                List.of("Waiting until the service answers again.", "The service answers again."),
                service.log.stream()
                        .filter(line -> line.contains("answers again"))
                        .toList());
    }

    @Test
    void anOutageWithoutEndLeavesTheOrderInDoubtAndSaysSo() {
        service.relay.treat(REISSUE, Relay.LOST_ON_THE_WAY_BACK);
        service.relay.treat("POST /job/", Relay.answering(503, "text/html", "<html>Maintenance</html>"));

        String doubt = failure(ReissueException.class, service.process(csr).order(prepared, null))
                .getMessage();

        assertTrue(doubt.startsWith("It cannot be told whether the order for shop.example.com"), doubt);
        assertTrue(doubt.contains(service.jobList() + " was refused (HTTP 503)"), doubt);
        assertEquals(1, service.relay.count(REISSUE));
    }

    @Test
    void anAccountThatMayNotSearchLeavesTheOrderInDoubtAtOnce() {
        service.relay.treat(REISSUE, Relay.LOST_ON_THE_WAY_BACK);
        service.relay.treat("POST /job/", Relay.answering(403, "text/html", "<html>Forbidden</html>"));

        String doubt = failure(ReissueException.class, service.process(csr).order(prepared, null))
                .getMessage();

        assertTrue(doubt.contains("arrived: " + service.jobList() + " was refused (HTTP 403)"), doubt);
        assertEquals(List.of(), service.time.pauses());
    }

    @Test
    void anOrderInDoubtThatIsCancelledIsNotSentAgain() {
        service.relay.treat(REISSUE, Relay.LOST_ON_THE_WAY_THERE);
        CompletableFuture<CompletableFuture<ReissueState>> order = new CompletableFuture<>();
        service.time.atEachPause(number -> {
            if (number == 3) {
                order.join().cancel(true);
            }
        });
        order.complete(service.process(csr).order(prepared, null));

        assertThrows(CancellationException.class, () -> done(order.join()));
        service.roundTrip();

        assertEquals(1, service.relay.count(REISSUE));
        assertEquals(3, service.time.pauses().size());
    }
}
