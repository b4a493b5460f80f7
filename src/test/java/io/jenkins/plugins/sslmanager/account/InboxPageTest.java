package io.jenkins.plugins.sslmanager.account;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What an administrator sees of the notification queues, and can do about them. */
class InboxPageTest extends OverBothProtocols {

    private static final String NAME = "www.example.com";
    private static final String PAGE = "manage/ssl-manager-inbox/";

    InboxPageTest() {
        super(Duration.ofMinutes(10));
    }

    @Test
    void messageOfOthersCanBeConfirmedByHandAndIsStored() throws Exception {
        long foreign = fixture.sandbox.addForeignMessage("foreign.example.net");
        WorkflowRun build = waitingBuild();

        HtmlPage page = jenkins.createWebClient().goTo(PAGE);
        assertThat(page.asNormalizedText(), containsString(build.getFullDisplayName()));
        assertThat(page.asNormalizedText(), containsString(foreign + " domain foreign.example.net"));
        assertNotNull(page.querySelector("#main-panel a[href='/jenkins/" + build.getUrl() + "']"));
        DomElement confirmation = page.querySelector("#main-panel [data-post]");
        assertThat(
                "what cannot be undone is asked for first",
                confirmation.getAttribute("data-message"),
                containsString("Acknowledge message " + foreign));
        JenkinsRule.WebClient client = jenkins.createWebClient();
        HtmlPage after = client.getPage(client.addCrumb(
                new WebRequest(new URL(page.getUrl(), confirmation.getAttribute("data-url")), HttpMethod.POST)));

        assertThat(fixture.sandbox.confirmedMessageIds(), hasItem(foreign));
        assertThat(after.asNormalizedText(), containsString("domain foreign.example.net"));
        build.doStop();
        jenkins.waitForCompletion(build);
    }

    @Test
    void exclusiveQueueIsReadWhileNobodyWaits() throws Exception {
        fixture.hold(Task.POLL_CONFIRM);
        long foreign = fixture.sandbox.addForeignMessage("foreign.example.net");
        SslManagerAccount account = fixture.account(SandboxFixture.ACCOUNT, protocol, 4, "ssl-manager");
        account.setQueuePolicy(QueuePolicy.EXCLUSIVE);
        SslManagerConfiguration.get().setAccounts(List.of(account));

        fixture.awaitHeldRequest();
        fixture.release();
        assertThat(fixture.sandbox.confirmedMessageIds(), hasItem(foreign));
        assertThat(fixture.sandbox.queuedMessageIds(), empty());
    }

    @Test
    void pageAndConfirmationAreForAdministrators() throws Exception {
        long foreign = fixture.sandbox.addForeignMessage("foreign.example.net");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.MANAGE)
                .everywhere()
                .to("manager")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        client.login("manager");

        assertEquals(403, client.goTo(PAGE).getWebResponse().getStatusCode());
        URL confirm =
                new URL(jenkins.getURL(), PAGE + "confirm?account=" + SandboxFixture.ACCOUNT + "&message=" + foreign);
        assertEquals(
                403,
                client.getPage(client.addCrumb(new WebRequest(confirm, HttpMethod.POST)))
                        .getWebResponse()
                        .getStatusCode());
        client.login("admin");
        assertEquals(
                404,
                client.getPage(new WebRequest(confirm, HttpMethod.GET))
                        .getWebResponse()
                        .getStatusCode());
        assertThat(fixture.sandbox.confirmedMessageIds(), not(hasItem(foreign)));
    }

    private WorkflowRun waitingBuild() throws Exception {
        return new Builds(jenkins).waiting(fixture.sandbox.addCertificate(NAME, AuthMethod.DNS), NAME);
    }
}
