package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** To a machine whose clock is behind, a new certificate comes from the future. */
class ClockDifferenceTest extends RotationOverBothProtocols {

    private long id;

    @BeforeEach
    void addCertificate() {
        id = fixture.certificate("shop.example.com");
    }

    @Test
    void aNotBeforeThreeMinutesAheadIsWaitedFor() {
        fixture.clockIsOffBy(Duration.ofMinutes(-3));

        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 1)).toTheEnd().kind());
        assertEquals(1, fixture.told("by the clock of this machine. Waiting for that"));
    }

    @Test
    void oneHalfAnHourAheadIsAFailureThatNamesTheClockAndKeepsTheOrder() {
        fixture.clockIsOffBy(Duration.ofMinutes(-30));

        PkiException failure = assertThrows(
                PkiException.class, () -> fixture.rotate(id, run("release", 1)).toTheEnd());

        assertTrue(failure.getMessage().contains("Check the clock of this machine"), failure::getMessage);
        assertEquals(Stage.ORDERED, fixture.openOrder().stage());
    }
}
