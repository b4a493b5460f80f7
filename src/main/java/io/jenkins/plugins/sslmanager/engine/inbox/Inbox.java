package io.jenkins.plugins.sslmanager.engine.inbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.failure.NotPermittedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tells those that wait for an account's jobs how they have ended: the one consumer of the account's notification queue. It runs
 * while somebody waits, one request at a time, without a thread of its own: each look at the queue ends by ordering the next.
 */
public final class Inbox {

    private static final System.Logger LOG = System.getLogger(Inbox.class.getName());

    /** How many first pauses the queue is given to tell of a job before the job is asked for. */
    private static final int PAUSES_FOR_THE_QUEUE = 5;

    private final InboxSettings settings;
    private final MessageStore store;
    private final Pauses pauses;
    private final Waits waits = new Waits();
    private final QueueAccess readers;
    private final PollQueue queue;
    private final JobPolling jobs;
    private final OutageReporter trouble;
    private final Consumer<String> report;
    private final PollSchedule schedule;
    private final RunningJobList runningJobs;
    private final ToldCertificates certificates = new ToldCertificates();

    /** @param report lines for the administrator: trouble when it begins and when it is over, and not once a try */
    public Inbox(InboxSettings settings, MessageStore store, Pauses pauses, Consumer<String> report) {
        this.settings = settings;
        this.store = store;
        this.pauses = pauses;
        readers = new QueueAccess(waits, report);
        readers.trust(this);
        queue = new PollQueue(settings, store, waits, pauses, this::deliver);
        jobs = new JobPolling(waits, pauses);
        this.report = report;
        trouble = new OutageReporter(waits, report);
        schedule = new PollSchedule(pauses, settings, this::look);
        runningJobs = new RunningJobList(pauses);
    }

    /** For whoever is about to order by this account. */
    public RunningJobList runningJobs() {
        return runningJobs;
    }

    /** The certificate that the notification of a job's end carried, once, if it did. */
    public Optional<Certificate> certificateOf(long jobId) {
        return certificates.take(jobId);
    }

    /**
     * Waits for the end of a job. If its notification has come before, the wait is over at once.
     *
     * @param deadline when to give up; the job goes on at the service all the same
     * @param api gives the account's API, with its credentials of the moment; may block for a moment, and fails with
     *     {@link IllegalArgumentException} if it has no credentials. It is known to be the user's
     * @param log a line whenever the job's state changes
     */
    public Wait await(long jobId, Instant deadline, Supplier<SslManagerApi> api, Consumer<String> log) {
        return await(jobId, deadline, () -> new Access(this, api.get()), true, log);
    }

    /**
     * The same for one of several that say they are the user. It is told nothing until the service has taken its access.
     *
     * @param access see {@code api} above. A refusal ends this wait only if it lasts for an hour, unless it is a
     *     {@link NotPermittedException}
     * @param own whether the job is of an order of this Jenkins. The notification of any other job is left in a shared queue
     */
    public Wait await(long jobId, Instant deadline, Supplier<Access> access, boolean own, Consumer<String> log) {
        Wait wait = new Wait(jobId, deadline, access, own, log);
        if (waits.add(wait)) {
            jobs.lookAfter(settings.firstPause().multipliedBy(PAUSES_FOR_THE_QUEUE));
        }
        try {
            wait.refreshAccess();
            readers.admit(wait);
        } catch (RuntimeException e) {
            // The first look asks again, and deals with it.
            LOG.log(System.Logger.Level.DEBUG, "No access yet for the wait for job " + jobId, e);
        }
        // After it has been added, so that a message that is stored right now is not missed.
        if (tellWhatIsStored(wait)) {
            if (queue.mayBeBlockedByOurs() && readers.readAlsoWithout(wait)) {
                schedule.wake();
            }
        } else {
            trouble.tell(wait);
            schedule.soon();
        }
        return wait;
    }

    private boolean tellWhatIsStored(Wait wait) {
        Optional<JobOutcome> known =
                wait.isAdmitted() ? store.ofJob(wait.jobId()).map(StoredMessage::outcome) : Optional.empty();
        known.ifPresent(outcome -> wait.ended().complete(outcome));
        return known.isPresent();
    }

    /** Has the queue be read also while nobody waits, and every message be taken, by {@link QueuePolicy#EXCLUSIVE}. */
    public void runAlways(Supplier<SslManagerApi> api) {
        runAlwaysBy(() -> new Access(this, api.get()));
    }

    /** The same by one of several that say they are the user. */
    public void runAlwaysBy(Supplier<Access> access) {
        boolean begins = !readers.stands();
        queue.setPolicy(QueuePolicy.EXCLUSIVE);
        readers.stand(access);
        if (begins) {
            schedule.wake();
        }
    }

    /** Has a look be made if that should have happened long ago: nothing here ends for good by a failure that nobody foresaw. */
    public void revive() {
        if (readers.stands() || !waits.isEmpty()) {
            schedule.revive();
        }
    }

    /** Has the queue be read only while somebody waits, and the messages of others be left alone. */
    public void share() {
        queue.setPolicy(QueuePolicy.SHARED);
        readers.stand(null);
    }

