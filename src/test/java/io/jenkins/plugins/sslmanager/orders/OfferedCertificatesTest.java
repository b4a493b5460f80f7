package io.jenkins.plugins.sslmanager.orders;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.account.UsableAccounts;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.rotation.RotateCertificateStep;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Names in forms are completed from the account's list, for those who configure the job, without a request for each key. */
class OfferedCertificatesTest extends OverBothProtocols {

    /** The second one is empty, which tells that the first was the last. */
    private static final int PAGES = 2;

    OfferedCertificatesTest() {
        super(Duration.ZERO);
    }

    private String completed(FreeStyleProject job, String user, String typed) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().login(user);
        WebRequest request = new WebRequest(
                new URL(client.getContextPath() + job.getUrl() + "descriptorByName/"
                        + RotateCertificateStep.class.getName() + "/autoCompleteCertificates?account=&value=" + typed),
                HttpMethod.POST);
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getContentAsString();
    }

    @Test
    void listIsReadOnceForWhoeverConfiguresTheJobAndShowsWhatTheJobMayGet() throws Exception {
        fixture.sandbox.addCertificate("mine.offer.example.org", AuthMethod.DNS);
        fixture.sandbox.addCertificate("yours.offer.example.org", AuthMethod.DNS);
        Grant grant = new Grant();
        grant.setEveryJob(true);
        grant.setCertificates("mine.offer.example.org");
        SslManagerAccount account = fixture.account(SandboxFixture.ACCOUNT, protocol, 4, "ssl-manager");
        account.setGrants(List.of(grant));
        SslManagerConfiguration.get().setAccounts(List.of(account));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("author"));
        FreeStyleProject job = jenkins.createFreeStyleProject();

        assertThat(completed(job, "reader", "offer"), not(containsString("offer.example.org")));
        assertEquals(
                0, fixture.requests(Task.CERTIFICATE_SEARCH), "Whoever may not configure the job causes no request");

        completed(job, "author", "offer");
        AccountAccess access = AccountAccess.of(job, UsableAccounts.idFor(job, null), Orders.get());
        ListedCertificates.of(access)
                .list()
                .all(access.api(), Duration.ofMinutes(10))
                .join();
        String offered = completed(job, "author", "offer");
        assertThat(offered, containsString("mine.offer.example.org"));
        assertThat(offered, not(containsString("yours")));
        completed(job, "author", "offe");
        assertEquals(PAGES, fixture.requests(Task.CERTIFICATE_SEARCH));
        assertThat(completed(job, "reader", "offer"), not(containsString("offer.example.org")));
    }
}
