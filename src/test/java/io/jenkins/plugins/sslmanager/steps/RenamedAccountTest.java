package io.jenkins.plugins.sslmanager.steps;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What happens to accounts while builds wait costs these nothing: a step knows its account by the lasting id. */
class RenamedAccountTest extends OverBothProtocols {

    private final long id = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);

    RenamedAccountTest() {
        super(Duration.ofMinutes(10));
    }

    @Test
    void rotationWaitsOnWhileItsAccountIsRenamedAndAnotherOneIsAdded() throws Exception {
        WorkflowRun build = start();
        jenkins.waitForMessage("is RUNNING", build);

        renameAccount();

        finish(build);
    }

    @Test
    void rotationWaitsOnWhileCredentialsAreMadeAnew() throws Exception {
        WorkflowRun build = start();
        jenkins.waitForMessage("is RUNNING", build);

        SystemCredentialsProvider.getInstance().getCredentials().clear();
        SandboxFixture.addCredentials("ssl-manager", CredentialsScope.SYSTEM, SandboxFixture.PASSWORD);

        finish(build);
    }

    @Test
    void orderShowsTheAccountsPresentName() throws Exception {
        jenkins.waitForMessage("is RUNNING", start());
        Order order = Orders.get().book().openOrders().get(0);
        assertEquals(SandboxFixture.ACCOUNT, SslManagerConfiguration.get().nameOf(order.account()));

        renameAccount();

        assertEquals("renamed", SslManagerConfiguration.get().nameOf(order.account()));
    }

    @Test
    void recordOfACertificateShowsTheAccountsPresentName() throws Exception {
        Builds builds = new Builds(jenkins);
        builds.success(builds.job("sslCertificateInfo " + id));

        renameAccount();

        assertThat(
                jenkins.getJSON("ssl-certificates/api/json").getJSONObject().toString(),
                containsString("\"account\":\"renamed\""));
    }

    @Test
    void buildsMayStillCallAnAccountByAFormerName() throws Exception {
        renameAccount();
        Builds builds = new Builds(jenkins);
        builds.success(builds.job("sslCertificateInfo account: 'test', certificate: " + id));
        builds.success(builds.job("sslCertificateInfo account: 'renamed', certificate: " + id));
        builds.failure(
                builds.job("sslCertificateInfo certificate: " + id),
                "No account is named. Set 'account' to one of ['another', 'renamed']");
    }

    /** As Configuration as Code does it. */
    private void renameAccount() {
        SslManagerAccount renamed = fixture.account("renamed", protocol, 4, "ssl-manager");
        renamed.setFormerNames(SandboxFixture.ACCOUNT);
        SslManagerConfiguration.get().setAccounts(List.of(fixture.account("another", protocol, 9, "unknown"), renamed));
    }

    private WorkflowRun start() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "rotate");
        job.setDefinition(new CpsFlowDefinition(
                "sslRotateCertificate certificates: " + id + ", force: true, keyAlgorithm: 'EC_P256', storeAs: 'www'",
                true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private void finish(WorkflowRun build) throws Exception {
        fixture.letTimePass(Duration.ofMinutes(10));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertEquals(1, fixture.sandbox.orders("www.example.com"));
    }
}
