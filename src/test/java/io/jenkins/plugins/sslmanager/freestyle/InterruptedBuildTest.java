package io.jenkins.plugins.sslmanager.freestyle;

import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.EMPTY;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.await;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.certificateInfo;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.start;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.sslmanager.RestartsOverBothProtocols;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Builds that end before their order does, and other builds that bring in the certificate. */
class InterruptedBuildTest extends RestartsOverBothProtocols {

    private static final String NAME = "www.example.com";
    private static final Duration JOB_DELAY = Duration.ofMinutes(10);
    private static final Pattern JOB = Pattern.compile("Ordered " + NAME + ": job (\\d+)");

    private final long certificateId = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);

    InterruptedBuildTest() {
        super(JOB_DELAY);
    }

    @Test
    void abortFreesTheExecutorAtOnceAndTheOrderGoesOn() throws Throwable {
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            jenkins.jenkins.setNumExecutors(1);
            FreeStyleBuild build = start(new FreestyleJobs(jenkins).wholeReissue(certificateId));
            jenkins.waitForMessage("is RUNNING", build);
            build.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            jenkins.assertLogNotContains("\tat ", build);
            collect(jenkins, build);
        });
    }

    @Test
    void restartEndsTheBuildAndTheOrderGoesOn() throws Throwable {
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            FreeStyleBuild build = start(new FreestyleJobs(jenkins).wholeReissue(certificateId));
            jenkins.waitForMessage("is RUNNING", build);
        });
        sessions.then(jenkins -> {
            FreeStyleBuild build =
                    jenkins.jenkins.getAllItems(FreeStyleProject.class).get(0).getLastBuild();
            jenkins.assertBuildStatus(Result.ABORTED, build);
            collect(jenkins, build);
        });
    }

    /** Another job, in the workspace of the first. */
    private void collect(JenkinsRule jenkins, FreeStyleBuild interrupted) throws Exception {
        FreeStyleProject job = FreestyleJobs.withParameters(
                new FreestyleJobs(jenkins).job(await(EMPTY), certificateInfo(EMPTY)), Map.of("SSL_JOB_ID", ""));
        job.setCustomWorkspace(
                jenkins.jenkins.getWorkspaceFor(interrupted.getParent()).getRemote());
        Matcher order = JOB.matcher(JenkinsRule.getLog(interrupted));
        assertTrue(order.find());
        FreeStyleBuild build = job.scheduleBuild2(
                        0, new ParametersAction(new StringParameterValue("SSL_JOB_ID", order.group(1))))
                .waitForStart();
        fixture.letTimePass(JOB_DELAY);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertEquals(1, fixture.sandbox.orders(NAME));
    }
}
