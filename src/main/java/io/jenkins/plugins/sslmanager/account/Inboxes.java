package io.jenkins.plugins.sslmanager.account;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.Outage;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.inbox.RunningJobList;
import io.jenkins.plugins.sslmanager.engine.inbox.Wait;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** The notification inboxes of this controller, one for each user of an SSL Manager. */
@Extension
public final class Inboxes implements AccountsListener {

    private static final Logger LOGGER = Logger.getLogger(Inboxes.class.getName());

    /** Tests are less patient. */
    static Duration firstPause = InboxSettings.FIRST_PAUSE;

    private final ConcurrentMap<String, Inbox> inboxes = new ConcurrentHashMap<>();
    private final ConcurrentMap<Wait, WaitingBuild> builds = new ConcurrentHashMap<>();

    public static Inboxes get() {
        return ExtensionList.lookupSingleton(Inboxes.class);
    }

    /** Tells how the client transaction ids of this Jenkins begin, by which it knows the notifications of its own orders. */
    public static String ownCtids() {
        return "jenkins-"
                + Util.getDigestOf(Jenkins.get().getLegacyInstanceId()).substring(0, 8) + "-";
    }

    /**
     * Has a build wait for the end of a job.
     *
     * @param own whether the job is of an order of this build's job
     * @throws StorageException if the inbox's folder cannot be read
     */
    public Wait await(
            AccountAccess access, long jobId, Instant deadline, Run<?, ?> build, boolean own, Consumer<String> log) {
        Wait wait = inbox(access).await(jobId, deadline, access.reader(), own, log);
        builds.put(wait, new WaitingBuild(build.getFullDisplayName(), build.getUrl()));
        wait.ended().whenComplete((outcome, failure) -> builds.remove(wait));
        return wait;
    }

    /** The jobs that run by an account's user, for whoever is about to order. */
    public RunningJobList runningJobs(AccountAccess access) {
        return inbox(access).runningJobs();
    }

    /**
     * The certificate that the notification of a job's end carried, once.
     *
     * @return empty if it carried none, or one that the job may not get
     */
    public Optional<Certificate> certificateOf(AccountAccess access, long jobId) {
        return inbox(access)
                .certificateOf(jobId)
                .filter(certificate -> access.ofJob().mayRead(certificate));
    }

    Inbox inbox(AccountAccess access) {
        return inboxes.computeIfAbsent(access.identity(), identity -> open(access));
    }

    /** The builds that wait for a job. */
    List<WaitingBuild> buildsWaitingFor(long jobId) {
        return builds.entrySet().stream()
                .filter(entry -> entry.getKey().jobId() == jobId)
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparing(WaitingBuild::name))
                .toList();
    }

    /** By the user whose queue it is. */
    Map<String, QueuePolicy> policies() {
        return inboxes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().policy()));
    }

    /**
     * A build that waits.
     *
     * @param url relative to Jenkins' root
     */
    public record WaitingBuild(String name, String url) {

        public String getName() {
            return name;
        }

        public String getUrl() {
            return url;
        }
    }

    /** What keeps queues from being read, by the user whose queue it is. */
    Map<String, Outage> troubles() {
        Map<String, Outage> troubles = new TreeMap<>();
        inboxes.forEach((identity, inbox) -> inbox.trouble().ifPresent(trouble -> troubles.put(identity, trouble)));
        return troubles;
    }

    /**
     * Has each account's queue be read as its policy says, from now on. The policy is for the account's own user: queues of users
     * that builds bring along, or of accounts that are gone, are shared.
     */
    @Override
    public void onAccountsChanged() {
        readAsPoliciesSay(Level.WARNING);
    }

    private void readAsPoliciesSay(Level unreadable) {
        Set<String> exclusive = new HashSet<>();
        for (SslManagerAccount account : SslManagerConfiguration.get().getAccounts()) {
            if (account.getQueuePolicy() == QueuePolicy.EXCLUSIVE) {
                try {
                    AccountAccess access = AccountAccess.ofAdministrator(account);
                    exclusive.add(access.identity());
                    inbox(access)
                            .runAlwaysBy(() -> AccountAccess.ofAdministrator(
                                            SslManagerConfiguration.get().withId(account.getId()))
                                    .reader()
                                    .get());
                } catch (IllegalArgumentException | StorageException e) {
                    LOGGER.log(
                            unreadable,
                            () -> "The queue of account '" + account.getName() + "' is not read: " + e.getMessage());
                }
            }
        }
        inboxes.forEach((identity, inbox) -> {
            if (!exclusive.contains(identity)) {
                inbox.share();
            }
        });
    }

    /** Compares readers, policies and connections with the accounts that exist. For the supervisor, every minute. */
    public void supervise(Instant now) {
        // What is wrong was told when it began.
        readAsPoliciesSay(Level.FINE);
        inboxes.values().forEach(Inbox::revive);
        Connections.get()
                .forgetUnused(
                        SslManagerConfiguration.get().getAccounts().stream()
                                .map(SslManagerAccount::getId)
                                .collect(Collectors.toSet()),
                        now);
    }

    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void start() {
        get().onAccountsChanged();
    }

    private static Inbox open(AccountAccess access) {
        Path directory = Jenkins.get()
                .getRootDir()
                .toPath()
                .resolve("ssl-manager")
                .resolve("inbox")
                .resolve(Util.getDigestOf(access.identity()));
        try {
            return new Inbox(
                    InboxSettings.standard(QueuePolicy.SHARED, ownCtids(), firstPause),
                    MessageStore.open(directory, LOGGER::warning),
                    Connections.get().pauses(),
                    line -> LOGGER.warning(() -> access.identity() + ": " + line));
        } catch (IOException e) {
            throw new StorageException(
                    "The notifications in JENKINS_HOME/ssl-manager/inbox cannot be read",
                    "Check the folder's permissions.",
                    e);
        }
    }

    @Terminator
    public static void close() {
        get().inboxes.values().forEach(Inbox::close);
    }
}
