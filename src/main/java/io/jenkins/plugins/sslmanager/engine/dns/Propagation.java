package io.jenkins.plugins.sslmanager.engine.dns;

import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** The way of a record to the name servers that a certificate authority asks. */
public final class Propagation {

    private final Resolvers resolvers;
    private final Pauses pauses;
    private final Consumer<String> log;

    /** @param log lines for whoever watches the build, only when something has changed */
    public Propagation(Resolvers resolvers, Pauses pauses, Consumer<String> log) {
        this.resolvers = resolvers;
        this.pauses = pauses;
        this.log = log;
    }

    /**
     * Waits, without holding a thread, until all name servers of the zone that the record belongs to show it. They are asked
     * themselves, so no cache counts, and again and again until all show it at once. Other records of the same name and type
     * are no obstacle, nor is another TTL. Of a name server with several addresses, all that answer must show it.
     *
     * <p>Name servers that do not answer, and trouble in finding them, are waited out.
     *
     * @param deadline may be passed by the time limits of the queries that are under way then
     * @return fails with {@link io.jenkins.plugins.sslmanager.engine.failure.ReissueException} of the kind TIME_LIMIT, which
     *     names the servers that do not show it, or at once of the kind UNFIT if all are at private addresses that may not
     *     be asked; cancelling it ends the wait
     */
    public CompletableFuture<Void> await(DnsRecord record, Instant deadline) {
        return new PropagationWait(record, deadline, resolvers, pauses, log).begin();
    }

    /** Whether all name servers show the record now, without waiting and without a line for anybody. */
    public CompletableFuture<Boolean> isShown(DnsRecord record) {
        return new PropagationWait(record, pauses.instant(), resolvers, pauses, line -> {})
                .begin()
                .handle((shown, failure) -> {
                    if (failure == null) {
                        return true;
                    }
                    if (Failures.cause(failure) instanceof ReissueException late
                            && late.kind() == ReissueException.Kind.TIME_LIMIT) {
                        return false;
                    }
                    throw new CompletionException(Failures.cause(failure));
                });
    }
}
