package io.jenkins.plugins.sslmanager.freestyle;

import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.EMPTY;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.await;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.certificateInfo;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.generateCsr;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.reissue;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.start;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.withParameters;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.Node;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import hudson.tasks.Builder;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.SecretLeaks;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.steps.AwaitNotificationStep;
import io.jenkins.plugins.sslmanager.steps.CertificateInfoStep;
import io.jenkins.plugins.sslmanager.steps.PrepareOrderStep;
import io.jenkins.plugins.sslmanager.steps.ReissueStep;
import java.time.Duration;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;

/** A certificate re-issued by a freestyle job, each step going on from what the ones before it have found out. */
class WholeFreestyleBuildTest extends OverBothProtocols {

    private static final String NAME = "new-id.example.com";
    private static final Duration JOB_DELAY = Duration.ofMinutes(10);

    private final long certificateId = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS, "example.com");

    private final FreestyleJobs jobs = new FreestyleJobs(jenkins);

    WholeFreestyleBuildTest() {
        super(JOB_DELAY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void certificateArrivesInTheWorkspace(boolean onAgent) throws Exception {
        Node node = onAgent ? jenkins.createOnlineSlave() : jenkins.jenkins;
        ReissueStep reissue = new ReissueStep("");
        reissue.setDns("${SSL_DNS_RECORD}");
        AwaitNotificationStep await = new AwaitNotificationStep(EMPTY);
        await.setTimeout("${DAYS}d");
        CertificateInfoStep info = new CertificateInfoStep("");
        info.setDir("certificates/$SSL_CERTIFICATE_NAME");
        info.setKeyFile("key.pem");
        CaptureEnvironmentBuilder prepared = new CaptureEnvironmentBuilder();
        CaptureEnvironmentBuilder ordered = new CaptureEnvironmentBuilder();
        CaptureEnvironmentBuilder issued = new CaptureEnvironmentBuilder();
        FreeStyleProject job = withParameters(
                jobs.job(
                        generateCsr(),
                        new PrepareOrderBuilder(new PrepareOrderStep()),
                        prepared,
                        new ReissueBuilder(reissue),
                        ordered,
                        new AwaitNotificationBuilder(await),
                        new CertificateInfoBuilder(info),
                        issued),
                Map.of("SSL_CERTIFICATE_ID", Long.toString(certificateId), "DAYS", "2"));
        job.setAssignedNode(node);

        FreeStyleBuild build = start(job);
        jenkins.waitForMessage("is RUNNING", build);
        fixture.letTimePass(JOB_DELAY);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));

        assertThat(prepared.getEnvVars().get("SSL_DNS_RECORD"), startsWith(NAME));
        assertThat(prepared.getEnvVars(), hasEntry("SSL_CSR_FILE", "request.csr"));
        assertThat(ordered.getEnvVars(), hasEntry("SSL_CERTIFICATE_ID", Long.toString(certificateId)));
        EnvVars last = issued.getEnvVars();
        assertThat(last, hasEntry("SSL_KEY_FILE", "key.pem"));
        jenkins.assertLogContains("Ordered " + NAME + ": job " + last.get("SSL_JOB_ID"), build);
        assertTrue(Long.parseLong(last.get("SSL_CERTIFICATE_ID")) > certificateId, "The re-issued one has a new id");
        assertIssued(node.getWorkspaceFor(job), last);
        SecretLeaks.assertNone(jenkins, SandboxFixture.PASSWORD);
        SecretLeaks.assertNone(jenkins, secondLine(node.getWorkspaceFor(job).child("key.pem")));
    }

    private static String secondLine(FilePath key) throws Exception {
        return key.readToString().lines().skip(1).findFirst().orElseThrow();
    }

    private static void assertIssued(FilePath workspace, EnvVars variables) throws Exception {
        assertEquals("certificates/" + NAME + "/leaf.pem", variables.get("SSL_CERTIFICATE_LEAF_FILE"));
        assertEquals(
                CertificateSigningRequest.parse(workspace.child("request.csr").readToString())
                        .publicKey(),
                Pem.certificate(workspace
                                .child(variables.get("SSL_CERTIFICATE_LEAF_FILE"))
                                .readToString())
                        .getPublicKey());
        assertEquals("false", variables.get("SSL_CERTIFICATE_DUE"));
    }

    @Test
    void buildSaysThatItsAgentIsAway() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        FreeStyleProject job = jobs.wholeReissue(certificateId);
        job.setAssignedNode(agent);
        FreeStyleBuild build = start(job);
        jenkins.waitForMessage("is RUNNING", build);
        agent.toComputer().disconnect(new OfflineCause.UserCause(null, "away")).get();
        fixture.letTimePass(JOB_DELAY);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains(
                "ERROR: The workspace is out of reach: the agent " + agent.getNodeName()
                        + " is not connected. Run the step again when it is back",
                build);
    }

    @Test
    void freestyleJobsAndPipelinesShareOneQueue() throws Exception {
        FreeStyleBuild first = start(jobs.wholeReissue(certificateId));
        FreeStyleBuild second =
                start(jobs.wholeReissue(fixture.sandbox.addCertificate("b.example.com", AuthMethod.DNS)));
        WorkflowRun third = new Builds(jenkins)
                .waiting(fixture.sandbox.addCertificate("c.example.com", AuthMethod.DNS), "c.example.com");
        jenkins.waitForMessage("is RUNNING", first);
        jenkins.waitForMessage("is RUNNING", second);
        fixture.letTimePass(JOB_DELAY);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(third));
        assertEquals(3, fixture.sandbox.confirmedMessageIds().size());
    }

    @Test
    void buildsOfOneJobDoNotWaitForEachOther() throws Exception {
        long never = fixture.sandbox.addCertificate("job-support.example.com", AuthMethod.DNS);
        FreeStyleProject job = jobs.wholeReissue(never);
        job.setConcurrentBuild(true);
        FreeStyleBuild first = start(job);
        jenkins.waitForMessage("is SUPPORT", first);
        FreeStyleBuild second = job.scheduleBuild2(
                        0,
                        new ParametersAction(
                                new StringParameterValue("SSL_CERTIFICATE_ID", Long.toString(certificateId))))
                .waitForStart();
        jenkins.waitForMessage("is RUNNING", second);
        fixture.letTimePass(JOB_DELAY);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));
        assertTrue(first.isBuilding());
        first.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(first));
    }

    @Test
    void outputsOfTheLastStepCount() throws Exception {
        long other = fixture.sandbox.addCertificate("other.example.com", AuthMethod.DNS);
        CaptureEnvironmentBuilder after = new CaptureEnvironmentBuilder();
        jenkins.buildAndAssertSuccess(
                jobs.job(certificateInfo(certificateId), certificateInfo(other), certificateInfo(EMPTY), after));
        assertThat(after.getEnvVars(), hasEntry("SSL_CERTIFICATE_ID", Long.toString(other)));
        assertThat(after.getEnvVars(), hasEntry("SSL_CERTIFICATE_NAME", "other.example.com"));
    }

    @Test
    void buildIsUnstableWhenTheCertificateIsDue() throws Exception {
        CertificateInfoStep watch = new CertificateInfoStep(FreestyleJobs.text(certificateId));
        watch.setDue("99%");
        watch.setUnstableWhenDue(true);
        CaptureEnvironmentBuilder after = new CaptureEnvironmentBuilder();
        jenkins.buildAndAssertStatus(Result.UNSTABLE, jobs.job(new CertificateInfoBuilder(watch), after));
        assertThat(after.getEnvVars(), hasEntry("SSL_CERTIFICATE_DUE", "true"));
    }

    @Test
    void jobsThatWereConfiguredBeforeAStepGotMoreParametersStillWork() throws Exception {
        Object old = Items.XSTREAM2.fromXML("""
                <%1$s.freestyle.CertificateInfoBuilder>
                  <step class="%1$s.steps.CertificateInfoStep">
                    <certificate>%2$d</certificate>
                  </step>
                </%1$s.freestyle.CertificateInfoBuilder>
                """.formatted("io.jenkins.plugins.sslmanager", certificateId));
        FreeStyleProject job = jobs.job((Builder) old);
        jenkins.buildAndAssertSuccess(job);
        assertTrue(jenkins.jenkins.getWorkspaceFor(job).child("fullchain.pem").exists());
    }
}
