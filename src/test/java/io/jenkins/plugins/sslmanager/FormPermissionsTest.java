package io.jenkins.plugins.sslmanager;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.security.Permission;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.steps.AwaitNotificationStep;
import io.jenkins.plugins.sslmanager.steps.CertificateInfoStep;
import io.jenkins.plugins.sslmanager.steps.FindCertificatesStep;
import io.jenkins.plugins.sslmanager.steps.ReissueStep;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the forms' helpers tell to whom. */
@WithJenkins
class FormPermissionsTest {

    private static final String ACCOUNT = "descriptorByName/" + SslManagerAccount.class.getName() + "/";
    private static final String GRANT = "descriptorByName/" + Grant.class.getName() + "/";
    private static final String ALLOW = "manage/ssl-manager-grants/allow";
    private static final String REISSUE = "descriptorByName/" + ReissueStep.class.getName() + "/";
    private static final String AWAIT = "descriptorByName/" + AwaitNotificationStep.class.getName() + "/";

    private static final String FIND = "descriptorByName/" + FindCertificatesStep.class.getName() + "/";
    private static final String INFO = "descriptorByName/" + CertificateInfoStep.class.getName() + "/";

    private static final SandboxFixture FIXTURE = new SandboxFixture(Duration.ZERO);
    private static JenkinsRule jenkins;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FIXTURE.setUpAccount();
        SandboxFixture.addCredentials("for-builds", CredentialsScope.GLOBAL, SandboxFixture.PASSWORD);
        SandboxFixture.addSecretText("second-factor", SandboxFixture.SECOND_FACTOR);
        jenkins.createFreeStyleProject("job");
        jenkins.createProject(Folder.class, "team").createProject(FreeStyleProject.class, "job");
        for (Permission permission : List.of(Jenkins.MANAGE, Jenkins.SYSTEM_READ)) {
            permission.setEnabled(true);
        }
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE)
                .everywhere()
                .to("manager")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("system-reader")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("author"));
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    static Stream<String> all() {
        return Stream.of(ofAccounts(), ofGrants(), ofSteps()).flatMap(paths -> paths);
    }

    private static Stream<String> ofGrants() {
        return Stream.concat(
                Stream.of("fillAllowsItems", "fillVisibleToItems", "checkJobs", "checkCertificates", "try")
                        .map(GRANT::concat),
                Stream.of(ALLOW));
    }

    private static Stream<String> ofAccounts() {
        return Stream.of(
                        "fillServiceItems",
                        "fillProtocolItems",
                        "fillCredentialsIdItems",
                        "fillSecondFactorIdItems",
                        "checkName",
                        "checkContext",
                        "checkCredentialsId",
                        "checkUrl",
                        "testConnection")
                .map(ACCOUNT::concat);
    }

    private static Stream<String> ofSteps() {
        return Stream.of(
                REISSUE + "fillAccountItems",
                REISSUE + "fillCredentialsIdItems",
                AWAIT + "checkTimeout",
                INFO + "checkStoreAs",
                FIND + "checkExpiresWithin");
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingAnswersToStrangers(String path) throws Exception {
        assertEquals(403, post(null, path).getStatusCode());
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingAnswersToGet(String path) throws Exception {
        JenkinsRule.WebClient client = client("admin");
        assertEquals(
                404,
                client.getPage(new WebRequest(url(client, path), HttpMethod.GET))
                        .getWebResponse()
                        .getStatusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "fillServiceItems, 403, 403, 200",
        "fillProtocolItems, 403, 403, 200",
        "checkName, 403, 403, 403",
        "checkContext, 403, 403, 403",
        "checkCredentialsId, 403, 403, 403",
        "checkUrl, 403, 403, 403",
        "testConnection, 403, 403, 403",
    })
    void accountsAreForAdministrators(String method, int reader, int manager, int systemReader) throws Exception {
        assertEquals(reader, post("reader", ACCOUNT + method).getStatusCode());
        assertEquals(manager, post("manager", ACCOUNT + method).getStatusCode());
        assertEquals(systemReader, post("system-reader", ACCOUNT + method).getStatusCode());
        assertEquals(200, post("admin", ACCOUNT + method).getStatusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "fillAllowsItems, 403, 403, 200",
        "fillVisibleToItems, 403, 403, 200",
        "checkJobs, 403, 403, 403",
        "checkCertificates, 403, 403, 403",
        "try, 403, 403, 403",
    })
    void grantsAreForAdministrators(String method, int reader, int manager, int systemReader) throws Exception {
        assertEquals(reader, post("reader", GRANT + method).getStatusCode());
        assertEquals(manager, post("manager", GRANT + method).getStatusCode());
        assertEquals(systemReader, post("system-reader", GRANT + method).getStatusCode());
        assertEquals(200, post("admin", GRANT + method).getStatusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "manager", "system-reader", "author"})
    void rowsThatWaitAreDecidedOnByAdministrators(String user) throws Exception {
        assertEquals(403, post(user, ALLOW).getStatusCode());
    }

    @ParameterizedTest
    @CsvSource({"admin, true", "manager, false", "system-reader, false", "reader, false"})
    void credentialsOfAccountsAreListedForAdministrators(String user, boolean listed) throws Exception {
        assertListed(listed, "ssl-manager", post(user, ACCOUNT + "fillCredentialsIdItems"));
        assertListed(listed, "second-factor", post(user, ACCOUNT + "fillSecondFactorIdItems"));
    }

    @ParameterizedTest
    @CsvSource({"admin, true", "manager, false", "system-reader, false", "reader, false", "author, false"})
    void stepsListAccountsAndCredentialsForAdministratorsWhereThereIsNoJob(String user, boolean listed)
            throws Exception {
        assertListed(listed, SandboxFixture.ACCOUNT, post(user, REISSUE + "fillAccountItems"));
        assertListed(listed, "for-builds", post(user, REISSUE + "fillCredentialsIdItems"));
    }

    @ParameterizedTest
    @CsvSource({"admin, true", "reader, false", "author, true"})
    void stepsListAccountsAndCredentialsForThoseWhoConfigureTheJob(String user, boolean listed) throws Exception {
        assertListed(listed, SandboxFixture.ACCOUNT, post(user, "job/job/" + REISSUE + "fillAccountItems"));
        WebResponse credentials = post(user, "job/job/" + REISSUE + "fillCredentialsIdItems");
        assertListed(listed, "for-builds", credentials);
        assertThat(credentials.getContentAsString(), not(containsString("ssl-manager")));
    }

    private static void assertListed(boolean listed, String entry, WebResponse answer) {
        assertEquals(200, answer.getStatusCode());
        String text = answer.getContentAsString().replace(" ", "");
        assertEquals(listed, text.contains("\"" + entry + "\""), text);
    }

    /** As the forms do it: others are sent to the login page instead of being refused. */
    private static WebResponse post(String user, String path) throws Exception {
        JenkinsRule.WebClient client = client(user);
        WebRequest request = new WebRequest(url(client, path), HttpMethod.POST);
        request.setAdditionalHeader("X-Requested-With", "XMLHttpRequest");
        return client.getPage(client.addCrumb(request)).getWebResponse();
    }

    private static URL url(JenkinsRule.WebClient client, String path) throws Exception {
        return URI.create(
                        client.getContextPath() + path
                                + "?value=1&tryJob=job&jobs=job&certificates=1&account=1&row=1&item=1&service=OTHER&protocol=JSON&name=a&url=http://127.0.0.1:1&context=4&credentialsId=")
                .toURL();
    }

    private static JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        return user == null ? client : client.withBasicCredentials(user);
    }
}
