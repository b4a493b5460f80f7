package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** To a machine whose clock is behind, a new certificate comes from the future. */
@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
class ClockDifferenceTest {

    @Parameter
    private Protocol protocol;

    @TempDir
    private Path folder;

    private RotationFixture fixture;
    private long id;

    @BeforeEach
    void begin() {
        fixture = new RotationFixture(folder, protocol);
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
