package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.orders.ControllerShutdown;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Has the certificates of one step rotated a few at a time, in their order. No further one is begun once as many are re-issued as
 * one build may, or too many have failed.
 */
final class RotationQueue {

    private static final int AT_A_TIME = 10;

    /** What takes longer waits for an authority or for people, and does not keep others from being begun. */
    private static final Duration LONGEST_TURN = Duration.ofMinutes(15);

    private final CertificateSelection selection;
    private final Pauses pauses;
    private final Function<RotationProgress, CompletableFuture<Void>> begin;
    private final Deque<RotationProgress> waiting;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private int turns;
    private int begun;
    private int reissued;
    private int failures;

    @CheckForNull
    private CancellationException aborted;

    /** @param begin a rotation, which then knows its result, or why it failed */
    RotationQueue(
            CertificateSelection selection,
            Pauses pauses,
            List<RotationProgress> all,
            Function<RotationProgress, CompletableFuture<Void>> begin) {
        this.selection = selection;
        this.pauses = pauses;
        this.begin = begin;
        waiting = new ArrayDeque<>(all.stream().filter(each -> !each.isOver()).toList());
        reissued = (int) all.stream().filter(RotationProgress::isReissued).count();
        failures = (int) all.stream().filter(each -> each.failure() != null).count();
    }

    /** @return done when all have ended that are begun at all; fails with CancellationException if they were aborted */
    CompletableFuture<Void> run() {
        next();
        return end;
    }

    private synchronized void next() {
        while (mayBegin()) {
            RotationProgress rotation = waiting.remove();
            turns++;
            begun++;
            CompletableFuture<Void> turn = pauses.pause(LONGEST_TURN);
            turn.thenRun(this::endTurn);
            begin.apply(rotation).whenComplete((done, failure) -> ended(rotation, turn, failure));
        }
        if (begun == 0 && !ControllerShutdown.hasBegun()) {
            if (aborted == null) {
                end.complete(null);
            } else {
                end.completeExceptionally(aborted);
            }
        }
    }

    /** Those under way may be re-issued or fail, too. */
    private boolean mayBegin() {
        return !waiting.isEmpty()
                && turns < AT_A_TIME
                && reissued + failures + begun < selection.atMost()
                && failures < selection.stopAfterFailures()
                && aborted == null
                && !ControllerShutdown.hasBegun();
    }

    private synchronized void endTurn() {
        turns--;
        next();
    }

    private synchronized void ended(
            RotationProgress rotation, CompletableFuture<Void> turn, @CheckForNull Throwable failure) {
        begun--;
        if (rotation.isReissued()) {
            reissued++;
        }
        if (failure != null && Failures.cause(failure) instanceof CancellationException abort) {
            aborted = abort;
        } else if (failure != null) {
            failures++;
        }
        if (!turn.isDone()) {
            turn.cancel(true);
            turns--;
        }
        next();
    }
}
