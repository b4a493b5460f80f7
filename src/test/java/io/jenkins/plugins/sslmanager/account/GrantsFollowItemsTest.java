package io.jenkins.plugins.sslmanager.account;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What becomes of grants when jobs and folders are renamed, moved, deleted and made again: nothing gets more than it had. */
@WithJenkins
class GrantsFollowItemsTest {

    private static JenkinsRule jenkins;

    private Folder team;
    private Folder others;
    private FreeStyleProject job;

    @BeforeAll
    static void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void makeItems() throws Exception {
        SslManagerConfiguration.get().setAccounts(List.of());
        SslManagerConfiguration.get().allow(any -> true);
        for (TopLevelItem item : jenkins.jenkins.getItems()) {
            item.delete();
        }
        team = jenkins.createProject(Folder.class, "team");
        others = jenkins.createProject(Folder.class, "others");
        job = team.createProject(FreeStyleProject.class, "job");
    }

    @Test
    void rowFollowsTheJobThatItNames() throws Exception {
        grant("team/job");
        job.renameTo("renamed");
        assertGranted(job);
        Items.move(job, others);
        assertGranted(job);
        assertEquals("others/job".replace("job", "renamed"), jobsOfTheRow());
    }

    @Test
    void rowFollowsTheFolderThatItNames() throws Exception {
        grant("team");
        team.renameTo("crew");
        assertGranted(job);
        assertGranted(team.createProject(FreeStyleProject.class, "another"));
        assertEquals("crew", jobsOfTheRow());
    }

    @Test
    void rowFollowsTheFolderThatItsJobsAreIn() throws Exception {
        grant("team/job\nteam/*");
        Items.move(team, others);
        assertGranted(job);
        assertEquals("others/team/job\nothers/team/*", jobsOfTheRow());
    }

    @Test
    void newJobUnderTheFormerNameHasNoGrant() throws Exception {
        grant("team/job");
        job.renameTo("renamed");
        assertRefused(team.createProject(FreeStyleProject.class, "job"));
    }

    @Test
    void newJobUnderTheFormerNameHasNoGrantEvenIfConfigurationAsCodeSaysTheOldNameAgain() throws Exception {
        grant("team/job");
        job.renameTo("renamed");
        FreeStyleProject successor = team.createProject(FreeStyleProject.class, "job");
        grant("team/job");
        assertRefused(successor);
        assertRefused(job);
    }

    @Test
    void jobThatIsRenamedBackHasItsGrantAgain() throws Exception {
        grant("team/job");
        job.renameTo("renamed");
        job.renameTo("job");
        assertGranted(job);
        grant("team/job");
        assertGranted(job);
    }

    @Test
    void moveIntoAGrantedFolderWaitsForAnAdministrator() throws Exception {
        grant("team");
        FreeStyleProject stranger = others.createProject(FreeStyleProject.class, "stranger");
        Items.move(stranger, team);
        assertRefused(stranger);
        assertGranted(job);
        assertEquals(
                List.of("team/stranger"),
                monitor().getWaiting().stream().map(GrantsPage.Waiting::getItem).toList());

        stranger.renameTo("disguised");
        assertRefused(stranger);
        Items.move(stranger, others);
        assertRefused(stranger);
        Items.move(stranger, team);
        assertRefused(stranger);
    }

    @Test
    void renameThatFitsAPatternWaitsForAnAdministrator() throws Exception {
        grant("team/nightly-*");
        job.renameTo("nightly-of-mine");
        assertRefused(job);
        grant("team/nightly-*");
        assertRefused(job);
    }

    @Test
    void folderThatIsMovedTakesNothingInThatItHadNot() throws Exception {
        grant("*/deploy");
        Folder inner = others.createProject(Folder.class, "inner");
        FreeStyleProject deploy = inner.createProject(FreeStyleProject.class, "deploy");
        assertRefused(deploy);
        Items.move(inner, jenkins.jenkins);
        assertRefused(deploy);
        Items.move(inner, others);
        Items.move(inner, jenkins.jenkins);
        assertRefused(deploy);
    }

    @Test
    void jobThatHadTheGrantBeforeTheMoveHasItAfter() throws Exception {
        grant("team\nothers");
        Items.move(job, others);
        assertGranted(job);
        assertEquals(List.of(), monitor().getWaiting());
    }

