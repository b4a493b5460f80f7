package io.jenkins.plugins.sslmanager.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Item;
import hudson.model.Result;
import hudson.security.GlobalMatrixAuthorizationStrategy;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.net.URL;
import java.time.Duration;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A build with credentials that have the account's user name and any password, started by a user who may do no more. */
class AnothersNameTest extends OverBothProtocols {

    private static final String NAME = "www.example.com";

    private final long certificate = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);
    private final Builds builds = new Builds(jenkins);

    AnothersNameTest() {
        super(Duration.ofMinutes(10));
    }

    @Test
    void buildWithTheUsersNameAndAnyPasswordLearnsNothingAndEndsNobodysWait() throws Exception {
        SandboxFixture.addCredentials("guessed", "release", CredentialsScope.GLOBAL, "any");
        WorkflowRun victim = builds.waiting(certificate, NAME);
        WorkflowJob mallorys = builds.job(
                "mallorys",
                "def job = sslAwaitNotification jobId: " + jobOf(victim)
                        + ", credentialsId: 'guessed', timeout: '1h'\necho \"learnt ${job}\"");
        authorize(mallorys);

        assertEquals(201, start("mallory", mallorys));
        WorkflowRun guessing = waitForStart(mallorys);
        jenkins.waitForMessage("Waiting for job " + jobOf(victim), guessing);
        fixture.letTimePass(Duration.ofMinutes(11));

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(victim));
        assertTrue(guessing.isBuilding());
        guessing.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(guessing));
        jenkins.assertLogNotContains("learnt", guessing);
        jenkins.assertLogNotContains(NAME, guessing);
    }

    private static void authorize(Item mallorys) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        GlobalMatrixAuthorizationStrategy matrix = new GlobalMatrixAuthorizationStrategy();
        matrix.add(Jenkins.ADMINISTER, PermissionEntry.user("admin"));
        matrix.add(Jenkins.READ, PermissionEntry.user("mallory"));
        matrix.add(Item.READ, PermissionEntry.user("mallory"));
        matrix.add(Item.BUILD, PermissionEntry.user("mallory"));
        jenkins.jenkins.setAuthorizationStrategy(matrix);
    }

    private static int start(String user, WorkflowJob job) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            WebRequest request =
                    new WebRequest(new URL(client.getContextPath() + job.getUrl() + "build"), HttpMethod.POST);
            return client.withBasicApiToken(user)
                    .withThrowExceptionOnFailingStatusCode(false)
                    .withRedirectEnabled(false)
                    .getPage(client.addCrumb(request))
                    .getWebResponse()
                    .getStatusCode();
        }
    }

    private static WorkflowRun waitForStart(WorkflowJob job) throws Exception {
        while (job.getLastBuild() == null) {
            Thread.onSpinWait();
        }
        return job.getLastBuild();
    }

    private static String jobOf(WorkflowRun build) throws Exception {
        return JenkinsRule.getLog(build).replaceAll("(?s).*Ordered [^\\n]*: job (\\d+).*", "$1");
    }
}
