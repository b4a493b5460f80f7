package io.jenkins.plugins.sslmanager.steps;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.RestartsOverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxAccount;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Many builds, one queue, and a restart in the middle. */
class ManyBuildsTest extends RestartsOverBothProtocols {

    private static final int BUILDS = 50;
    private static final int BUILDS_OF_SECOND = 5;

    private static final String PIPELINE = """
            def csr = '''%3$s'''
            def order = sslReissue account: '%1$s', certificate: %2$d, csr: csr
            def ended = sslAwaitNotification account: '%1$s', jobId: order.jobId
            sslCertificateInfo account: '%1$s', certificate: ended.certificateId, csr: csr,
                previousSerialNumber: order.previousSerialNumber
            """;

    ManyBuildsTest() {
        super(Duration.ofMinutes(10));
    }

    @Test
    void eachBuildGetsItsOwnCertificateAfterARestartAndPastAForeignMessage() throws Throwable {
        long foreign = fixture.sandbox.addForeignMessage("foreign.example.net");
        SandboxAccount second = fixture.sandbox.account("second", 9);
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            SandboxFixture.addCredentials("second", "second", CredentialsScope.SYSTEM, SandboxFixture.PASSWORD);
            SslManagerConfiguration.get()
                    .setAccounts(List.of(
                            fixture.account(SandboxFixture.ACCOUNT, protocol, 4, "ssl-manager"),
                            fixture.account("second", protocol, 9, "second")));
            for (int i = 0; i < BUILDS; i++) {
                String name = "own-" + i + ".example.com";
                start(jenkins, SandboxFixture.ACCOUNT, name, fixture.sandbox.addCertificate(name, AuthMethod.DNS));
            }
            for (int i = 0; i < BUILDS_OF_SECOND; i++) {
                String name = "second-" + i + ".example.com";
                start(jenkins, "second", name, second.addCertificate(name, AuthMethod.DNS));
            }
            for (WorkflowRun build : builds(jenkins)) {
                jenkins.waitForMessage("[Pipeline] sslAwaitNotification", build);
            }
        });
        fixture.letTimePass(Duration.ofMinutes(10));
        sessions.then(jenkins -> {
            List<WorkflowRun> builds = builds(jenkins);
            assertEquals(BUILDS + BUILDS_OF_SECOND, builds.size());
            for (WorkflowRun build : builds) {
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            }
        });
        for (int i = 0; i < BUILDS; i++) {
            assertEquals(1, fixture.sandbox.orders("own-" + i + ".example.com"));
        }
        assertThat(fixture.sandbox.queuedMessageIds(), hasItem(foreign));
        assertThat(fixture.sandbox.confirmedMessageIds(), not(hasItem(foreign)));
        assertEquals(BUILDS_OF_SECOND, second.confirmedMessageIds().size());
    }

    private static void start(JenkinsRule jenkins, String account, String name, long certificateId) throws Exception {
        new Builds(jenkins)
                .job(name, PIPELINE.formatted(account, certificateId, SandboxFixture.csr(name)))
                .scheduleBuild2(0)
                .waitForStart();
    }

    private static List<WorkflowRun> builds(JenkinsRule jenkins) {
        return jenkins.jenkins.getAllItems(WorkflowJob.class).stream()
                .map(job -> job.getBuildByNumber(1))
                .toList();
    }
}
