package io.jenkins.plugins.sslmanager.engine.inbox;

import java.util.concurrent.CompletableFuture;

/** Whoever can tell that a job has ended. */
@FunctionalInterface
public interface JobEnds {

    /** @return done when the job has ended, well or badly; cancelling it ends the wait */
    CompletableFuture<JobOutcome> of(long jobId);
}
