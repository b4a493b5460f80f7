package io.jenkins.plugins.sslmanager.engine.reissue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Waits for the end of one job, minutes to days, without a thread. The notification at the head of the account's queue is
 * confirmed if it is this job's and left alone if it is not; JobInfo decides in any case, so a wait never hangs on a queue
 * that others have emptied or blocked. Trouble with the connection is waited out.
 */
public final class JobWatch {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** A job that has just been accepted, or just ended, may be unknown for a moment. */
    private static final int LOOKS_FOR_UNKNOWN_JOB = 5;

    private final SslManagerApi api;
    private final Pauses pauses;
    private final JobLookup lookup;
    private final long jobId;
    private final Instant deadline;
    private final Consumer<String> log;
    private final CompletableFuture<JobOutcome> ended = new CompletableFuture<>();
    private final UnderWay underWay = new UnderWay();
    private final Outage outage;
    private volatile String status;
    private Duration pause = FIRST_PAUSE;
    private int unknownInARow;

    private JobWatch(SslManagerApi api, Pauses pauses, long jobId, Instant deadline, Consumer<String> log) {
        this.api = api;
        this.pauses = pauses;
        this.jobId = jobId;
        this.deadline = deadline;
        this.log = log;
        lookup = new JobLookup(api);
        outage = new Outage(log);
        status = "waiting for job " + jobId;
    }

    /**
     * @param deadline when to give up; the job goes on at the service all the same
     * @param log a line whenever the job's state changes, and when the connection is lost and back
     */
    public static JobWatch start(SslManagerApi api, Pauses pauses, long jobId, Instant deadline, Consumer<String> log) {
        JobWatch watch = new JobWatch(api, pauses, jobId, deadline, log);
        watch.ended.whenComplete((outcome, failure) -> watch.underWay.end());
        watch.look();
        return watch;
    }

    /**
     * Done when the job has ended, well or badly. Fails with {@link ReissueException} at the deadline or if nobody knows the
     * job, and with {@link ApiException} if the service refuses the account. Cancelling it ends the watch.
     */
    public CompletableFuture<JobOutcome> ended() {
        return ended;
    }

    /** What is known of the job, in a few words. */
    public String status() {
        return status;
    }

    private void look() {
        underWay.begin(api::pollInfo)
                .thenCompose(poll -> poll.message()
                        .filter(this::isOurs)
                        .map(this::confirm)
                        .orElseGet(() -> underWay.begin(() -> lookup.ask(jobId)).thenApply(this::outcome)))
                .handle((outcome, failure) -> failure == null ? answered(outcome) : waitedOut(Failures.cause(failure)))
                .thenAccept(outcome -> outcome.ifPresentOrElse(ended::complete, this::lookAgain))
                .exceptionally(failure -> {
                    ended.completeExceptionally(Failures.cause(failure));
                    return null;
                });
    }

    private boolean isOurs(PollMessage message) {
        return message.job() != null
                && message.job().id() != null
                && message.job().id() == jobId
                && message.job().status() != null
                && message.job().status().ended();
    }

    private CompletableFuture<Optional<JobOutcome>> confirm(PollMessage message) {
        return underWay.begin(() -> api.pollConfirm(message.id()))
                .exceptionally(failure -> leave(message, Failures.cause(failure)))
                .thenApply(confirmed -> Optional.of(JobOutcome.of(message)));
    }

    private Optional<JobOutcome> outcome(ObjectJob job) {
        if (job.job() == null || job.job().status() == null) {
            return Optional.empty();
        }
        if (job.job().status().ended()) {
            return Optional.of(JobOutcome.of(job));
        }
        report(JobProgress.told(job));
        return Optional.empty();
    }

    private void report(String line) {
        if (!line.equals(status)) {
            status = line;
            log.accept(line);
        }
    }

    /** Refused where another has confirmed it already, also an earlier try of ours; how the job ended is known all the same. */
    private Void leave(PollMessage message, Throwable failure) {
        if (failure instanceof ApiException refusal && !refusal.isPassing()) {
            log.accept("Notification " + message.id() + " could not be confirmed: " + refusal.getMessage());
            return null;
        }
        throw new CompletionException(failure);
    }

    private Optional<JobOutcome> answered(Optional<JobOutcome> outcome) {
        unknownInARow = 0;
        outage.isOver();
        return outcome;
    }

    private Optional<JobOutcome> waitedOut(Throwable failure) {
        if (JobLookup.isNotFound(failure)) {
            outage.isOver();
            if (++unknownInARow < LOOKS_FOR_UNKNOWN_JOB) {
                return Optional.empty();
            }
            throw new ReissueException(
                    ReissueException.Kind.UNCLEAR,
                    "The service knows no job " + jobId
                            + ", neither running nor ended. Check the job id, and that the account is the one that ordered",
                    failure);
        }
        if (failure instanceof ApiException trouble && trouble.isPassing()) {
            outage.met(trouble);
            return Optional.empty();
        }
        throw new CompletionException(failure);
    }

    private void lookAgain() {
        Duration left = Duration.between(pauses.instant(), deadline);
        if (left.isNegative() || left.isZero()) {
            throw new ReissueException(
                    ReissueException.Kind.TIME_LIMIT,
                    "Job " + jobId + " had not ended at the time limit (" + status
                            + "). It goes on at the service: wait for it again with the same job id");
        }
        Duration next = min(pause, left);
        pause = min(pause.multipliedBy(3).dividedBy(2), LONGEST_PAUSE);
        underWay.begin(() -> pauses.pause(next)).thenRun(this::look);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
