package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Failure;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxStatus;
import io.jenkins.plugins.sslmanager.engine.inbox.JobOutcome;
import io.jenkins.plugins.sslmanager.engine.inbox.StoredMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What an administrator sees of the notification queues: who waits, what came, and what blocks the way. */
@Extension
public final class InboxPage extends AdministratorPage {

    private static final long PATIENCE_SECONDS = 30;
    private static final int SHOWN = 100;

    public InboxPage() {
        super("symbol-file-tray");
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.InboxPage_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.InboxPage_description();
    }

    @NonNull
    @Override
    public String getUrlName() {
        return "ssl-manager-inbox";
    }

    /** For the page. */
    public List<Row> getRows() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return SslManagerConfiguration.get().getAccounts().stream()
                .map(InboxPage::row)
                .toList();
    }

    private static Row row(SslManagerAccount account) {
        try {
            AccountAccess access = AccountAccess.ofAdministrator(account);
            return new Row(
                    account.getName(),
                    access.identity(),
                    null,
                    Inboxes.get().inbox(access).status());
        } catch (IllegalArgumentException e) {
            return new Row(account.getName(), "", e.getMessage(), null);
        }
    }

    /** Takes the message that blocks an account's queue out of it, for good; it is stored first. */
    @POST
    public HttpResponse doConfirm(@QueryParameter String account, @QueryParameter String message)
            throws InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            AccountAccess access =
                    AccountAccess.forPerson(SslManagerConfiguration.get().account(account));
            Inbox inbox = Inboxes.get().inbox(access);
            inbox.confirm(access.api(), Long.parseLong(message)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new HttpRedirect(".");
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        } catch (ExecutionException e) {
            throw new Failure(String.valueOf(Failures.cause(e.getCause()).getMessage()));
        } catch (TimeoutException e) {
            throw new Failure(Messages.ConnectionCheck_timeout(PATIENCE_SECONDS));
        }
    }

    private static String toTheSecond(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** An account's queue. */
    public static final class Row {

        private final String account;
        private final String identity;

        @CheckForNull
        private final String problem;

        @CheckForNull
        private final InboxStatus status;

        Row(String account, String identity, @CheckForNull String problem, @CheckForNull InboxStatus status) {
            this.account = account;
            this.identity = identity;
            this.problem = problem;
            this.status = status;
        }

        public String getAccount() {
            return account;
        }

        public String getIdentity() {
            return identity;
        }

        /** Tells why the queue cannot be read, null if it can. */
        @CheckForNull
        public String getProblem() {
            return status == null ? problem : status.trouble();
        }

        @CheckForNull
        public String getLastLook() {
            Instant seen = status == null ? null : status.queue().seen();
            return seen == null ? null : toTheSecond(seen);
        }

        public int getLength() {
            return status == null ? 0 : status.queue().length();
        }

        @CheckForNull
        public Long getHeadId() {
            PollMessage head = head();
            return head == null ? null : head.id();
        }

        public String getHeadText() {
            PollMessage head = head();
            return head == null || head.object() == null
                    ? ""
                    : head.object().type() + " " + head.object().value();
        }

        @CheckForNull
        private PollMessage head() {
            return status == null ? null : status.queue().head();
        }

        public List<Waiting> getWaiting() {
            return status == null
                    ? List.of()
                    : status.waiting().stream()
                            .map(job -> new Waiting(job, Inboxes.get().buildsWaitingFor(job)))
                            .toList();
        }

        public List<Message> getMessages() {
            return status == null
                    ? List.of()
                    : status.stored().stream().limit(SHOWN).map(Message::new).toList();
        }

        public int getStored() {
            return status == null ? 0 : status.stored().size();
        }
    }

    /** A job of the service, and the builds that wait for its end. */
    public static final class Waiting {

        private final long job;
        private final List<Inboxes.WaitingBuild> builds;

        Waiting(long job, List<Inboxes.WaitingBuild> builds) {
            this.job = job;
            this.builds = builds;
        }

        public long getJob() {
            return job;
        }

        public List<Inboxes.WaitingBuild> getBuilds() {
            return builds;
        }
    }

    /** A stored message. */
    public static final class Message {

        private final StoredMessage message;

        Message(StoredMessage message) {
            this.message = message;
        }

        public long getId() {
            return message.id();
        }

        public String getObject() {
            return message.objectType() == null ? "" : message.objectType() + " " + message.objectName();
        }

        public String getOutcome() {
            JobOutcome outcome = message.outcome();
            return outcome == null ? "" : outcome.status() + " " + outcome.reason();
        }

        @CheckForNull
        public Long getJob() {
            JobOutcome outcome = message.outcome();
            return outcome == null ? null : outcome.jobId();
        }

        public String getStored() {
            return toTheSecond(Instant.ofEpochMilli(message.stored()));
        }
    }
}
