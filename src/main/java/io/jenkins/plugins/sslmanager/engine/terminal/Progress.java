package io.jenkins.plugins.sslmanager.engine.terminal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueState;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueState.Stage;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How far a re-issue is, kept in mind and told in lines: elapsed time, stage, what happened. */
final class Progress {

    private static final int LONGEST_LINE = 2000;

    private final PrintWriter out;
    private final InstantSource clock;
    private final Instant start;

    @CheckForNull
    private ReissueState state;

    private boolean stopped;

    Progress(PrintWriter out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        start = clock.instant();
    }

    /** @return failed if the order must not be sent any more */
    synchronized CompletionStage<Void> reached(ReissueState next) {
        if (stopped && next.stage() == Stage.ORDERING) {
            return CompletableFuture.failedFuture(new CancellationException("Stopped before the order was sent"));
        }
        state = next;
        switch (next.stage()) {
            case PREPARED -> tell("Certificate and CSR are for " + next.certificateName());
            case FETCHED -> tell("Certificate and chain have come");
            default -> {}
        }
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Sees to it that no order is sent from now on.
     *
     * @return the state reached; null before {@link Stage#PREPARED}
     */
    @CheckForNull
    synchronized ReissueState stop() {
        stopped = true;
        return state;
    }

    /** Names and texts of the service must not steer the terminal. */
    static String plain(String line) {
        return ForeignText.oneLine(line, LONGEST_LINE);
    }

    synchronized void tell(String line) {
        Duration elapsed = Duration.between(start, clock.instant());
        String stage = state == null ? "" : state.stage().name().toLowerCase(Locale.ROOT);
        out.printf(
                "%d:%02d:%02d  %-8s  %s%n",
                elapsed.toHours(), elapsed.toMinutesPart(), elapsed.toSecondsPart(), stage, plain(line));
        out.flush();
    }
}
