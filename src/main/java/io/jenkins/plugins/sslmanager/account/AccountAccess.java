package io.jenkins.plugins.sslmanager.account;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.http.SecondFactor;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.orders.ServiceSystem;
import java.net.URI;
import java.util.List;
import jenkins.model.Jenkins;
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
                        .api(
                                account.getName(),
                                account.getProtocol(),
                                service(account, account.address(), credentials, secondFactor)));
    }

    private static StandardUsernamePasswordCredentials credentials(
            Run<?, ?> run, SslManagerAccount account, @CheckForNull String credentialsId) {
        URI url = account.address();
        if (credentialsId == null) {
            return ofAdministrator(account, url);
        }
        StandardUsernamePasswordCredentials credentials = CredentialsProvider.findCredentialById(
                credentialsId, StandardUsernamePasswordCredentials.class, run, requirements(url));
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
        return of(account, ofAdministrator(account, account.address()), secondFactor(account, null));
    }

    static ServiceAccount serviceOf(SslManagerAccount account) {
        URI url = account.address();
        return service(account, url, ofAdministrator(account, url), secondFactor(account, null));
    }

    /** Looked up as Jenkins itself, so that they can be of the scope System, out of the reach of builds. */
    private static StandardUsernamePasswordCredentials ofAdministrator(SslManagerAccount account, URI url) {
        String id = account.getCredentialsId();
        StandardUsernamePasswordCredentials credentials = id == null
                ? null
                : CredentialsProvider.findCredentialByIdInItemGroup(
                        id, StandardUsernamePasswordCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements(url));
        if (credentials == null) {
            throw new IllegalArgumentException("The SSL Manager account '" + account.getName() + "' has no credentials"
                    + (id == null
                            ? ""
                            : ": there are no '" + id + "' of the kind 'Username with password' for " + url.getHost())
                    + ". An administrator chooses them in Manage Jenkins » System » SSL Manager");
        }
        return credentials;
    }

    /**
     * The account's own, which belongs to its own user.
     *
     * @param credentialsId of a build's user instead, who has none
     */
    @CheckForNull
    private static StringCredentials secondFactor(SslManagerAccount account, @CheckForNull String credentialsId) {
        String id = account.getSecondFactorId();
        if (id == null || credentialsId != null) {
            return null;
        }
        StringCredentials secret = CredentialsProvider.findCredentialByIdInItemGroup(
                id, StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
        if (secret == null) {
            throw new IllegalArgumentException("The SSL Manager account '" + account.getName()
                    + "' has no secret for its second factor: there are no '" + id + "' of the kind 'Secret text'."
                    + " An administrator chooses them in Manage Jenkins » System » SSL Manager");
        }
        return secret;
    }

    private static ServiceAccount service(
            SslManagerAccount account,
            URI url,
            StandardUsernamePasswordCredentials credentials,
            @CheckForNull StringCredentials secondFactor) {
        return new ServiceAccount(
                url,
                credentials.getUsername(),
                credentials.getPassword().getPlainText(),
                account.getContext(),
                secondFactor == null
                        ? null
                        : new SecondFactor(secondFactor.getSecret().getPlainText()));
    }

    private static List<DomainRequirement> requirements(URI url) {
        return URIRequirementBuilder.fromUri(url.toString()).build();
    }
}
