package io.jenkins.plugins.sslmanager;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.stringContainsInOrder;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Builds of Pipelines, each a job of its own, in the sandbox for scripts. */
public final class Builds {

    private final JenkinsRule jenkins;

    public Builds(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    public WorkflowJob job(String script) throws Exception {
        return withScript(jenkins.createProject(WorkflowJob.class), script);
    }

    public WorkflowJob job(String name, String script) throws Exception {
        return withScript(jenkins.createProject(WorkflowJob.class, name), script);
    }

    /** Has the next build run another script. */
    public static WorkflowJob withScript(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    public WorkflowJob job(Folder folder, String script) throws Exception {
        return withScript(folder.createProject(WorkflowJob.class, "job"), script);
    }

    public WorkflowRun start(String script) throws Exception {
        return job(script).scheduleBuild2(0).waitForStart();
    }

    /** Has ordered, and waits for the service. */
    public WorkflowRun waiting(WorkflowJob job) throws Exception {
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is RUNNING", build);
        return build;
    }

    /** Has ordered a certificate, and waits for it. */
    public WorkflowRun waiting(long certificateId, String name) throws Exception {
        return waiting(job("sslAwaitNotification jobId: sslReissue(certificate: %d, csr: '''%s''').jobId"
                .formatted(certificateId, SandboxFixture.csr(name))));
    }

    public WorkflowRun success(WorkflowJob job) throws Exception {
        return jenkins.buildAndAssertSuccess(job);
    }

    /** Fails for a reason that is told without a stack trace; an ellipsis in the message stands for what varies. */
    public void failure(WorkflowJob job, String message) throws Exception {
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(JenkinsRule.getLog(build), stringContainsInOrder(("ERROR: " + message).split(" … ")));
        jenkins.assertLogNotContains("\tat ", build);
    }
}
