package io.jenkins.plugins.sslmanager.execution;

import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.Inboxes;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.inbox.JobEnds;
import io.jenkins.plugins.sslmanager.engine.inbox.JobOutcome;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The ends of jobs as a build learns them: by the inbox of its account.
 *
 * @param told takes what the service tells of the job while it is waited for
 */
record BuildJobEnds(AccountAccess access, Instant deadline, Run<?, ?> build, Consumer<String> told) implements JobEnds {

    @Override
    public CompletableFuture<JobOutcome> of(long jobId) {
        return Inboxes.get().await(access, jobId, deadline, build, true, told).ended();
    }

    @Override
    public Optional<Certificate> certificateOf(long jobId) {
        return Inboxes.get().certificateOf(access, jobId);
    }
}
