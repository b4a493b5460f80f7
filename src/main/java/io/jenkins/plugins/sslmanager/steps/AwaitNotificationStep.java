package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.Inboxes;
import io.jenkins.plugins.sslmanager.delivery.EndedJob;
import io.jenkins.plugins.sslmanager.delivery.StepResults;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Durations;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.inbox.JobOutcome;
import io.jenkins.plugins.sslmanager.engine.inbox.Wait;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderProcess;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationContext;
import io.jenkins.plugins.sslmanager.execution.OrderExecution;
import io.jenkins.plugins.sslmanager.forms.Parameter;
import io.jenkins.plugins.sslmanager.forms.ServiceIds;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code sslAwaitNotification}: waits, minutes to days, until the job of an order has ended. Needs no node. */
public final class AwaitNotificationStep extends SslManagerStep {

    /** It is long enough for a validation by hand, and short enough for an order that nobody will ever finish. */
    public static final String DEFAULT_TIMEOUT = "14d";

    private final long jobId;
    private String timeout = DEFAULT_TIMEOUT;

    @DataBoundConstructor
    public AwaitNotificationStep(long jobId) {
        this.jobId = jobId;
    }

    /** Comes from {@code sslReissue}. */
    public long getJobId() {
        return jobId;
    }

    /** Is written such as {@code 90s}, {@code 15m}, {@code 2d}. */
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(@CheckForNull String timeout) {
        this.timeout = Objects.requireNonNullElse(Util.fixEmptyAndTrim(timeout), DEFAULT_TIMEOUT);
    }

    /** @throws AbortException if the time limit cannot be read */
    @Override
    public StepExecution start(StepContext context) throws AbortException {
        try {
            return new Execution(this, context);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    static final class Execution extends OrderExecution {

        @Serial
        private static final long serialVersionUID = 1L;

        private final long jobId;
        private final long deadline;
        private transient volatile Wait wait;

        Execution(AwaitNotificationStep step, StepContext context) {
            super(step.getAccount(), step.getCredentialsId(), context);
            jobId = step.getJobId();
            Duration limit = Parameter.read("timeout", () -> Durations.parse(step.getTimeout()));
            deadline = System.currentTimeMillis() + limit.toMillis();
        }

        @Override
        protected CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException {
            ServiceIds.require("jobId", jobId);
            Optional<Order> order =
                    Orders.get().book().openForJob(access.system(), jobId).filter(this::isOwn);
            return order.isPresent() ? awaitCertificate(access, order.get()) : awaitForeignJob(access);
        }

        /** The certificate is the last word on an order of this job. */
        private CompletableFuture<?> awaitCertificate(AccountAccess access, Order order)
                throws IOException, InterruptedException {
            Holder holder = holder(String.valueOf(jobId));
            RotationContext context = rotationContext(access, Instant.ofEpochMilli(deadline), holder, this::log);
            Optional<Order> taken = context.book().take(order, holder);
            if (taken.isEmpty()) {
                // Another step of this job looks after the order; this one waits for the job alone.
                return ended(begin(access, true, this::log).wantCertificateId().ended());
            }
            OrderProcess process = new OrderProcess(
                    context.api(),
                    context.book(),
                    context.pauses(),
                    context.disk(),
                    this::log,
                    Instant.ofEpochMilli(deadline));
            return atWorkOn(
                            order,
                            holder,
                            process::end,
                            () -> process.awaitCertificate(
                                    taken.get(),
                                    job -> begin(access, true, this::log).ended()))
                    .thenApply(issued -> {
                        EndedJob.record(build(), jobId, issued.order().certificateIdNow());
                        log("The certificate of job " + jobId + " is there; it has ID "
                                + issued.order().certificateIdNow());
                        return StepResults.issued(issued.order());
                    });
        }

        private Wait begin(AccountAccess access, boolean own, Consumer<String> lines) {
            Wait started = Inboxes.get().await(access, jobId, Instant.ofEpochMilli(deadline), build(), own, lines);
            wait = started;
            return started;
        }

        /**
         * Anybody can guess a job's number. Nothing of what is not an order of this job is told before its end has shown which
         * certificate it is about.
         */
        private CompletableFuture<?> awaitForeignJob(AccountAccess access) {
            log("Waiting for job " + jobId + ". Its progress is not shown, since it is not an open order of this job");
            Wait quiet = begin(access, false, line -> {}).wantCertificateId();
            wait = null;
            CompletableFuture<JobOutcome> end = quiet.ended().handle((outcome, failure) -> {
                if (failure != null) {
                    throw new CompletionException(withoutProgress(Failures.cause(failure)));
                }
                access.ofJob().requireRead(outcome.certificateName(), outcome.certificateIdOr(0));
                return outcome;
            });
            return ended(Cancellation.passOn(quiet.ended(), end));
        }

        private Throwable withoutProgress(Throwable failure) {
            return failure instanceof ReissueException reissue && reissue.kind() == ReissueException.Kind.TIME_LIMIT
                    ? new ReissueException(
                            ReissueException.Kind.TIME_LIMIT,
                            "Job " + jobId
                                    + " had not ended at the time limit. It goes on at the service: wait for it again"
                                    + " with the same job ID")
                    : failure;
        }

        private CompletableFuture<?> ended(CompletableFuture<JobOutcome> end) {
            return abortable(end).thenApply(JobOutcome::requireSuccess).thenApply(outcome -> {
                EndedJob.record(build(), jobId, outcome.certificateIdOr(0));
                log("Job " + jobId + " has ended; the certificate has ID " + outcome.certificateId());
                return StepResults.ended(outcome);
            });
        }

        @Override
        public String getStatus() {
            Wait started = wait;
            return started == null ? "waiting for job " + jobId : started.status();
        }
    }

    @Extension
    public static final class DescriptorImpl extends SslManagerStepDescriptor {

        public static final String defaultTimeout = DEFAULT_TIMEOUT;

        @Override
        public String getFunctionName() {
            return "sslAwaitNotification";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.AwaitNotificationStep_displayName();
        }
    }
}
