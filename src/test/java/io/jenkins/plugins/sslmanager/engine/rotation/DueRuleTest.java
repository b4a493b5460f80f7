package io.jenkins.plugins.sslmanager.engine.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DueRuleTest {

    private static final Instant ISSUED = Instant.parse("2029-04-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "30d, P199D, P169D, false",
        "60d, P199D, P139D, false",
        "33%, P100D, P67D, false",
        "95%, P100D, P5D, false",
        "60d, P47D, PT564H, true",
        "30d, P47D, PT564H, true",
        "200d, P199D, PT2388H, true",
        "300d, P199D, PT2388H, true",
        "23d, P47D, P24D, false",
        "36h, P2D, P1D, true"
    })
    void aTimeIsCappedAtHalfOfTheLifetime(String rule, Duration lifetime, Duration dueAfter, boolean capped) {
        DueRule due = DueRule.parse(rule);
        Instant end = ISSUED.plus(lifetime);

        assertEquals(ISSUED.plus(dueAfter), due.dueAt(ISSUED, end));
        assertEquals(capped, due.isCapped(ISSUED, end));
    }

    /** Or it would be ordered every night. */
    @ParameterizedTest
    @ValueSource(strings = {"1d", "30d", "60d", "200d", "9999d"})
    void aNewCertificateIsNotDueByATimeHoweverShortItsLifetimeIs(String rule) {
        for (int days : new int[] {2, 6, 47, 100, 199}) {
            Instant end = ISSUED.plus(Duration.ofDays(days));

            assertFalse(DueRule.parse(rule).isDue(ISSUED, end, ISSUED));
            assertTrue(DueRule.parse(rule).isDue(ISSUED, end, end));
        }
    }

    @Test
    void whatIsNoRuleIsRefused() {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> DueRule.parse("soon"));

        assertTrue(
                refusal.getMessage().startsWith("'soon' does not say when a certificate is due"), refusal::getMessage);
    }
}
