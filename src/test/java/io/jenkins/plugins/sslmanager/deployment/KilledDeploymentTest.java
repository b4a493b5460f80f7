package io.jenkins.plugins.sslmanager.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.FilePath;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A Jenkins in a process of its own ends while the block of a deployment runs, and starts again with the files that are there. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The block is a shell step")
class KilledDeploymentTest {

    private static final String NAME = "www.example.com";

    /** Quicker to start than with all optimizations. */
    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().javaOptions("-XX:TieredStopAtLevel=1");

    private final SandboxFixture fixture = new SandboxFixture(Duration.ZERO);

    @TempDir
    private Path folder;

    @AfterEach
    void closeSandbox() {
        fixture.close();
    }

    @Test
    void nextBuildRunsTheBlockOfAKilledOneAndDeletesItsFiles() throws Throwable {
        startInBlock(FlowDurabilityHint.PERFORMANCE_OPTIMIZED);
        Process process = controller.getProcess();
        controller.stopJenkinsForcibly();
        process.waitFor();
        Files.createFile(folder.resolve("go"));

        controller.startJenkins();
        String before = controller.call(KilledDeploymentTest::files);
        assertTrue(before.contains("key.pem"), before);
        controller.run(jenkins -> assertShown("Deployment not finished", jenkins));
        controller.run(jenkins -> {
            WorkflowRun second = jenkins.buildAndAssertSuccess(job(jenkins));
            jenkins.assertLogContains("build #1 did not come to the end of it", second);
            jenkins.assertLogContains("'web' has it now", second);
            assertShown("In use", jenkins);
            jenkins.assertLogContains("Nothing is left to do", jenkins.buildAndAssertSuccess(job(jenkins)));
        });
        assertEquals(1, fixture.sandbox.orders(NAME));
        assertEquals("", controller.call(KilledDeploymentTest::files));
    }

    @Test
    void blockGoesOnAfterAStopAndItsFilesAreDeleted() throws Throwable {
        startInBlock(FlowDurabilityHint.MAX_SURVIVABILITY);
        controller.stopJenkins();
        Files.createFile(folder.resolve("go"));

        controller.startJenkins();
        controller.run(jenkins -> {
            WorkflowRun first = job(jenkins).getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
            jenkins.assertLogContains("'web' has it now", first);
        });
        assertEquals("", controller.call(KilledDeploymentTest::files));
    }

    private void startInBlock(FlowDurabilityHint durability) throws Throwable {
        fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);
        controller.startJenkins();
        String go = folder.resolve("go").toString();
        String url = fixture.url(Protocol.JSON);
        controller.run(jenkins -> {
            SandboxFixture.addCredentials("ssl-manager", CredentialsScope.SYSTEM, SandboxFixture.PASSWORD);
            SslManagerConfiguration.get()
                    .setAccounts(List.of(
                            SandboxFixture.account(SandboxFixture.ACCOUNT, Protocol.JSON, url, 4, "ssl-manager")));
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
            job.addProperty(new DurabilityHintJobProperty(durability));
            job.setDefinition(new CpsFlowDefinition(
                    ("sslRotateCertificate certificates: '" + NAME + "', storeAs: 'www', keyAlgorithm: 'EC_P256'\n"
                                    + "node { sslDeployCertificate(credentialsId: 'www', target: 'web') {"
                                    + " sh 'echo in the block; while [ ! -e %s ]; do sleep 0.1; done' } }")
                            .formatted(go),
                    true));
            jenkins.waitForMessage("in the block\n", job.scheduleBuild2(0).waitForStart());
        });
    }

    // From here on in the process of Jenkins.

    private static void assertShown(String state, JenkinsRule jenkins) throws Exception {
        String page = jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .goTo(job(jenkins).getUrl())
                .asNormalizedText();
        assertTrue(page.contains("web " + state), page);
    }

    private static WorkflowJob job(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("job", WorkflowJob.class);
    }

    /** The names of what lies beside the workspace. */
    private static String files(JenkinsRule jenkins) throws Exception {
        FilePath temporary = WorkspaceList.tempDir(jenkins.jenkins.getWorkspaceFor(job(jenkins)));
        return String.join(
                " ",
                List.of(temporary.list("ssl-manager/**")).stream()
                        .map(FilePath::getName)
                        .toList());
    }
}
