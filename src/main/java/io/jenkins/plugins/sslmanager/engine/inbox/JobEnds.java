package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whoever can tell that a job has ended. */
@FunctionalInterface
public interface JobEnds {

    /** @return done when the job has ended, well or badly; cancelling it ends the wait */
    CompletableFuture<JobOutcome> of(long jobId);

    /** The certificate that came with the news of the end, once, if one did. A hint, as all that is not CertificateInfo. */
    default Optional<Certificate> certificateOf(long jobId) {
        return Optional.empty();
    }
}
