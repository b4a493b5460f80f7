package io.jenkins.plugins.sslmanager.account;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What an administrator sees of the notification queues, and can do about them. */
@WithJenkins
class InboxPageTest {

    private static final String PAGE = "manage/ssl-manager-inbox/";

    @RegisterExtension
    private static final FlagExtension<TransportLimits> UNPACED = QuickTransport.unpaced();

    private final SandboxFixture fixture = new SandboxFixture(Duration.ofMinutes(10));
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        fixture.setUpAccount();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void messageOfOthersCanBeConfirmedByHandAndIsStored() throws Exception {
        long foreign = fixture.sandbox.addForeignMessage("foreign.example.net");
        WorkflowRun build = waitingBuild();

        HtmlPage page = jenkins.createWebClient().goTo(PAGE);
        assertThat(page.asNormalizedText(), containsString(build.getFullDisplayName()));
        assertThat(page.asNormalizedText(), containsString(foreign + " domain foreign.example.net"));
        HtmlForm form = page.getFormByName("confirm-" + SandboxFixture.ACCOUNT);
        HtmlPage after = jenkins.submit(form);

        assertThat(fixture.sandbox.confirmedMessageIds(), hasItem(foreign));
        assertThat(after.asNormalizedText(), containsString("domain foreign.example.net"));
        build.doStop();
        jenkins.waitForCompletion(build);
    }

    @Test
    void exclusiveQueueIsReadWhileNobodyWaits() throws Exception {
        fixture.hold(Task.POLL_CONFIRM);
        long foreign = fixture.sandbox.addForeignMessage("foreign.example.net");
        SslManagerAccount account = fixture.account(SandboxFixture.ACCOUNT, 4, "ssl-manager");
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
                .to("manager"));
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
        assertEquals(
                404,
                client.getPage(new WebRequest(confirm, HttpMethod.GET))
                        .getWebResponse()
                        .getStatusCode());
        assertThat(fixture.sandbox.confirmedMessageIds(), not(hasItem(foreign)));
    }

    private WorkflowRun waitingBuild() throws Exception {
        String name = "www.example.com";
        long id = fixture.sandbox.addCertificate(name, AuthMethod.DNS);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                def order = sslReissue certificateId: %d, csr: '''%s'''
                sslAwaitNotification jobId: order.jobId
                """.formatted(id, SandboxFixture.csr(name)), true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is RUNNING", build);
        return build;
    }
}
