package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an order has to win, what the service asks for, and the end of the paid term: never an order every night. */
@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
class WorthwhileOrderTest {

    private static final String SAME_END = "same-end.example.com";
    private static final String ASKED_FOR = "reissue-required.example.com";
    private static final String TERM_ENDS = "term-ends.example.com";
    private static final Duration A_NIGHT = Duration.ofDays(1);

    @Parameter
    private Protocol protocol;

    @TempDir
    private Path folder;

    private RotationFixture fixture;
    private int runs;

    @BeforeEach
    void begin() {
        fixture = new RotationFixture(folder, protocol);
    }

    @Test
    void aNewCertificateThatEndsOnTheDayTheOldOneDidIsToldAndNotOrderedAgainTheNextNight() {
        long id = fixture.certificate(SAME_END);

        RotationOutcome first = tonight(id);

        assertEquals(Kind.ROTATED, first.kind());
        assertTrue(first.order().wonTooLittle());
        assertTold("the order won less than 2 days");
        fixture.pass(RotationFixture.UNTIL_DUE);
        for (int night = 0; night < 10; night++) {
            fixture.pass(A_NIGHT);
            assertEquals(Kind.NOTHING_TO_WIN, tonight(id).kind());
        }
        assertTold("Not ordered again: the last order (" + first.order().id());
        assertEquals(1, fixture.sandbox.orders(SAME_END));
    }

    @Test
    void theBookKnowsItAfterARestart() {
        long id = fixture.certificate(SAME_END);
        tonight(id);

        fixture.restart();
        fixture.pass(RotationFixture.UNTIL_DUE);

        assertEquals(Kind.NOTHING_TO_WIN, tonight(id).kind());
    }

    @Test
    void aDueCertificateReadsNoRecordOfAnOrderThatHasEnded() throws IOException {
        long id = fixture.certificate(SAME_END);
        Order first = tonight(id).order();
        fixture.restart();
        fixture.pass(RotationFixture.UNTIL_DUE);
        deleteRecordsOfEndedOrders();

        assertEquals(Kind.NOTHING_TO_WIN, tonight(id).kind());

        assertTold("Not ordered again: the last order (" + first.id());
        assertEquals(1, fixture.sandbox.orders(SAME_END));
    }

    @Test
    void itIsNeverLeftToRunOut() {
        long id = fixture.certificate(SAME_END);
        tonight(id);

        fixture.pass(Duration.ofDays(97));
        assertEquals(Kind.NOTHING_TO_WIN, tonight(id).kind());
        fixture.pass(A_NIGHT);
        assertEquals(Kind.ROTATED, tonight(id).kind());
        assertEquals(2, fixture.sandbox.orders(SAME_END));
    }

    @Test
    void forceOrdersItAllTheSame() {
        long id = fixture.certificate(SAME_END);
        tonight(id);
        fixture.pass(A_NIGHT);

        RotationOutcome forced = tonight(id, RotationFixture::forced);

        assertEquals(Kind.ROTATED, forced.kind());
        assertFalse(forced.order().wonTooLittle(), "Who forces an order does not want it to win anything");
    }

    @Test
    void anOrderThatWinsDaysIsWorthwhile() {
        long id = fixture.certificate("www.example.com");

        RotationOutcome outcome = tonight(id);

        assertEquals(Kind.ROTATED, outcome.kind());
        assertFalse(outcome.order().wonTooLittle());
    }

    @Test
    void aRuleThatIsLongerThanTheLifetimeOrdersOnceInHalfOfItAndNotEveryNight() {
        long id = fixture.certificate("www.example.com");
        fixture.pass(Duration.ofDays(100));

        for (int night = 0; night < 10; night++) {
            tonight(id, usual -> fixture.settings(DueRule.parse("200d")));
            fixture.pass(A_NIGHT);
        }

        assertEquals(1, fixture.sandbox.orders("www.example.com"));
    }

    @Test
    void whatTheServiceAsksForIsDueAtOnceAndOnlyOnce() {
        long id = fixture.sandbox.addCertificate(ASKED_FOR, AuthMethod.DNS);

        RotationOutcome outcome = tonight(id);

        assertEquals(Kind.ROTATED, outcome.kind());
        assertFalse(outcome.order().wonTooLittle());
        assertTold("Due, since InterNetX asks for a re-issue now (reissueRequired)");
        assertEquals(Kind.NOT_DUE, tonight(id).kind());
        assertEquals(1, fixture.sandbox.orders(ASKED_FOR));
    }

    @ParameterizedTest
    @CsvSource({
        "0,   false, false, NOT_DUE",
        "0,   true,  false, RENEWAL_NEEDED",
        "0,   false, true,  NOT_DUE",
        "0,   true,  true,  ROTATED",
        "5,   false, false, RENEWAL_NEEDED",
        "5,   true,  false, RENEWAL_NEEDED",
        "5,   false, true,  ROTATED"
    })
    void forceAndTheEndOfThePaidTermAreTwoThings(int daysOld, boolean force, boolean ignoresTerm, Kind kind) {
        long id = fixture.sandbox.addCertificate(TERM_ENDS, AuthMethod.DNS);
        fixture.pass(Duration.ofDays(daysOld));

        RotationOutcome outcome = tonight(
                id,
                usual -> new RotationSettings(
                        usual.dueRule(),
                        force,
                        ignoresTerm ? AtTermEnd.REISSUE : AtTermEnd.TELL,
                        force,
                        usual.dryRun(),
                        usual.newKey(),
                        usual.csr(),
                        usual.changes(),
                        usual.deadline()));

        assertEquals(kind, outcome.kind());
        assertEquals(kind == Kind.ROTATED ? 1 : 0, fixture.sandbox.orders(TERM_ENDS));
    }

    private void deleteRecordsOfEndedOrders() throws IOException {
        try (Stream<Path> ended = Files.walk(folder.resolve("orders/ended"))) {
            for (Path record : ended.filter(Files::isRegularFile).toList()) {
                Files.delete(record);
            }
        }
    }

    private RotationOutcome tonight(long id) {
        return tonight(id, settings -> settings);
    }

    private RotationOutcome tonight(long id, UnaryOperator<RotationSettings> change) {
        runs++;
        return fixture.rotate(id, run("release", runs), change).toTheEnd();
    }

    private void assertTold(String text) {
        assertTrue(fixture.log.stream().anyMatch(line -> line.contains(text)), fixture.log::toString);
    }
}
