package io.jenkins.plugins.sslmanager.orders;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateRows;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The page of all certificates shows administrators what is at the service and rotated by no job. */
class UnrotatedCertificatesTest extends OverBothProtocols {

    private static final String PAGE = "ssl-certificates/";
    private static final String LOOK_UP = PAGE + "section/unrotated/lookUp";
    private static final String HOSTILE = "<script>alert('x')</script>";
    private static final String TITLE = "In SSL Manager, not rotated by this Jenkins";

    /** The second one is empty, which tells that the first was the last. */
    private static final int PAGES = 2;

    private final Builds builds = new Builds(jenkins);

    UnrotatedCertificatesTest() {
        super(Duration.ZERO);
    }

    private long certificate(String name, int daysOld) {
        fixture.letTimePass(Duration.ofDays(-daysOld));
        long id = fixture.sandbox.addCertificate(name, AuthMethod.DNS);
        fixture.letTimePass(Duration.ofDays(daysOld));
        return id;
    }

    private static String shown() throws Exception {
        return onOverview(page -> page.getElementById("unrotated").asNormalizedText());
    }

    /** Clients that stay open keep all their pages, which are too many for the heap of a test. */
    private static <T> T onOverview(Function<HtmlPage, T> seen) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            return seen.apply(client.goTo(PAGE));
        }
    }

    private static void press() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlForm form = client.goTo(PAGE).getFormByName("lookUp-0");
            assertThat(form.getPage().getUrl().toString(), containsString(PAGE));
            assertTrue(jenkins.submit(form).getUrl().getPath().endsWith(PAGE), "One comes back to the page");
        }
    }

    /** The list that the button had begun. */
    private static void awaitAnswer() {
        AccountAccess access = AccountAccess.ofAdministrator(SandboxFixture.ACCOUNT);
        ListedCertificates.of(access)
                .list()
                .all(access.api(), UnrotatedOfAccount.FRESH)
                .join();
    }

    private static void lookUp() throws Exception {
        press();
        awaitAnswer();
    }

    private static String snippet(String certificate) {
        return "sslRotateCertificate account: 'test', certificates: '" + certificate + "', storeAs: '{name}'";
    }

    @Test
    void thoseThatExpireFirstAreInFrontAndExpiredOnesAreCounted() throws Exception {
        certificate("young.example.org", 10);
        long old = certificate("old.example.org", 150);
        certificate("gone.example.org", 300);
        assertThat(shown(), containsString("Not looked up since Jenkins started."));
        assertEquals(0, fixture.requests(Task.CERTIFICATE_SEARCH), "Whoever only looks at the page causes no request");

        lookUp();

        String shown = shown();
        assertThat(
                shown,
                stringContainsInOrder(
                        "Account test",
                        "old.example.org",
                        Long.toString(old),
                        "QUICKSSLPREMIUM",
                        snippet("old.example.org"),
                        "young.example.org",
                        "1 certificate has expired, and is left out."));
        assertThat(shown, not(containsString("gone.example.org")));
    }

    @Test
    void snippetRotatesTheCertificateAndThenItIsNoLongerShown() throws Exception {
        certificate("www.example.org", 150);
        certificate("other.example.org", 150);
        lookUp();
        builds.success(builds.job("sslCertificateInfo 'www.example.org'"));
        builds.success(builds.job(snippet("www.example.org") + ", dryRun: true"));
        assertThat("To look at it is not to rotate it", shown(), containsString(snippet("www.example.org")));

        WorkflowJob job = builds.job(snippet("www.example.org"));
        builds.success(job);

        assertThat(shown(), not(containsString("www.example.org")));
        assertThat(shown(), containsString(snippet("other.example.org")));
        builds.success(builds.job("sslCertificateInfo 'www.example.org'"));
        assertThat(shown(), not(containsString("www.example.org")));
        job.delete();
        assertThat("Nobody rotates it any more", shown(), containsString(snippet("www.example.org")));
    }

    @Test
    void certificateThatIsNotDueOrGetsAnotherNumberIsRotatedAsWell() throws Exception {
        certificate("young.example.org", 1);
        certificate("new-id.example.org", 150);
        jenkins.buildAndAssertStatus(
                Result.UNSTABLE,
                builds.job("node { sslRotateCertificate certificates: 'young.example.org', keyFile: 'key.pem' }"));
        builds.success(builds.job("sslRotateCertificate certificates: 'new-id.example.org', storeAs: 'new'"));
        lookUp();
        assertThat(shown(), not(containsString("example.org")));
    }

    @Test
    void certificateWhoseFirstOrderIsUnderWayIsRotated() throws Exception {
        long id = certificate("www.example.org", 150);
        lookUp();
        fixture.hold(Task.REISSUE, id);
        WorkflowRun build = builds.start(snippet("www.example.org"));
        fixture.awaitHeldRequest();
        assertThat(shown(), not(containsString("www.example.org")));
        fixture.release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
    }

    @Test
    void certificateThatAJobCannotRotateIsThatJobsAffair() throws Exception {
        certificate("job-failed.example.org", 150);
        lookUp();
        jenkins.buildAndAssertStatus(Result.FAILURE, builds.job(snippet("job-failed.example.org")));
        assertThat(shown(), not(containsString("job-failed.example.org")));
    }

    @Test
    void oneOfTwoOfANameIsGivenByItsNumber() throws Exception {
        long first = certificate("twin.example.org", 100);
        long second = certificate("twin.example.org", 50);
        lookUp();
        assertThat(shown(), stringContainsInOrder(snippet(Long.toString(first)), snippet(Long.toString(second))));
    }

    @Test
    void serviceIsAskedOnceAnHourAndNobodyWaitsForIt() throws Exception {
        certificate("www.example.org", 10);
        fixture.hold(Task.CERTIFICATE_SEARCH);
        press();
        fixture.awaitHeldRequest();
        assertThat(shown(), containsString("The service has not answered yet."));
        fixture.release();
        awaitAnswer();

        assertThat(shown(), stringContainsInOrder("Looked up ", "You can look again from "));
        assertThat(onOverview(page -> page.querySelectorAll("form[name^=lookUp]")), empty());
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getPage(client.addCrumb(lookUp(HttpMethod.POST)));
        }
        assertEquals(PAGES, fixture.requests(Task.CERTIFICATE_SEARCH));
    }

    @Test
    void whatFailsIsToldAndCanBeTriedAgain() throws Exception {
        fixture.sandbox.addCertificate("www.example.org", AuthMethod.DNS);
        SandboxFixture.addCredentials("wrong", CredentialsScope.SYSTEM, "not the password");
        setUp("wrong");
        press();
        assertThrows(CompletionException.class, UnrotatedCertificatesTest::awaitAnswer);
        assertThat(shown(), containsString("CertificateList (400105) was refused"));
        setUp("ssl-manager");
        lookUp();
        assertThat(shown(), containsString(snippet("www.example.org")));
        setUp("nothing");
        assertThat(shown(), containsString("has no credentials: there are no 'nothing'"));
    }

    private void setUp(String credentialsId) {
        SslManagerConfiguration.get()
                .setAccounts(List.of(fixture.account(SandboxFixture.ACCOUNT, protocol, 4, credentialsId)));
    }

    @Test
    void whateverTheServiceListsIsShownAsTextAndQuotedForGroovy() throws Exception {
        AccountAccess access = AccountAccess.ofAdministrator(SandboxFixture.ACCOUNT);
        ListedCertificates.of(access).list().all(new Listing(CertificateRows.of(7, HOSTILE, null)), Duration.ZERO);

        assertThat(shown(), stringContainsInOrder(HOSTILE, "7", snippet(HOSTILE.replace("'", "\\'"))));
        assertThat(onOverview(page -> page.getWebResponse().getContentAsString()), not(containsString(HOSTILE)));
    }

    /** A service that lists what no service should. */
    private static final class Listing extends ForwardingApi {

        private final Certificate row;

        Listing(Certificate row) {
            this.row = row;
        }

        @Override
        protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
            throw new UnsupportedOperationException(task.toString());
        }

        @Override
        public SslManagerApi patient() {
            return this;
        }

        @Override
        public CompletableFuture<List<Certificate>> certificateSearch(Query query) {
            return CompletableFuture.completedFuture(List.of(row));
        }
    }

    @Test
    void administratorsAloneSeeItAndOnlyAPostLooksUp() throws Exception {
        certificate("www.example.org", 10);
        jenkins.createFreeStyleProject("mine");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Jenkins.MANAGE)
                .everywhere()
                .to("manager"));
        assertThat(client("admin").goTo(PAGE).asNormalizedText(), containsString(TITLE));
        assertThat(client("manager").goTo(PAGE).asNormalizedText(), not(containsString(TITLE)));
        assertEquals(403, status("manager", HttpMethod.POST));
        assertEquals(
                403,
                client("manager")
                        .getPage(new URL(jenkins.getURL(), PAGE + "section/unrotated/section"))
                        .getWebResponse()
                        .getStatusCode());
        assertEquals(404, status("admin", HttpMethod.GET));
        assertEquals(0, fixture.requests(Task.CERTIFICATE_SEARCH));
        assertEquals(200, status("admin", HttpMethod.POST));
        awaitAnswer();
        assertEquals(PAGES, fixture.requests(Task.CERTIFICATE_SEARCH));
    }

    private static JenkinsRule.WebClient client(String user) {
        return jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false)
                .withBasicApiToken(user);
    }

    private static int status(String user, HttpMethod method) throws Exception {
        return client(user).getPage(lookUp(method)).getWebResponse().getStatusCode();
    }

    private static WebRequest lookUp(HttpMethod method) throws Exception {
        return new WebRequest(new URL(jenkins.getURL(), LOOK_UP + "?account=" + SandboxFixture.ACCOUNT), method);
    }
}
