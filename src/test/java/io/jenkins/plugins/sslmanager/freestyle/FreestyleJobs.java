package io.jenkins.plugins.sslmanager.freestyle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.stringContainsInOrder;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.tasks.Builder;
import io.jenkins.plugins.sslmanager.steps.AwaitNotificationStep;
import io.jenkins.plugins.sslmanager.steps.CertificateInfoStep;
import io.jenkins.plugins.sslmanager.steps.GenerateCsrStep;
import io.jenkins.plugins.sslmanager.steps.ReissueStep;
import java.util.List;
import java.util.Map;
import org.jvnet.hudson.test.JenkinsRule;

/** Freestyle jobs and their builds. */
final class FreestyleJobs {

    /** An id that is left empty in the form. */
    static final long EMPTY = 0;

    private final JenkinsRule jenkins;

    FreestyleJobs(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    static String text(long certificateId) {
        return certificateId == EMPTY ? "" : Long.toString(certificateId);
    }

    FreeStyleProject job(Builder... builders) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().addAll(List.of(builders));
        return job;
    }

    /** All that a re-issue needs, with nothing but the id in the variable {@code SSL_CERTIFICATE_ID}. */
    FreeStyleProject wholeReissue(long certificateId) throws Exception {
        return withParameters(
                job(generateCsr(), reissue(EMPTY), await(EMPTY), certificateInfo(EMPTY)),
                Map.of("SSL_CERTIFICATE_ID", Long.toString(certificateId)));
    }

    static FreeStyleProject withParameters(FreeStyleProject job, Map<String, String> parameters) throws Exception {
        job.addProperty(new ParametersDefinitionProperty(parameters.entrySet().stream()
                .map(parameter -> new StringParameterDefinition(parameter.getKey(), parameter.getValue()))
                .toArray(StringParameterDefinition[]::new)));
        return job;
    }

    static FreeStyleBuild start(FreeStyleProject job) throws Exception {
        return job.scheduleBuild2(0).waitForStart();
    }

    /** Fails for a reason that is told without a stack trace; an ellipsis in the message stands for what varies. */
    void failure(FreeStyleProject job, String message) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(JenkinsRule.getLog(build), stringContainsInOrder(("ERROR: " + message).split(" … ")));
        jenkins.assertLogNotContains("\tat ", build);
    }

    static GenerateCsrBuilder generateCsr() {
        GenerateCsrStep step = new GenerateCsrStep();
        step.setKeyAlgorithm("EC_P256");
        return new GenerateCsrBuilder(step);
    }

    static ReissueBuilder reissue(long certificateId) {
        return new ReissueBuilder(new ReissueStep(text(certificateId)));
    }

    static AwaitNotificationBuilder await(long jobId) {
        return new AwaitNotificationBuilder(new AwaitNotificationStep(jobId));
    }

    static CertificateInfoBuilder certificateInfo(long certificateId) {
        return new CertificateInfoBuilder(new CertificateInfoStep(text(certificateId)));
    }
}
