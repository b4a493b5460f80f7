package io.jenkins.plugins.sslmanager.account;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.http.HttpCall;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.inbox.Access;
import io.jenkins.plugins.sslmanager.engine.rotation.CurrentApi;
import java.net.URI;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * How a build comes to an account: its address from the administrator, its credentials from the store, anew each time.
 *
 * @param service where the account is, whichever protocol it speaks
 * @param reader what reads the queue: the API, and by which connection, with the credentials of the moment. Its requests serve
 *     all that wait, so that they take the account's turn and not a build's
 * @param api its requests take turns with those of other builds
 * @param grants what the job may do, which the API checks; null for an administrator or Jenkins itself
 * @param identity whose notification queue it is: user, context and service
 */
public record AccountAccess(
        SslManagerAccount account,
        URI service,
        String identity,
        Supplier<Access> reader,
        SslManagerApi api,
        @CheckForNull JobAccess grants) {

    /** Returns the name of the system that the account is at, whichever protocol it speaks. */
    public String system() {
        return account.serviceAddress().system();
    }

    /**
     * An account for a build, whose use of the credentials is tracked. May block for a moment. Its API looks the credentials up
     * anew for each request, so that a password that is changed costs a build that waits nothing.
     *
     * @param accountId see {@link SslManagerAccount#getId}
     * @param credentialsId of credentials that the build may use; null for the account's own. The account's grants count for
     *     them, too
     * @throws GrantRefusal if the job may not use the account
     * @throws IllegalArgumentException if there is no such account or there are no such credentials; the message says what to
     *     do
     */
    public static AccountAccess of(
            Run<?, ?> run, String accountId, @CheckForNull String credentialsId, OrderFacts orders) {
        JobAccess grants = new JobAccess(run.getParent(), accountId, orders);
        grants.requireAny();
        SslManagerAccount account = SslManagerConfiguration.get().withId(accountId);
        StandardUsernamePasswordCredentials credentials = credentials(run, account, credentialsId);
        CredentialsProvider.track(run, credentials);
        StringCredentials secondFactor = secondFactor(account, credentialsId);
        if (secondFactor != null) {
            CredentialsProvider.track(run, secondFactor);
        }
        String build = run.getExternalizableId();
        UnaryOperator<HttpCall> calls = call -> call.withOrigin(build);
        return of(account, credentials, secondFactor, calls)
                .within(
                        grants,
                        new CurrentApi(() ->
                                current(run, accountId, credentialsId, calls).api()),
                        () -> current(run, accountId, credentialsId, calls)
                                .reader()
                                .get());
    }

    /**
     * Returns an account with its own credentials for a job that does not run.
     *
     * @param accountId see {@link SslManagerAccount#getId}
     * @throws GrantRefusal if the job may not use the account
     * @throws IllegalArgumentException if there is no such account, or it has no credentials
     */
    public static AccountAccess of(Item job, String accountId, OrderFacts orders) {
        JobAccess grants = new JobAccess(job, accountId, orders);
        grants.requireAny();
        String origin = job.getFullName();
        AccountAccess access = of(SslManagerConfiguration.get().withId(accountId), call -> call.withOrigin(origin));
        return access.within(grants, access.api(), access.reader());
    }

    private AccountAccess within(JobAccess job, SslManagerApi unchecked, Supplier<Access> current) {
        SslManagerApi inboxApi =
                new GrantedApi(new CurrentApi(() -> current.get().api()), job);
        return new AccountAccess(
                account,
                service,
                identity,
                () -> {
                    job.requireAny();
                    return new Access(current.get().signIn(), inboxApi);
                },
                new GrantedApi(unchecked, job),
                job);
    }

    /** What the job may do that this access is for. */
    public JobAccess ofJob() {
        return Objects.requireNonNull(grants, "This access is for no job");
    }

    private static AccountAccess current(
            Run<?, ?> run, String accountId, @CheckForNull String credentialsId, UnaryOperator<HttpCall> calls) {
        SslManagerAccount account = SslManagerConfiguration.get().withId(accountId);
        return of(account, credentials(run, account, credentialsId), secondFactor(account, credentialsId), calls);
    }

    private static AccountAccess of(
            SslManagerAccount account,
            StandardUsernamePasswordCredentials credentials,
            @CheckForNull StringCredentials secondFactor,
            UnaryOperator<HttpCall> calls) {
        URI home = account.serviceAddress().home();
        ServiceAccount user = account.with(credentials, secondFactor);
        Function<UnaryOperator<HttpCall>, SslManagerApi> connection =
                Connections.get().connection(account.getId(), account.getProtocol(), user);
        return new AccountAccess(
                account,
                home,
                credentials.getUsername() + " in context " + account.getContext() + " at " + home,
                () -> new Access(connection, Connections.guarded(connection.apply(UnaryOperator.identity()))),
                Connections.guarded(connection.apply(calls)),
                null);
    }

    private static StandardUsernamePasswordCredentials credentials(
            Run<?, ?> run, SslManagerAccount account, @CheckForNull String credentialsId) {
        if (credentialsId == null) {
            return account.credentials();
        }
        URI url = account.address();
        StandardUsernamePasswordCredentials credentials = CredentialsProvider.findCredentialById(
                credentialsId, StandardUsernamePasswordCredentials.class, run, AccountCredentials.requirements(url));
        if (credentials == null) {
            throw new IllegalArgumentException("There are no credentials '" + credentialsId
                    + "' of the kind 'Username with password' that this build may use for " + url.getHost()
                    + ". Check 'credentialsId', the folder it is in, and its domain");
        }
        return credentials;
    }

    /**
     * Returns an account with its own credentials, for no build.
     *
     * @param reference its id, or a name that it has or had; null for the only account
     * @throws IllegalArgumentException if there is no such account, or it has no credentials
     */
    public static AccountAccess ofAdministrator(@CheckForNull String reference) {
        return ofAdministrator(SslManagerConfiguration.get().account(reference));
    }

    static AccountAccess ofAdministrator(SslManagerAccount account) {
        return of(account, UnaryOperator.identity());
    }

    /** The same for a person who waits. */
    static AccountAccess forPerson(SslManagerAccount account) {
        return of(account, Connections.FOR_PERSON);
    }

    private static AccountAccess of(SslManagerAccount account, UnaryOperator<HttpCall> calls) {
        return of(account, account.credentials(), account.secondFactor(), calls);
    }

    /** A build's own user has no second factor here. */
    @CheckForNull
    private static StringCredentials secondFactor(SslManagerAccount account, @CheckForNull String credentialsId) {
        return credentialsId == null ? account.secondFactor() : null;
    }
}
