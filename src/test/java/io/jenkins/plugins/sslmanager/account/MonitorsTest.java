package io.jenkins.plugins.sslmanager.account;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import hudson.security.Permission;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.certificates.OverdueCertificateMonitor;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.orders.OrderBookMonitor;
import io.jenkins.plugins.sslmanager.orders.StuckOrderMonitor;
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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;

/** What administrators are warned of while builds wait. */
class MonitorsTest extends OverBothProtocols {

    private static final String NAME = "www.example.com";

    @RegisterExtension
    private final FlagExtension<Duration> troublePatience = new FlagExtension<>(
            () -> AccountTroubleMonitor.patience, patience -> AccountTroubleMonitor.patience = patience);

    MonitorsTest() {
        super(Duration.ofDays(10));
    }

    @Test
    void accountWhoseQueueCannotBeReadForLong() throws Exception {
        AdministrativeMonitor monitor = ExtensionList.lookupSingleton(AccountTroubleMonitor.class);
        String account = "release in context 4 at " + fixture.url(protocol);
        WorkflowRun build = waitingBuild();
        AccountTroubleMonitor.patience = Duration.ZERO;
        assertThat(manage(), not(containsString(account)));

        fixture.close();
        jenkins.waitForMessage("Waiting until it works again", build);
        assertTrue(monitor.isActivated());
        assertThat(manage(), containsString(account + ": PollInfo (0905)"));
        AccountTroubleMonitor.patience = Duration.ofHours(1);
        assertThat("a short outage is told to the builds that wait", manage(), not(containsString(account)));

        AccountTroubleMonitor.patience = Duration.ZERO;
        dismiss(monitor);
        assertFalse(monitor.isEnabled());
        assertThat(manage(), not(containsString("PollInfo (0905)")));
        monitor.disable(false);
        end(build);
    }

    @Test
    void accountWhoseCredentialsAreRefusedIsToldAtOnce() throws Exception {
        WorkflowRun build = waitingBuild();

        SystemCredentialsProvider.getInstance().getCredentials().clear();
        SandboxFixture.addCredentials("ssl-manager", CredentialsScope.GLOBAL, "outdated");

        jenkins.waitForMessage("Waiting until it works again", build);
        assertThat(manage(), containsString("release in context 4 at " + fixture.url(protocol) + ": PollInfo (0905)"));
        end(build);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                AccountTroubleMonitor.class,
                StuckOrderMonitor.class,
                OrderBookMonitor.class,
                OverdueCertificateMonitor.class
            })
    void warningsAreForAdministratorsAlone(Class<? extends AdministrativeMonitor> type) throws Exception {
        AdministrativeMonitor monitor = ExtensionList.lookupSingleton(type);
        for (Permission permission : List.of(Jenkins.MANAGE, Jenkins.SYSTEM_READ)) {
            permission.setEnabled(true);
        }
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.MANAGE, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("manager"));
        JenkinsRule.WebClient client = jenkins.createWebClient().login("manager");
        client.setThrowExceptionOnFailingStatusCode(false);
        URL disable = new URL(client.getContextPath() + monitor.getUrl() + "/disable");
        int answer = client.getPage(client.addCrumb(new WebRequest(disable, HttpMethod.POST)))
                .getWebResponse()
                .getStatusCode();

        assertEquals(403, answer);
        assertTrue(monitor.isEnabled());
        assertFalse(client.executeOnServer(monitor::hasRequiredPermission));
    }

    private void dismiss(AdministrativeMonitor monitor) throws Exception {
        HtmlPage page = open();
        DomElement button = page.querySelector("form[action$='" + monitor.getUrl() + "/disable'] button");
        button.click();
    }

    private String manage() throws Exception {
        return open().asNormalizedText();
    }

    private HtmlPage open() throws Exception {
        return jenkins.createWebClient().goTo("manage/");
    }

    private WorkflowRun waitingBuild() throws Exception {
        return new Builds(jenkins).waiting(fixture.sandbox.addCertificate(NAME, AuthMethod.DNS), NAME);
    }

    private void end(WorkflowRun build) throws Exception {
        build.doStop();
        jenkins.waitForCompletion(build);
    }
}
