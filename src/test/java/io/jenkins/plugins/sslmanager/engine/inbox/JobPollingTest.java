package io.jenkins.plugins.sslmanager.engine.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When jobs are asked for, on a machine whose clock jumps. */
class JobPollingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMinutes(2);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-27T09:00:00Z"));
    private final Waits waits = new Waits();
    private final JobPolling polling = new JobPolling(waits, now::get);

    @BeforeEach
    void somebodyWaits() {
        waits.add(new Wait(4711, Instant.MAX, () -> null, true, line -> {}));
        polling.lookAfter(PAUSE);
    }

    @Test
    void theyAreAskedForAfterThePause() {
        assertEquals(PAUSE, untilNext());

        now.updateAndGet(before -> before.plus(PAUSE));

        assertEquals(SECOND, untilNext());
    }

    @Test
    void aClockThatIsSetBackByADayDoesNotPutThemOffByADay() {
        now.updateAndGet(before -> before.minus(Duration.ofDays(1)));

        assertEquals(SECOND, untilNext());
    }

    @Test
    void aMachineThatWasAsleepAsksAtOnce() {
        now.updateAndGet(before -> before.plus(Duration.ofHours(12)));

        assertEquals(SECOND, untilNext());
    }

    private Duration untilNext() {
        return polling.untilNext(now.get(), SECOND);
    }
}
