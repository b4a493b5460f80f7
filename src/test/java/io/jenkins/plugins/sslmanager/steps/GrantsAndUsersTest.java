package io.jenkins.plugins.sslmanager.steps;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.forms.FormChoices;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import jenkins.branch.BranchSource;
import jenkins.scm.api.mixin.ChangeRequestCheckoutStrategy;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverBranches;
import jenkins.scm.impl.mock.MockSCMDiscoverChangeRequests;
import jenkins.scm.impl.mock.MockSCMSource;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.authorizeproject.GlobalQueueItemAuthenticator;
import org.jenkinsci.plugins.authorizeproject.strategy.SpecificUsersAuthorizationStrategy;
import org.jenkinsci.plugins.authorizeproject.strategy.SystemAuthorizationStrategy;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** A grant is the job's, whoever starts, replays, proposes or configures it; and what an administrator and an author see. */
class GrantsAndUsersTest extends GrantsOverBothProtocols {

    @ParameterizedTest
    @CsvSource({"granted, SYSTEM, true", "granted, alice, true", "refused, SYSTEM, false", "refused, admin, false"})
    void jobCountsAndNotAsWhomItsBuildsRun(String name, String user, boolean allowed) throws Exception {
        secure();
        grant(row("granted", NAME, Purpose.READ));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new GlobalQueueItemAuthenticator(
                        user.equals("SYSTEM")
                                ? new SystemAuthorizationStrategy()
                                : new SpecificUsersAuthorizationStrategy(user)));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(read, true));
        WorkflowRun build = jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
        assertEquals(allowed ? Result.SUCCESS : Result.FAILURE, build.getResult());
    }

    @Test
    void replayedBuildHasTheJobsGrantAndNoMore() throws Exception {
        grant(row("job", NAME, Purpose.READ));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(read, true));
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        build.getAction(ReplayAction.class).run(read, Map.of());
        jenkins.waitUntilNoActivity();
        jenkins.assertBuildStatusSuccess(job.getBuildByNumber(2));
        build.getAction(ReplayAction.class).run(rotate, Map.of());
        jenkins.waitUntilNoActivity();
        jenkins.assertBuildStatus(Result.FAILURE, job.getBuildByNumber(3));
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void ownCredentialsNeedTheAccountsGrant() throws Exception {
        grant(row("team/granted", NAME, Purpose.READ));
        SandboxFixture.addCredentials("mine", CredentialsScope.GLOBAL, SandboxFixture.PASSWORD);
        String own = read + ", credentialsId: 'mine'";
        builds.failure(builds.job(own), "This job may not use an SSL Manager account.");
        WorkflowJob granted = jenkins.createProject(Folder.class, "team").createProject(WorkflowJob.class, "granted");
        granted.setDefinition(new CpsFlowDefinition(own, true));
        builds.success(granted);
    }

    @Test
    void changeRequestsCountOnlyWhereTicked() throws Exception {
        Grant row = row("project", NAME, Purpose.READ);
        grant(row);
        try (MockSCMController scm = MockSCMController.create()) {
            scm.createRepository("repository");
            scm.addFile("repository", "master", "Read", "Jenkinsfile", read.getBytes(StandardCharsets.UTF_8));
            int number = scm.openChangeRequest("repository", "master");
            WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, "project");
            project.getSourcesList()
                    .add(new BranchSource(new MockSCMSource(
                            scm,
                            "repository",
                            new MockSCMDiscoverBranches(),
                            new MockSCMDiscoverChangeRequests(ChangeRequestCheckoutStrategy.HEAD))));
            project.scheduleBuild2(0).getFuture().get();
            jenkins.waitUntilNoActivity();

            WorkflowJob request = project.getItem("CR-" + number);
            jenkins.assertBuildStatusSuccess(project.getItem("master").getLastBuild());
            jenkins.assertBuildStatus(Result.FAILURE, request.getLastBuild());
            jenkins.assertLogContains("This job may not use an SSL Manager account.", request.getLastBuild());

            row.setChangeRequests(true);
            builds.success(request);
        }
    }

    @ParameterizedTest
    @CsvSource({"author, granted, true", "author, refused, false", "admin, refused, true"})
    void formsNameAccountsToThoseWhoMayUseThem(String user, String name, boolean named) throws Exception {
        secure();
        grant(row("granted", NAME, Purpose.READ));
        Item item = jenkins.createProject(WorkflowJob.class, name);
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2())) {
            assertEquals(named, FormChoices.accounts(item).stream().anyMatch(option -> option.value.equals("test")));
        }
    }

    @Test
    void administratorIsShownTheRowThatIsMissing() throws Exception {
        grant(row("elsewhere", NAME, Purpose.READ));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        grant(row("job", NAME, Purpose.READ));
        job.setDefinition(new CpsFlowDefinition(rotate + ", names: 'new.example.com'", true));
        jenkins.buildAndAssertStatus(Result.FAILURE, job);
        secure();
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        String page = client.withBasicCredentials("admin")
                .goTo("manage/ssl-manager-grants/")
                .getWebResponse()
                .getContentAsString()
                .replace("&quot;", "\"");
        assertThat(page, containsString("""
                - jobs: "job"
                  certificates: "www.example.com, new.example.com"
                  allows: ORDER
                  additionalNames: true"""));
        assertEquals(
                403,
                jenkins.createWebClient()
                        .withThrowExceptionOnFailingStatusCode(false)
                        .withBasicCredentials("author")
                        .goTo("manage/ssl-manager-grants/")
                        .getWebResponse()
                        .getStatusCode());
    }

    @Test
    void nothingOfTheAccountIsInTheLogOfARefusedBuild() throws Exception {
        grant(row("team", NAME, Purpose.READ));
        WorkflowJob job = builds.job(read);
        jenkins.buildAndAssertStatus(Result.FAILURE, job);
        String log = JenkinsRule.getLog(job.getLastBuild());
        assertThat(log, not(containsString("'test'")));
        assertThat(log, not(containsString(NAME)));
        assertTrue(log.contains("This job may not use an SSL Manager account."));
    }
}
