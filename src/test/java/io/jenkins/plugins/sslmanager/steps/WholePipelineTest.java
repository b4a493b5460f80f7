package io.jenkins.plugins.sslmanager.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.RestartsOverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.SecretLeaks;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** A certificate re-issued by a Pipeline, from the check of the CSR to the files in the workspace. */
class WholePipelineTest extends RestartsOverBothProtocols {

    private static final String PIPELINE = """
            def csr = '''%2$s'''
            def prepared = sslPrepareOrder certificate: %1$d, csr: csr
            echo "validated by ${prepared.authentication.DNS.dns}"
            def order = sslReissue certificate: %1$d, csr: csr
            def ended = sslAwaitNotification jobId: order.jobId, timeout: '1h'
            node('%3$s') {
              def issued = sslCertificateInfo certificate: ended.certificateId, csr: csr,
                  previousSerialNumber: order.previousSerialNumber, dir: 'certificates'
              echo "issued ${issued.names} until ${issued.notAfter}, ${issued.daysLeft} days, in ${issued.files.fullchain}"
            }
            """;

    private static final String NAME = "www.example.com";

    private final long certificateId = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS, "example.com");
    private final String csr = SandboxFixture.csr(NAME, "example.com");

    WholePipelineTest() {
        super(Duration.ofMinutes(10));
    }

    @Test
    void certificateArrivesInTheWorkspace() throws Throwable {
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            WorkflowRun build = start(jenkins, "built-in");
            jenkins.waitForMessage("is RUNNING", build);
            fixture.letTimePass(Duration.ofMinutes(10));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("validated by example.com", build);
            jenkins.assertLogContains("issued [www.example.com, example.com]", build);
            assertIssued(jenkins.jenkins.getWorkspaceFor(build.getParent()));
            assertEquals(1, fixture.sandbox.orders(NAME));
            assertEquals(1, fixture.sandbox.confirmedMessageIds().size());
            SecretLeaks.assertNone(jenkins, SandboxFixture.PASSWORD);
        });
    }

    @Test
    void certificateArrivesOnAnAgent() throws Throwable {
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            DumbSlave agent = jenkins.createOnlineSlave();
            WorkflowRun build = start(jenkins, agent.getNodeName());
            jenkins.waitForMessage("is RUNNING", build);
            fixture.letTimePass(Duration.ofMinutes(10));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            assertIssued(agent.getWorkspaceFor(build.getParent()));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"PREPARE_ORDER", "REISSUE", "JOB_INFO"})
    void buildGoesOnAfterARestartWhileTheServiceHasARequest(Task request) throws Throwable {
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            fixture.hold(request);
            start(jenkins, "built-in");
            fixture.awaitHeldRequest();
        });
        fixture.release();
        sessions.then(jenkins -> {
            WorkflowRun build = onlyBuild(jenkins);
            jenkins.waitForMessage("is RUNNING", build);
            fixture.letTimePass(Duration.ofMinutes(10));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            assertIssued(jenkins.jenkins.getWorkspaceFor(build.getParent()));
            assertEquals(1, fixture.sandbox.orders(NAME), "The certificate is ordered once, whatever happens");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void buildGoesOnAfterARestartWhileTheCertificateIsFetched(boolean onAgent) throws Throwable {
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            String node = onAgent ? jenkins.createOnlineSlave().getNodeName() : "built-in";
            WorkflowRun build = start(jenkins, node);
            jenkins.waitForMessage("is RUNNING", build);
            fixture.hold(Task.CERTIFICATE_INFO);
            fixture.letTimePass(Duration.ofMinutes(10));
            fixture.awaitHeldRequest();
        });
        fixture.release();
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(onlyBuild(jenkins)));
            WorkflowJob job = build.getParent();
            assertIssued(
                    onAgent
                            ? jenkins.jenkins.getNodes().get(0).getWorkspaceFor(job)
                            : jenkins.jenkins.getWorkspaceFor(job));
        });
    }

    @Test
    void timeLimitCountsWhileJenkinsIsDown() throws Throwable {
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            WorkflowRun build = start(jenkins, "sslAwaitNotification jobId: 4711, timeout: '1s'", "await");
            fixture.hold(Task.JOB_INFO);
            fixture.awaitHeldRequest();
            jenkins.assertLogNotContains("time limit", build);
        });
        fixture.release();
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("await", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("had not ended at the time limit", build);
        });
    }

    @Test
    void abortEndsTheWaitAtOnce() throws Throwable {
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            WorkflowRun build = start(jenkins, "built-in");
            jenkins.waitForMessage("is RUNNING", build);
            build.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            assertEquals(0, fixture.sandbox.confirmedMessageIds().size());
        });
    }

    private WorkflowRun start(JenkinsRule jenkins, String node) throws Exception {
        return start(jenkins, PIPELINE.formatted(certificateId, csr, node), "reissue");
    }

    private static WorkflowRun start(JenkinsRule jenkins, String script, String name) throws Exception {
        return new Builds(jenkins).job(name, script).scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun onlyBuild(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("reissue", WorkflowJob.class).getBuildByNumber(1);
    }

    private void assertIssued(FilePath workspace) throws Exception {
        FilePath folder = workspace.child("certificates");
        assertEquals(
                CertificateSigningRequest.parse(csr).publicKey(),
                Pem.certificate(folder.child("leaf.pem").readToString()).getPublicKey());
        assertEquals(
                2,
                Pem.certificates(folder.child("fullchain.pem").readToString()).size());
        assertEquals(
                1, Pem.certificates(folder.child("chain.pem").readToString()).size());
        assertTrue(folder.child("root.pem").exists());
        assertEquals(4, folder.list().size());
    }
}
