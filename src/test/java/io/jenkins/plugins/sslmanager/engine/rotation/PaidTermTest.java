package io.jenkins.plugins.sslmanager.engine.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the end of a paid term is told, and how. */
class PaidTermTest {

    private static final OffsetDateTime PAYABLE = OffsetDateTime.parse("2027-01-31T23:59:59+01:00");

    @ParameterizedTest
    @CsvSource({
        "2026-12-31, 30, false",
        "2027-01-02, 30, true",
        "2027-01-02, 7,  false",
        "2027-01-30, 0,  false",
        "2027-02-01, 0,  true"
    })
    void itIsToldSoManyDaysBefore(String today, int days, boolean told) {
        Instant now = Instant.parse(today + "T12:00:00Z");

        assertEquals(told, PaidTerm.of(PAYABLE).orElseThrow().endsWithin(Duration.ofDays(days), now));
    }

    @Test
    void theLineNamesTheDayAndWhatToDo() {
        PaidTerm term = PaidTerm.of(PAYABLE).orElseThrow();

        assertTrue(term.told(Instant.parse("2027-01-02T12:00:00Z"))
                .startsWith("The paid term ends on 2027-01-31, in 29 days. A re-issue does not extend it"));
        assertTrue(term.told(Instant.parse("2027-02-02T12:00:00Z")).startsWith("The paid term ended on 2027-01-31."));
    }

    @Test
    void aServiceThatDoesNotTellItIsNoReasonToWarn() {
        assertEquals(Optional.empty(), PaidTerm.of(null));
    }
}