    /**
     * Takes the message at the head of the queue out of it, by an administrator's decision: stored first, as always.
     *
     * @return fails with {@link IllegalArgumentException} if another message is at the head by now
     */
    public CompletableFuture<Void> confirm(SslManagerApi api, long messageId) {
        return queue.confirm(api, messageId).thenRun(schedule::wake);
    }

    /** Ends the consumer; whoever waits, waits on without an end. What is stored stays. */
    public void close() {
        schedule.close();
    }

    /** Tells how things stand, for an administrator. */
    public InboxStatus status() {
        Outage met = trouble.lasting();
        return new InboxStatus(queue.seen(), met == null ? null : met.what(), waits.jobIds(), store.all());
    }

    public QueuePolicy policy() {
        return queue.policy();
    }

    /** What keeps the queue from being read, if anything does. */
    public Optional<Outage> trouble() {
        return Optional.ofNullable(trouble.lasting());
    }

    private void look() {
        Instant now = pauses.instant();
        try {
            waits.expire(now);
            queue.forgetOld(now);
            Optional<Access> access = readers.next(now, queue.mayBeBlockedByOurs(), jobs.isMessageOwed());
            if (access.isPresent()) {
                look(access.get())
                        .whenComplete(
                                (moreWait, failure) -> goOn(access.get(), Boolean.TRUE.equals(moreWait), failure));
            } else if (waits.isEmpty()) {
                schedule.rest();
            } else {
                schedule.goOn(waits.untilNextEvent(now, settings.firstPause()));
            }
        } catch (Throwable e) {
            // An Error too: it must not be the end of this inbox.
            LOG.log(
                    trouble.lasting() == null ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                    "A look at the notification queue has failed",
                    e);
            goOn(null, false, e);
        }
    }

    /** @return whether a message was taken out of the queue, and others wait behind it */
    private CompletableFuture<Boolean> look(Access access) {
        SslManagerApi api = access.api();
        return api.pollInfo()
                .handle((poll, failure) -> {
                    if (failure != null) {
                        return notRead(api, Failures.cause(failure));
                    }
                    readers.accepted(access);
                    waits.all().forEach(this::tellWhatIsStored);
                    return take(api, poll);
                })
                .thenCompose(Function.identity());
    }

    /** A message that cannot be read blocks the queue as one of others does. */
    private CompletableFuture<Boolean> notRead(SslManagerApi api, Throwable failure) {
        boolean unreadable = failure instanceof ApiException answer && answer.kind() == ApiException.Kind.MALFORMED;
        CompletableFuture<Void> looked = unreadable ? jobs.look(api, true) : CompletableFuture.completedFuture(null);
        return looked.thenCompose(nothing -> CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<Boolean> take(SslManagerApi api, Poll poll) {
        return queue.take(api, poll).thenCompose(head -> {
            if (head == PollQueue.Head.TAKEN) {
                schedule.beginAnew();
                return CompletableFuture.completedFuture(poll.waiting() > 1);
            }
            return jobs.look(api, head != PollQueue.Head.NONE).thenApply(looked -> false);
        });
    }

    private void deliver(StoredMessage stored, PollMessage message) {
        if (stored.isAboutCertificate()) {
            jobs.queueCarriesOurs();
        }
        JobOutcome outcome = stored.outcome();
        if (stored.isEnd() && outcome != null) {
            if (waits.hasOwn(outcome.jobId())) {
                certificates.add(message);
            }
            waits.end(outcome);
        }
    }

    private void goOn(@CheckForNull Access by, boolean moreWait, @CheckForNull Throwable failure) {
        boolean isOfOneOfSeveral = false;
        try {
            if (failure == null) {
                trouble.isOver();
            } else {
                isOfOneOfSeveral = met(by, Failures.cause(failure));
            }
        } finally {
            if (isOfOneOfSeveral || moreWait || failure == null && jobs.hasMore()) {
                schedule.goOnAtOnce();
            } else {
                schedule.goOn(
                        failure == null
                                ? untilNextEvent()
                                : waits.untilNextEvent(pauses.instant(), settings.firstPause()));
            }
        }
    }

    /** What comes sooner: something that happens to a wait, or a look at the jobs. */
    private Duration untilNextEvent() {
        Instant now = pauses.instant();
        Duration soon = settings.firstPause();
        Duration ofWaits = waits.untilNextEvent(now, soon);
        Duration ofJobs = jobs.untilNext(now, soon);
        return ofJobs.compareTo(ofWaits) < 0 ? ofJobs : ofWaits;
    }

    /** @return whether others read the queue all the same */
    private boolean met(@CheckForNull Access by, Throwable cause) {
        Instant now = pauses.instant();
        if (by == null || !(cause instanceof ApiException refusal) || refusal.isPassing()) {
            trouble.met(cause, now, waits.all());
            return false;
        }
        List<Wait> concerned = readers.waitsOf(by);
        boolean begins = readers.refused(by, cause, now);
        if (!readers.isReadByAnother(by)) {
            trouble.met(cause, now, concerned);
            return false;
        }
        if (begins) {
            concerned.forEach(
                    wait -> wait.tell(cause.getMessage() + " Waiting until that is put right, at most an hour."));
            report.accept(OutageReporter.told(cause));
        }
        return true;
    }
}
