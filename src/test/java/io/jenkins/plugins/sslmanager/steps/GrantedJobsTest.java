package io.jenkins.plugins.sslmanager.steps;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.GlobalMatrixAuthorizationStrategy;
import hudson.security.Permission;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.forms.FormChoices;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import jenkins.scm.api.mixin.ChangeRequestCheckoutStrategy;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverBranches;
import jenkins.scm.impl.mock.MockSCMDiscoverChangeRequests;
import jenkins.scm.impl.mock.MockSCMSource;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.authorizeproject.GlobalQueueItemAuthenticator;
import org.jenkinsci.plugins.authorizeproject.strategy.SpecificUsersAuthorizationStrategy;
import org.jenkinsci.plugins.authorizeproject.strategy.SystemAuthorizationStrategy;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What jobs may do by an account's grants: at the beginning of a step, and again before an order. */
class GrantedJobsTest extends OverBothProtocols {

    private static final String NAME = "www.example.com";
    private static final String ADMINISTRATOR =
            " An administrator sees what is missing in Manage Jenkins » SSL Manager grants";

    private final long id = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);
    private final long other = fixture.sandbox.addCertificate("pay.example.net", AuthMethod.DNS);
    private final String read = "sslCertificateInfo certificateId: " + id;
    private final String rotate =
            "sslRotateCertificate certificateId: " + id + ", force: true, keyAlgorithm: 'EC_P256', storeAs: 'www'";

    private final Builds builds = new Builds(jenkins);

    GrantedJobsTest() {
        super(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sslCertificateInfo", "sslRotateCertificate", "sslReissue", "sslAwaitNotification"})
    void accountWithoutGrantsIsForNobody(String step) throws Exception {
        grant();
        String arguments =
                switch (step) {
                    case "sslReissue" -> " certificateId: " + id + ", csr: '''" + SandboxFixture.csr(NAME) + "'''";
                    case "sslAwaitNotification" -> " jobId: 1";
                    case "sslRotateCertificate" -> " certificateId: " + id + ", storeAs: 'www'";
                    default -> " certificateId: " + id;
                };
        builds.failure(builds.job(step + arguments), "This job may not use an SSL Manager account." + ADMINISTRATOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "there-is-none"})
    void jobIsNotToldWhetherThereIsAnAccountThatItMayNotUse(String account) throws Exception {
        grant(row("team", NAME, Purpose.ORDER));
        builds.failure(
                builds.job(read + ", account: '" + account + "'"),
                "There is no SSL Manager account '" + account + "' that this job may use." + ADMINISTRATOR);
    }

    @Test
    void grantOfAFolderIsForTheJobsInItAlone() throws Exception {
        grant(row("team", NAME, Purpose.ORDER));
        builds.success(builds.job(jenkins.createProject(Folder.class, "team"), rotate));
        builds.failure(
                builds.job(jenkins.createProject(Folder.class, "team2"), rotate),
                "This job may not use an SSL Manager account.");
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void whoMayReadMayNotOrder() throws Exception {
        grant(row("team", NAME, Purpose.READ));
        Folder team = jenkins.createProject(Folder.class, "team");
        WorkflowJob job = builds.job(team, read);
        builds.success(job);
        job.setDefinition(new CpsFlowDefinition(rotate, true));
        builds.failure(
                job,
                "This job may not order certificate " + id + " (" + NAME + ") by SSL Manager account 'test'."
                        + ADMINISTRATOR);
        job.setDefinition(new CpsFlowDefinition(
                "sslPrepareOrder product: 'SSL', csr: '''" + SandboxFixture.csr(NAME) + "'''", true));
        builds.failure(job, "This job may order no certificate by SSL Manager account 'test'." + ADMINISTRATOR);
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void otherCertificateIsRefusedAndNotNamed() throws Exception {
        grant(row("job", NAME, Purpose.ORDER));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        for (String step : List.of("sslCertificateInfo certificateId: " + other, rotate.replace("" + id, "" + other))) {
            job.setDefinition(new CpsFlowDefinition(step, true));
            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains(
                    "ERROR: This job may not get certificate " + other + " by SSL Manager account 'test'."
                            + ADMINISTRATOR,
                    build);
            jenkins.assertLogNotContains("pay.example.net", build);
        }
        assertEquals(0, fixture.sandbox.orders("pay.example.net"));
    }

    @Test
    void outcomeOfAGuessedJobIsNotTold() throws Exception {
        builds.success(builds.job(rotate));
        fixture.orderElsewhere(other, protocol, "pay.example.net");
        long guessed = lastJob();
        grant(row("guesser", NAME, Purpose.ORDER));
        WorkflowJob guesser = jenkins.createProject(WorkflowJob.class, "guesser");
        guesser.setDefinition(new CpsFlowDefinition("sslAwaitNotification " + guessed, true));
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, guesser);
        jenkins.assertLogContains("This job may not get certificate", build);
        jenkins.assertLogNotContains("pay.example.net", build);
    }

    /** Jobs are numbered one after the other. */
    private static long lastJob() {
        return Orders.get().book().ended().latest(1).get(0).jobId() + 1;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contacts | adminContactId: 4711 | other contacts",
                "product | product: 'BASIC_SSL' | another product, term or software",
                "product | software: 'NGINX' | another product, term or software",
                "product | lifetimeMonths: 6 | another product, term or software",
                "names | names: 'shop.example.com' | the additional names [shop.example.com]",
            })
    void orderTakesTheCertificateAsItIsUnlessTicked(String tick, String option, String what) throws Exception {
        Grant row = row("job", "www.example.com, shop.example.com", Purpose.ORDER);
        grant(row);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(rotate + ", dryRun: true, " + option, true));
        builds.failure(
                job,
                "This job may not order certificate " + id + " (" + NAME
                        + ") by SSL Manager account 'test', at least not with " + what + "." + ADMINISTRATOR);
        row.setContacts(tick.equals("contacts"));
        row.setProduct(tick.equals("product"));
        row.setAdditionalNames(tick.equals("names"));
        builds.success(job);
    }

    @Test
    void namesAreLeftOutOnlyWhereTicked() throws Exception {
        long two = fixture.sandbox.addCertificate("two.example.com", AuthMethod.DNS, "old.example.com");
        Grant row = row("job", "two.example.com", Purpose.ORDER);
        grant(row);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(
                new CpsFlowDefinition(rotate.replace("" + id, "" + two) + ", removeNames: 'old.example.com'", true));
        builds.failure(
                job,
                "This job may not order certificate " + two
                        + " (two.example.com) by SSL Manager account 'test', at least"
                        + " not with names of the certificate left out." + ADMINISTRATOR);
        assertEquals(0, fixture.sandbox.orders("two.example.com"));
        row.setRemovedNames(true);
        builds.success(job);
        assertEquals(1, fixture.sandbox.orders("two.example.com"));
    }

    @Test
    void csrOfSomebodyElseIsRefusedUnlessTicked() throws Exception {
        Grant row = row("job", NAME, Purpose.ORDER);
        grant(row);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(
                "sslReissue certificateId: " + id + ", csr: '''" + SandboxFixture.csr(NAME) + "'''", true));
        builds.failure(
                job,
                "This job may not order certificate " + id + " (" + NAME
                        + ") by SSL Manager account 'test', at least not"
                        + " with a CSR that the plugin has not made for it." + ADMINISTRATOR);
        assertEquals(0, fixture.sandbox.orders(NAME));
        assertEquals(List.of(), Orders.get().book().openOrders());
        row.setOtherCsr(true);
        builds.success(job);
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void csrOfThePluginForThisJobNeedsNoTick() throws Exception {
        grant(row("job", NAME, Purpose.ORDER));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(
                "def made = sslGenerateCsr certificateId: " + id + ", keyAlgorithm: 'EC_P256'\n"
                        + "sslReissue certificateId: " + id + ", csr: made.csr",
                true));
        builds.success(job);
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

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
        WorkflowJob job = builds.job(
                team,
                "def made = sslGenerateCsr certificateId: " + id + ", keyAlgorithm: 'EC_P256'\n"
                        + "sslReissue certificateId: " + id + ", csr: made.csr");
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
        WorkflowJob job = builds.job(
                team,
                "def made = sslGenerateCsr certificateId: " + id + ", keyAlgorithm: 'EC_P256'\n"
                        + "sslReissue certificateId: " + id + ", csr: made.csr");
        builds.success(job);

        job.delete();
        builds.failure(builds.job(team, rotate), "This job may not use an SSL Manager account.");
        assertEquals(1, fixture.sandbox.orders(NAME));
        assertEquals(1, Orders.get().book().openOrders().size());
    }

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
    void rowForANumberCountsWhenTheCertificateHasAnotherOne() throws Exception {
        long given = fixture.sandbox.addCertificate("new-id.example.com", AuthMethod.DNS);
        grant(row("job", "" + given, Purpose.ORDER));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(
                "def now = sslRotateCertificate certificateId: " + given
                        + ", force: true, keyAlgorithm: 'EC_P256', storeAs: 'new'\n"
                        + "sslCertificateInfo now.certificateId\nassert now.certificateId != " + given,
                true));
        builds.success(job);
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

    private void grant(Grant... rows) {
        SslManagerAccount account = fixture.account(SandboxFixture.ACCOUNT, protocol, 4, "ssl-manager");
        account.setGrants(List.of(rows));
        SslManagerConfiguration.get().setAccounts(List.of(account));
    }

    private static Grant row(String jobs, String certificates, Purpose allows) {
        Grant row = new Grant();
        row.setJobs(jobs);
        row.setCertificates(certificates);
        row.setAllows(allows);
        return row;
    }

    private static void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        GlobalMatrixAuthorizationStrategy matrix = new GlobalMatrixAuthorizationStrategy();
        matrix.add(Jenkins.ADMINISTER, PermissionEntry.user("admin"));
        for (String user : List.of("author", "alice")) {
            for (Permission permission : List.of(Jenkins.READ, Item.READ, Item.CONFIGURE, Computer.BUILD)) {
                matrix.add(permission, PermissionEntry.user(user));
            }
        }
        jenkins.jenkins.setAuthorizationStrategy(matrix);
    }
}
