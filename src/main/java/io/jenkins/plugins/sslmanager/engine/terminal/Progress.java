package io.jenkins.plugins.sslmanager.engine.terminal;

import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** How far a re-issue is, told in lines: elapsed time, the order's stage, what happened. */
final class Progress {

    private static final int LONGEST_LINE = 2000;

    private final PrintWriter out;
    private final InstantSource clock;
    private final Supplier<Optional<Stage>> stage;
    private final Instant start;

    /** @param stage of the order in the book; empty where there is none */
    Progress(PrintWriter out, InstantSource clock, Supplier<Optional<Stage>> stage) {
        this.out = out;
        this.clock = clock;
        this.stage = stage;
        start = clock.instant();
    }

    /** Names and texts of the service must not steer the terminal. */
    static String plain(String line) {
        return ForeignText.oneLine(line, LONGEST_LINE);
    }

    void tell(String line) {
        // Asked before the lock is taken: the book has one of its own.
        String reached =
                stage.get().map(each -> each.name().toLowerCase(Locale.ROOT)).orElse("");
        synchronized (this) {
            Duration elapsed = Duration.between(start, clock.instant());
            out.printf(
                    "%d:%02d:%02d  %-8s  %s%n",
                    elapsed.toHours(), elapsed.toMinutesPart(), elapsed.toSecondsPart(), reached, plain(line));
            out.flush();
        }
    }
}