    @Test
    void deletedJobsRowClosesAndANewJobOfThatNameStartsEmpty() throws Exception {
        grant("team/job");
        job.delete();
        assertEquals(List.of(), monitor().getWaiting());
        FreeStyleProject again = team.createProject(FreeStyleProject.class, "job");
        assertRefused(again);
        grant("team/job");
        assertRefused(again);
        assertEquals(1, monitor().getWaiting().size());
    }

    /** Whoever changes another line has not looked at what waits. */
    @ParameterizedTest
    @ValueSource(strings = {"team/job\nothers\nnew", "others\nteam/job", "team/job"})
    void jobThatWaitsGoesOnToWaitWhateverElseChangesInItsRow(String changed) throws Exception {
        grant("team/job\nothers");
        job.delete();
        FreeStyleProject successor = team.createProject(FreeStyleProject.class, "job");
        assertRefused(successor);

        grant(changed);

        assertRefused(successor);
        SslManagerConfiguration.get().allow(entry -> entry.item().equals("team/job"));
        assertGranted(successor);
    }

    @Test
    void whatWasMovedIntoAFolderGoesOnToWaitWhateverElseChangesInItsRow() throws Exception {
        grant("team");
        FreeStyleProject stranger = others.createProject(FreeStyleProject.class, "stranger");
        Items.move(stranger, team);

        grant("team\nnew");

        assertRefused(stranger);
        assertGranted(job);
    }

    @Test
    void deletedFoldersRowsClose() throws Exception {
        grant("team\nteam/*\nteam/job");
        team.delete();
        Folder again = jenkins.createProject(Folder.class, "team");
        assertRefused(again.createProject(FreeStyleProject.class, "job"));
    }

    @Test
    void whoeverMayMakeJobsThatFitAPatternHasItsGrant() throws Exception {
        grant("team/*");
        job.delete();
        assertGranted(team.createProject(FreeStyleProject.class, "job"));
        assertGranted((Item) team.copy(team.createProject(FreeStyleProject.class, "other"), "copy"));
    }

    @Test
    void copyOfAJobHasNoGrant() throws Exception {
        grant("team/job");
        assertRefused((Item) team.copy(job, "copy"));
    }

    @Test
    void administratorLetsARowCountForWhatCame() throws Exception {
        grant("team");
        FreeStyleProject stranger = others.createProject(FreeStyleProject.class, "stranger");
        Items.move(stranger, team);
        HtmlPage page = jenkins.createWebClient().goTo("manage/ssl-manager-grants/");
        assertThat(page.asNormalizedText(), containsString("It was moved to where the grant would count for it."));
        jenkins.submit(page.getFormByName("allow-0"));
        assertGranted(stranger);
        assertEquals(List.of(), monitor().getWaiting());
    }

    @Test
    void whatFollowedIsKeptOnTheDisk() throws Exception {
        grant("team/job\nteam/nightly-*");
        job.renameTo("nightly-x");
        SslManagerConfiguration.get().load();
        assertGranted(job);
        FreeStyleProject disguised = team.createProject(FreeStyleProject.class, "plain");
        disguised.renameTo("nightly-y");
        SslManagerConfiguration.get().load();
        assertRefused(disguised);
    }

    private static WaitingGrantsMonitor monitor() {
        return ExtensionList.lookupSingleton(WaitingGrantsMonitor.class);
    }

    /** As Configuration as Code does it. */
    private static void grant(String jobs) {
        Grant row = new Grant();
        row.setJobs(jobs);
        row.setEveryCertificate(true);
        SslManagerAccount account = new SslManagerAccount("production", Service.LIVE, 9, null);
        account.setGrants(List.of(row));
        SslManagerConfiguration.get().setAccounts(List.of(account));
    }

    private static String jobsOfTheRow() {
        return SslManagerConfiguration.get()
                .getAccounts()
                .get(0)
                .getGrants()
                .get(0)
                .getJobs();
    }

    private static void assertGranted(Item item) {
        assertEquals(List.of("production"), UsableAccounts.of(item), item.getFullName());
    }

    private static void assertRefused(Item item) {
        assertEquals(List.of(), UsableAccounts.of(item), item.getFullName());
    }
}
