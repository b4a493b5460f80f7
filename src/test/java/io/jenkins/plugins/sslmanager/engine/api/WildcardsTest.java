package io.jenkins.plugins.sslmanager.engine.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardsTest {

    @ParameterizedTest
    @CsvSource({
        "app, app, true",
        "app, apps, false",
        "app-*, app-1, true",
        "app-*, app-, true",
        "*-app, my-app, true",
        "*, anything, true",
        "a*b*c, a-b-b-c, true",
        "a*b*c, a-c-b, false",
        "a*a, a, false",
        "a.*, ab, false",
        "a*a*b, aab, true"
    })
    void starStandsForAnyCharacters(String pattern, String text, boolean like) {
        assertEquals(like, Wildcards.match(pattern, "*", text));
    }

    /** Whoever may create a job names it; a regular expression takes days to see that this name is no match. */
    @Test
    void manyStarsAndALongNameTakeNoTime() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertFalse(Wildcards.match("a*".repeat(40) + "b", "*", "a".repeat(10_000) + "c")));
    }
}
