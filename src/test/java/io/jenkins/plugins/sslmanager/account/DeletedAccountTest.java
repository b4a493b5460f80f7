package io.jenkins.plugins.sslmanager.account;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What administrators see of the jobs that use an account, before they delete it and after. */
class DeletedAccountTest extends OverBothProtocols {

    private static final String NAME = "www.example.com";

    private final DeletedAccountMonitor monitor = ExtensionList.lookupSingleton(DeletedAccountMonitor.class);

    DeletedAccountTest() {
        super(Duration.ofDays(10));
    }

    @Test
    void jobsWithRecordsAndOpenOrdersAreTold() throws Exception {
        jobThatHasLooked("looks");
        WorkflowRun waits = new Builds(jenkins).waiting(fixture.sandbox.addCertificate(NAME, AuthMethod.DNS), NAME);
        String both = "looks, " + waits.getParent().getFullName();

        assertEquals(both, usedBy());
        assertThat(
                descriptor().doCheckName("second", null).getMessage(),
                containsString("Jobs that use an account now: " + both + "."));
        assertThat(descriptor().doCheckName("test", account().getId()).getMessage(), not(containsString("looks")));
        waits.doStop();
        jenkins.waitForCompletion(waits);
    }

    @Test
    void whoeverDeletesItIsAskedFirst() throws Exception {
        jobThatHasLooked("looks");

        HtmlPage cancelled = pressDelete();
        assertThat(
                cancelled.querySelector(".jenkins-dialog").getTextContent(),
                containsString("Jobs that use it: looks."));
        answer(cancelled, "cancel");
        assertEquals(1, SslManagerConfiguration.get().getAccounts().size());

        answer(pressDelete(), "ok");
        assertEquals(List.of(), SslManagerConfiguration.get().getAccounts());
    }

    private static HtmlPage pressDelete() throws Exception {
        HtmlPage page = jenkins.createWebClient().goTo("manage/configure");
        jenkins.getButtonByCaption(page.getFormByName("config"), "Delete account")
                .click();
        return page;
    }

    private static void answer(HtmlPage page, String button) throws Exception {
        page.<HtmlElement>querySelector(".jenkins-dialog [data-id=%s]".formatted(button))
                .click();
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        jenkins.submit(page.getFormByName("config"));
    }

    @Test
    void jobsOfADeletedAccountAreToldUntilTheyUseAnother() throws Exception {
        WorkflowJob job = jobThatHasLooked("looks");
        assertFalse(monitor.isActivated());

        SslManagerConfiguration.get().setAccounts(List.of());
        assertTrue(monitor.isActivated());
        assertThat(
                jenkins.createWebClient().goTo("manage/").asNormalizedText(),
                containsString("The SSL Manager account of these jobs was deleted:"));
        assertEquals(List.of("looks"), monitor.getJobs());

        SslManagerConfiguration.get().setAccounts(List.of(fixture.account("another", protocol, 4, "ssl-manager")));
        assertTrue(monitor.isActivated());
        jenkins.buildAndAssertSuccess(job);
        assertFalse(monitor.isActivated());
    }

    @Test
    void jobsAreForThoseWhoMayDeleteTheAccount() throws Exception {
        jobThatHasLooked("looks");
        Jenkins.SYSTEM_READ.setEnabled(true);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("auditor")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));

        assertNull(usedByAs("auditor"));
        assertEquals("looks", usedByAs("admin"));
    }

    private WorkflowJob jobThatHasLooked(String name) throws Exception {
        long certificateId = fixture.sandbox.addCertificate("looked-at.example.com", AuthMethod.DNS);
        WorkflowJob job =
                new Builds(jenkins).job(name, "node { sslCertificateInfo certificate: %d }".formatted(certificateId));
        jenkins.buildAndAssertSuccess(job);
        return job;
    }

    private String usedByAs(String user) {
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            return usedBy();
        }
    }

    private String usedBy() {
        return descriptor().usedBy(account());
    }

    private static SslManagerAccount account() {
        return SslManagerConfiguration.get().getAccounts().get(0);
    }

    private static SslManagerAccountDescriptor descriptor() {
        return jenkins.jenkins.getDescriptorByType(SslManagerAccountDescriptor.class);
    }
}
