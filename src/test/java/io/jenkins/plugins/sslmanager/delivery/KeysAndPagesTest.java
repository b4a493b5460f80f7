package io.jenkins.plugins.sslmanager.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.remoting.VirtualChannel;
import hudson.security.GlobalMatrixAuthorizationStrategy;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.freestyle.GenerateCsrBuilder;
import io.jenkins.plugins.sslmanager.steps.GenerateCsrStep;
import java.io.File;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Where keys lie, who can have them by Jenkins' pages, and what an agent can say about it. */
@WithJenkins
class KeysAndPagesTest {

    private static final SandboxFixture FIXTURE = new SandboxFixture(Duration.ZERO);

    private static JenkinsRule jenkins;
    private static Builds builds;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = new Builds(rule);
        FIXTURE.setUpAccount();
        jenkins.createOnlineSlave().setLabelString("agent");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        authorize("anonymous");
    }

    /** @param watcher may see workspaces, beside the administrator; all others may read */
    private static void authorize(String watcher) {
        GlobalMatrixAuthorizationStrategy matrix = new GlobalMatrixAuthorizationStrategy();
        matrix.add(Jenkins.ADMINISTER, PermissionEntry.user("admin"));
        matrix.add(Jenkins.READ, PermissionEntry.user("anonymous"));
        matrix.add(Item.READ, PermissionEntry.user("anonymous"));
        matrix.add(Item.WORKSPACE, PermissionEntry.user(watcher));
        jenkins.jenkins.setAuthorizationStrategy(matrix);
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    void noPageLeadsToAKeyBesideTheWorkspace() throws Exception {
        FreeStyleProject job = freestyle("$WORKSPACE_TMP/key.pem");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        FilePath key = WorkspaceList.tempDir(workspace).child("key.pem");
        Pem.privateKey(key.readToString());
        jenkins.assertLogNotContains("Warning", build);
        assertEquals(200, get("anonymous", job.getUrl() + "ws/request.csr"), "the workspace is shown");
        for (String user : List.of("anonymous", "watcher", "admin")) {
            for (String path : List.of(
                    "ws/key.pem",
                    "ws/../" + workspace.getName() + "@tmp/key.pem",
                    "ws/%2e%2e/" + workspace.getName() + "@tmp/key.pem",
                    "ws%2f..%2f" + workspace.getName() + "@tmp/key.pem")) {
                assertTrue(get(user, job.getUrl() + path) >= 400, user + ": " + path);
            }
        }
    }

    @Test
    void keyInTheWorkspaceIsToldOfWithThePermissionThatDownloadsIt() throws Exception {
        authorize("watcher");
        FreeStyleProject job = freestyle("key.pem");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains(
                "Warning: key.pem holds a private key and lies in the workspace. Whoever has the permission Item/Workspace",
                build);
        assertEquals(200, get("watcher", job.getUrl() + "ws/key.pem"));
        assertEquals(403, get("reader", job.getUrl() + "ws/key.pem"));
        authorize("anonymous");
        assertEquals(200, get("anonymous", job.getUrl() + "ws/key.pem"));
    }

    @Test
    void noKeyIsInAFileUnlessAPathIsGiven() throws Exception {
        FreeStyleProject job = freestyle(null);
        jenkins.buildAndAssertSuccess(job);

        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        assertEquals(
                List.of("request.csr"),
                workspace.list().stream().map(FilePath::getName).toList());
        assertFalse(WorkspaceList.tempDir(workspace).child("key.pem").exists());
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "agent"})
    void folderForTemporaryFilesIsTheSameInEveryFolderOfTheBuild(String node) throws Exception {
        WorkflowJob job = builds.job("node('" + node + "') { dir('deep/er') { sslGenerateCsr commonName:"
                + " 'www.example.com', keyAlgorithm: 'EC_P256', keyFile: \"$WORKSPACE_TMP/tls/key.pem\" } }");
        WorkflowRun build = builds.success(job);

        FilePath temporary = WorkspaceList.tempDir(workspace(node, job));
        FilePath key = temporary.child("tls/key.pem");
        Pem.privateKey(key.readToString());
        if (File.separatorChar == '/') {
            assertEquals(0600, key.mode() & 0777);
        }
        jenkins.assertLogContains("Wrote " + key.getRemote(), build);
        jenkins.assertLogNotContains("Warning", build);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'$WORKSPACE_TMP/key.pem'|keyFile: nothing has replaced the variable in '$WORKSPACE_TMP/key.pem'",
                "\"${WORKSPACE_TMP}/../../key.pem\"|keyFile: '",
                "\"${WORKSPACE_TMP}x/key.pem\"|keyFile: '",
                "\"${WORKSPACE}/../other@tmp/key.pem\"|keyFile: '",
                "'../key.pem'|keyFile: '../key.pem' leads out of the workspace",
            })
    void otherFoldersAreRefused(String keyFile, String message) throws Exception {
        WorkflowJob job = builds.job("node { sslGenerateCsr commonName: 'www.example.com', keyAlgorithm: 'EC_P256',"
                + " keyFile: " + keyFile + " }");

        builds.failure(job, message);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Links need a privilege there")
    void linkInThePlaceOfTheFolderForTemporaryFilesIsRefused() throws Exception {
        WorkflowJob job = builds.job("node { dir('checkout') { sslGenerateCsr commonName: 'www.example.com',"
                + " keyAlgorithm: 'EC_P256', keyFile: '../checkout@tmp/key.pem' } }");
        FilePath workspace = workspace("built-in", job);
        FilePath elsewhere = workspace.sibling("elsewhere");
        elsewhere.mkdirs();
        workspace.mkdirs();
        workspace.child("checkout@tmp").symlinkTo(elsewhere.getRemote(), jenkins.createTaskListener());

        builds.failure(job, "keyFile: ");
        assertEquals(List.of(), elsewhere.list());
    }

    @Test
    void whatAnAgentSaysIsBoundedOnTheControllerToo() {
        VirtualChannel lying = (VirtualChannel) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {VirtualChannel.class},
                (proxy, method, arguments) ->
                        "call".equals(method.getName()) ? new WorkspaceFiles.Text("x".repeat(64 * 1024 + 1), 0) : null);
        FilePath workspace = new FilePath(lying, "/home/agent/workspace/job");

        AbortException refused =
                assertThrows(AbortException.class, () -> WorkspaceFiles.read(workspace, "csrFile", "www.csr"));
        assertTrue(
                refused.getMessage().startsWith("csrFile: 'www.csr' has 65537 bytes, which is too large"),
                refused.getMessage());
    }

    private static FreeStyleProject freestyle(String keyFile) throws Exception {
        GenerateCsrStep step = new GenerateCsrStep();
        step.setCommonName("www.example.com");
        step.setKeyAlgorithm("EC_P256");
        step.setKeyFile(keyFile);
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new GenerateCsrBuilder(step));
        return job;
    }

    private static FilePath workspace(String node, WorkflowJob job) {
        return Stream.concat(Stream.of(jenkins.jenkins), jenkins.jenkins.getNodes().stream())
                .filter(each -> node.equals(each.getSelfLabel().getName())
                        || each.getLabelString().contains(node))
                .findFirst()
                .orElseThrow()
                .getWorkspaceFor(job);
    }

    private static int get(String user, String path) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.setThrowExceptionOnFailingStatusCode(false);
            if (!"anonymous".equals(user)) {
                client.withBasicApiToken(user);
            }
            return client.goTo(path, null).getWebResponse().getStatusCode();
        }
    }
}
