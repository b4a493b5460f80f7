package io.jenkins.plugins.sslmanager.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Items;
import hudson.model.Result;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What becomes of builds and orders when grants, jobs, folders or accounts change meanwhile. */
class ChangedGrantsTest extends GrantsOverBothProtocols {

    @Test
    void grantThatIsTakenAwayBeforeTheOrderKeepsItFromBeingSent() throws Exception {
        grant(row("job", NAME, Purpose.ORDER));
        fixture.hold(Task.PREPARE_ORDER);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(rotate, true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        fixture.awaitHeldRequest();
        grant(row("job", NAME, Purpose.READ));
        fixture.release();
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("This job may not order certificate " + id, build);
        assertEquals(0, fixture.sandbox.orders(NAME));
        jenkins.waitUntilNoActivity();

        grant(row("job", NAME, Purpose.ORDER));
        builds.success(job);
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void grantThatIsTakenAwayWhileABuildWaitsKeepsTheCertificateFromBeingDelivered() throws Exception {
        grant(row("job", NAME, Purpose.ORDER));
        fixture.hold(Task.REISSUE);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(rotate, true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        fixture.awaitHeldRequest();
        grant();
        fixture.release();
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));

        grant(row("job", NAME, Purpose.ORDER));
        job.setDefinition(new CpsFlowDefinition(rotate.replace("force: true, ", ""), true));
        builds.success(job);
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void buildThatWaitsGoesOnWhenItsFolderIsRenamedAndItsAccountToo() throws Exception {
        grant(row("team", NAME, Purpose.ORDER));
        Folder team = jenkins.createProject(Folder.class, "team");
        fixture.hold(Task.REISSUE);
        WorkflowRun build = builds.job(team, rotate).scheduleBuild2(0).waitForStart();
        fixture.awaitHeldRequest();

        team.renameTo("crew");
        SslManagerAccount renamed = fixture.account("renamed", protocol, 4, "ssl-manager");
        renamed.setFormerNames(SandboxFixture.ACCOUNT);
        renamed.setGrants(SslManagerConfiguration.get().getAccounts().get(0).getGrants());
        SslManagerConfiguration.get().setAccounts(List.of(renamed));

        fixture.release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void jobThatIsMovedWithAnOpenOrderGoesOnAndOneThatIsMadeInItsPlaceDoesNot() throws Exception {
        grant(row("team/job", NAME, Purpose.ORDER));
        Folder team = jenkins.createProject(Folder.class, "team");
        WorkflowJob job = builds.job(team, reissue);
        builds.success(job);

        Items.move(job, jenkins.createProject(Folder.class, "archive"));
        builds.failure(builds.job(team, rotate), "This job may not use an SSL Manager account.");
        job.setDefinition(new CpsFlowDefinition(rotate.replace("force: true, ", ""), true));
        builds.success(job);
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void jobThatIsDeletedWithAnOpenOrderAndMadeAgainStartsEmpty() throws Exception {
        grant(row("team/job", NAME, Purpose.ORDER));
        Folder team = jenkins.createProject(Folder.class, "team");
        WorkflowJob job = builds.job(team, reissue);
        builds.success(job);

        job.delete();
        builds.failure(builds.job(team, rotate), "This job may not use an SSL Manager account.");
        assertEquals(1, fixture.sandbox.orders(NAME));
        assertEquals(1, Orders.get().book().openOrders().size());
    }
}
