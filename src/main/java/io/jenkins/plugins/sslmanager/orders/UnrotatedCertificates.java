package io.jenkins.plugins.sslmanager.orders;

import hudson.Extension;
import hudson.model.Failure;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.certificates.OverviewSection;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * What is at the service and rotated by no job of this Jenkins, on the page of all certificates. It is told by the lists that
 * triggers and forms have read, too, and so it is in memory alone.
 */
@Extension
public final class UnrotatedCertificates implements OverviewSection {

    @Override
    public String getUrlName() {
        return "unrotated";
    }

    public List<UnrotatedOfAccount> getAccounts() {
        Instant now = Instant.now();
        return SslManagerConfiguration.get().getAccounts().stream()
                .map(account -> UnrotatedOfAccount.of(account, now))
                .toList();
    }

    /**
     * Has the certificates of an account listed. Nobody waits for the service here.
     *
     * @param account its id
     */
    @POST
    public HttpResponse doLookUp(@QueryParameter String account) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            AccountAccess access = AccountAccess.ofAdministrator(account);
            ListedCertificates.of(access).list().all(access.api(), UnrotatedOfAccount.FRESH);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        return new HttpRedirect("../..");
    }
}
