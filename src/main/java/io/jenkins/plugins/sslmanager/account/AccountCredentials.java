package io.jenkins.plugins.sslmanager.account;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import java.net.URI;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * The credentials that an administrator has chosen for an account. They are looked up as Jenkins itself, so that they can be of
 * the scope System, out of the reach of builds.
 */
final class AccountCredentials {

    private AccountCredentials() {}

    /**
     * @param account its name, for messages
     * @param id null if none is chosen
     * @throws IllegalArgumentException if there are no such credentials
     */
    static StandardUsernamePasswordCredentials user(String account, @CheckForNull String id, URI url) {
        StandardUsernamePasswordCredentials credentials = id == null
                ? null
                : CredentialsProvider.findCredentialByIdInItemGroup(
                        id, StandardUsernamePasswordCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements(url));
        if (credentials == null) {
            throw new IllegalArgumentException("The SSL Manager account '" + account + "' has no credentials"
                    + (id == null
                            ? ""
                            : ": there are no '" + id + "' of the kind 'Username with password' for " + url.getHost())
                    + ". An administrator chooses them in Manage Jenkins » System » SSL Manager");
        }
        return credentials;
    }

    /**
     * Returns the secret of the account's own user.
     *
     * @param account its name, for messages
     * @param id null for a user without a second factor
     * @throws IllegalArgumentException if there is no such secret
     */
    @CheckForNull
    static StringCredentials secondFactor(String account, @CheckForNull String id) {
        if (id == null) {
            return null;
        }
        StringCredentials secret = CredentialsProvider.findCredentialByIdInItemGroup(
                id, StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
        if (secret == null) {
            throw new IllegalArgumentException("The SSL Manager account '" + account
                    + "' has no secret for its second factor: there are no '" + id + "' of the kind 'Secret text'."
                    + " An administrator chooses them in Manage Jenkins » System » SSL Manager");
        }
        return secret;
    }

    /** Credentials of a domain are for its hosts alone. */
    static List<DomainRequirement> requirements(URI url) {
        return URIRequirementBuilder.fromUri(url.toString()).build();
    }
}
