package io.jenkins.plugins.sslmanager.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.RestartsOverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** An account is renamed, and another one added, before Jenkins restarts. */
class RenamedAccountRestartTest extends RestartsOverBothProtocols {

    private final long id = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);

    RenamedAccountRestartTest() {
        super(Duration.ofMinutes(10));
    }

    @Test
    void rotationGoesOnAfterTheRestartWithItsRenamedAccount() throws Throwable {
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "rotate");
            job.setDefinition(new CpsFlowDefinition(
                    "sslRotateCertificate certificates: " + id
                            + ", force: true, keyAlgorithm: 'EC_P256', storeAs: 'www'",
                    true));
            jenkins.waitForMessage("is RUNNING", job.scheduleBuild2(0).waitForStart());
            SslManagerAccount renamed = fixture.account("renamed", protocol, 4, "ssl-manager");
            renamed.setFormerNames(SandboxFixture.ACCOUNT);
            SslManagerConfiguration.get()
                    .setAccounts(List.of(fixture.account("another", protocol, 9, "unknown"), renamed));
        });
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("rotate", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.waitForMessage("is RUNNING", build);
            fixture.letTimePass(Duration.ofMinutes(10));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            assertEquals(1, fixture.sandbox.orders("www.example.com"));
        });
    }
}
