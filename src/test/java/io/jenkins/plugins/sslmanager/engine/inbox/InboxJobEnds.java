package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The ends of jobs as an inbox tells them. */
public record InboxJobEnds(Inbox inbox, Instant deadline, Supplier<SslManagerApi> api, Consumer<String> log)
        implements JobEnds {

    @Override
    public CompletableFuture<JobOutcome> of(long jobId) {
        return inbox.await(jobId, deadline, api, log).ended();
    }

    @Override
    public Optional<Certificate> certificateOf(long jobId) {
        return inbox.certificateOf(jobId);
    }
}
