package io.jenkins.plugins.sslmanager.engine.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"90s,PT90S", "15m,PT15M", "12h,PT12H", "2d,PT48H"})
    void isReadAndWrittenInThePlainForm(String text, Duration duration) {
        assertEquals(duration, Durations.parse(text));
        assertEquals(text, Durations.format(duration));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15", "0s", "-1m", "1.5h", "2 d", "1w", "PT5M", "99999999999d"})
    void anythingElseIsRefusedWithTheForm(String text) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
        assertEquals(
                "'" + text + "' is not a duration. Use a whole number and a unit, such as 90s, 15m, 12h or 2d",
                refusal.getMessage());
    }
}
