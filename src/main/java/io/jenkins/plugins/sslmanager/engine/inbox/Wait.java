package io.jenkins.plugins.sslmanager.engine.inbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One build's wait for the end of one job. Costs a map entry, and no thread. */
public final class Wait {

    private static final System.Logger LOG = System.getLogger(Wait.class.getName());

    private final long jobId;
    private final Instant deadline;
    private final Supplier<Access> source;
    private final boolean own;
    private final Consumer<String> log;
    private final CompletableFuture<JobOutcome> ended = new CompletableFuture<>();

    /** Two fields, since ten thousand wait. */
    @CheckForNull
    private Object signIn;

    @CheckForNull
    private SslManagerApi api;

    private volatile boolean admitted;
    private volatile boolean certificateIdWanted;

    @CheckForNull
    private Instant withoutAccessSince;

    @CheckForNull
    private volatile String progress;

    private int unknownInARow;
    private boolean endSeen;
    private boolean hasLeftTheList;

    @CheckForNull
    private Instant nextTry;

    Wait(long jobId, Instant deadline, Supplier<Access> source, boolean own, Consumer<String> log) {
        this.jobId = jobId;
        this.deadline = deadline;
        this.source = source;
        this.own = own;
        this.log = log;
    }

    /**
     * Done when the job has ended, well or badly. Fails with {@link ReissueException} at the deadline or if nobody knows the
     * job, and with {@link io.jenkins.plugins.sslmanager.engine.api.ApiException} if the service refuses the account.
     * Cancelling it ends this wait, at once and without a trace in the queue.
     */
    public CompletableFuture<JobOutcome> ended() {
        return ended;
    }

    /** What is known of the job, in a few words. */
    public String status() {
        String known = progress;
        return known == null ? "waiting for job " + jobId : known;
    }

    public long jobId() {
        return jobId;
    }

    /** Whether the job is of an order of this Jenkins, so that its notification is ours to take. */
    boolean isOwn() {
        return own;
    }

    /** Has the job be asked for alone where a list leaves out which certificate came of it. */
    public Wait wantCertificateId() {
        certificateIdWanted = true;
        return this;
    }

    boolean isCertificateIdWanted() {
        return certificateIdWanted;
    }

    /** As it was last asked for; null where it has not been had yet. */
    @CheckForNull
    synchronized Access access() {
        return api == null ? null : new Access(signIn, api);
    }

    /** Asks for it anew, since credentials may have been changed. */
    Access refreshAccess() {
        Access now = source.get();
        synchronized (this) {
            if (signIn != null && signIn != now.signIn()) {
                admitted = false;
            }
            signIn = now.signIn();
            api = now.api();
        }
        withoutAccessSince = null;
        return now;
    }

    /**
     * @param satOut for how long that is taken for trouble of the moment
     * @return whether it begins
     */
    boolean isWithoutAccess(RuntimeException cause, Instant now, Duration satOut) {
        admitted = false;
        boolean begins = withoutAccessSince == null;
        if (begins) {
            withoutAccessSince = now;
            tell(cause.getMessage() + " Waiting until that is put right, at most an hour.");
        } else if (!now.isBefore(withoutAccessSince.plus(satOut))) {
            ended.completeExceptionally(cause);
        }
        return begins;
    }

    /** Whether its access is known to be the user's whose queue this is. Before, it is told nothing. */
    boolean isAdmitted() {
        return admitted;
    }

    void admit() {
        admitted = true;
    }

    void dismiss() {
        admitted = false;
    }

    /** As far as is known, the job is among the running ones. */
    boolean isOnTheList() {
        return !hasLeftTheList;
    }

    void hasLeftTheList() {
        hasLeftTheList = true;
    }

    /** Returns the deadline, and a little after the service works on the job, where it tells. */
    Stream<Instant> nextEvents(Duration soon) {
        Instant tries = nextTry;
        return Stream.concat(Stream.of(deadline), Stream.ofNullable(tries).map(next -> next.plus(soon)));
    }

    /** A build whose log cannot be written waits all the same, and so do the others. */
    void tell(String line) {
        try {
            log.accept(line);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "Not told to the build that waits for job " + jobId, e);
        }
    }

    void progress(ObjectJob running) {
        unknownInARow = 0;
        hasLeftTheList = false;
        OffsetDateTime execution = running.job().execution();
        nextTry = execution == null ? null : execution.toInstant();
        String line = JobProgress.told(running);
        if (!line.equals(progress)) {
            progress = line;
            tell(line);
        }
    }

    boolean isFirstSightOfEnd() {
        boolean first = !endSeen;
        endSeen = true;
        return first;
    }

    /** @return how often in a row the service has not known the job */
    int unknown() {
        return ++unknownInARow;
    }

    void expire(Instant now) {
        if (!now.isBefore(deadline)) {
            ended.completeExceptionally(new ReissueException(
                    ReissueException.Kind.TIME_LIMIT,
                    "Job " + jobId + " had not ended at the time limit (" + status()
                            + "). It goes on at the service: wait for it again with the same job ID"));
        }
    }
}
