package io.jenkins.plugins.sslmanager.account;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.orders.ServiceSystem;
import java.net.URI;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * How a build comes to an account: its address from the administrator, its credentials from the store, anew each time.
 *
 * @param service where the account is, whichever protocol it speaks
 * @param identity whose notification queue it is: user, context and service
 */
public record AccountAccess(
        SslManagerAccount account, URI service, String identity, QueuePolicy policy, SslManagerApi api) {

    /** The name of the system that the account is at, whichever protocol it speaks. */
    public String system() {
        return account.getService() == Service.SANDBOX ? "sandbox" : ServiceSystem.of(service);
    }

    /**
     * An account for a build, whose use of the credentials is tracked. May block for a moment.
     *
     * @param accountName null for the only account
     * @param credentialsId of credentials that the build may use; null for the account's own
     * @throws IllegalArgumentException if there is no such account or there are no such credentials; the message says what to
     *     do
     */
    public static AccountAccess of(
            Run<?, ?> run, @CheckForNull String accountName, @CheckForNull String credentialsId) {
        SslManagerAccount account = SslManagerConfiguration.get().account(accountName);
        StandardUsernamePasswordCredentials credentials = credentials(run, account, credentialsId);
        CredentialsProvider.track(run, credentials);
        StringCredentials secondFactor = secondFactor(account, credentialsId);
        if (secondFactor != null) {
            CredentialsProvider.track(run, secondFactor);
        }
        return of(account, credentials, secondFactor);
    }

    /** The same once more, for a build that has been waiting: with the credentials of the moment, and not tracked again. */
    public static AccountAccess again(
            Run<?, ?> run, @CheckForNull String accountName, @CheckForNull String credentialsId) {
        SslManagerAccount account = SslManagerConfiguration.get().account(accountName);
        return of(account, credentials(run, account, credentialsId), secondFactor(account, credentialsId));
    }

    private static AccountAccess of(
            SslManagerAccount account,
            StandardUsernamePasswordCredentials credentials,
            @CheckForNull StringCredentials secondFactor) {
        URI home = account.home();
        return new AccountAccess(
                account,
                home,
                credentials.getUsername() + " in context " + account.getContext() + " at " + home,
                account.getQueuePolicy(),
                Connections.get()
                        .api(account.getName(), account.getProtocol(), account.with(credentials, secondFactor)));
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
     * An account with its own credentials, for no build.
     *
     * @param accountName null for the only account
     * @throws IllegalArgumentException if there is no such account, or it has no credentials
     */
    public static AccountAccess ofAdministrator(@CheckForNull String accountName) {
        return ofAdministrator(SslManagerConfiguration.get().account(accountName));
    }

    static AccountAccess ofAdministrator(SslManagerAccount account) {
        return of(account, account.credentials(), account.secondFactor());
    }

    /** A build's own user has no second factor here. */
    @CheckForNull
    private static StringCredentials secondFactor(SslManagerAccount account, @CheckForNull String credentialsId) {
        return credentialsId == null ? account.secondFactor() : null;
    }
}
