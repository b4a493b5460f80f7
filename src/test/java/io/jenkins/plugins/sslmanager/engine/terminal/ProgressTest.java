package io.jenkins.plugins.sslmanager.engine.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void elapsedTimeIsToldInHoursHoweverManyAndForeignTextCannotSteerTheTerminal() {
        StringWriter out = new StringWriter();
        Instant start = Instant.parse("2026-11-24T12:00:00Z");
        Iterator<Instant> times =
                List.of(start, start.plusSeconds(49 * 3600 + 62)).iterator();
        Progress progress = new Progress(new PrintWriter(out), times::next, Optional::empty);

        progress.tell("one\u001b[2Jtwo\nthree");

        assertEquals("49:01:02            one.two three" + System.lineSeparator(), out.toString());
    }
}
