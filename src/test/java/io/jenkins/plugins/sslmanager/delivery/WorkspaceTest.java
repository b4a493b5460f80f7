package io.jenkins.plugins.sslmanager.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.model.Node;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Files of a workspace, on the controller and on an agent, and none but these. */
@WithJenkins
class WorkspaceTest {

    private static final SandboxFixture FIXTURE = new SandboxFixture(Duration.ZERO);
    private static final String CERTIFICATE =
            "certificate: " + FIXTURE.sandbox.addCertificate("www.example.com", AuthMethod.DNS);
    private static final String CSR = SandboxFixture.csr("www.example.com");

    private static JenkinsRule jenkins;
    private static Builds builds;

    @TempDir
    private Path outside;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = new Builds(rule);
        FIXTURE.setUpAccount();
        jenkins.createOnlineSlave().setLabelString("agent");
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @ParameterizedTest
    @CsvSource({
        "built-in, ../escaped",
        "built-in, certificates/../../escaped",
        "built-in, OUTSIDE",
        "agent, ../escaped",
        "agent, OUTSIDE",
    })
    void pathsThatLeadOutAreRefused(String node, String path) throws Exception {
        String named = path.replace("OUTSIDE", outside.toString());
        WorkflowJob writing = builds.job(in(node, "sslCertificateInfo dir: '" + named + "', " + CERTIFICATE));
        builds.failure(
                writing, "dir: '" + named + "' leads out of the workspace. Give a path inside it, relative to it");
        assertFalse(workspace(node, writing).getParent().child("escaped").exists());

        Files.writeString(outside.resolve("www.csr"), CSR);
        builds.failure(
                builds.job(in(node, "sslPrepareOrder csrFile: '" + named + "/www.csr', " + CERTIFICATE)),
                "csrFile: '" + named + "/www.csr' leads out of the workspace. Give a path inside it, relative to it");
        assertOnlyTheCsrIsOutside();
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "agent"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Links need a privilege there")
    void linksThatLeadOutAreRefused(String node) throws Exception {
        Files.writeString(outside.resolve("www.csr"), CSR);
        WorkflowJob writing = builds.job(in(node, "sslCertificateInfo dir: 'link/tls', " + CERTIFICATE));
        link(workspace(node, writing).child("link"), outside);
        builds.failure(writing, "dir: 'link/tls' leads out of the workspace. Give a path inside it, relative to it");

        WorkflowJob dangling = builds.job(in(node, "sslCertificateInfo dir: 'link', " + CERTIFICATE));
        link(workspace(node, dangling).child("link"), outside.resolve("not-there"));
        builds.failure(dangling, "dir: 'link' leads out of the workspace. Give a path inside it, relative to it");

        WorkflowJob reading = builds.job(in(node, "sslPrepareOrder csrFile: 'www.csr', " + CERTIFICATE));
        link(workspace(node, reading).child("www.csr"), outside.resolve("www.csr"));
        builds.failure(reading, "csrFile: 'www.csr' leads out of the workspace. Give a path inside it, relative to it");
        assertOnlyTheCsrIsOutside();
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "agent"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Links need a privilege there")
    void linksInThePlaceOfAFileAreReplaced(String node) throws Exception {
        Path precious = Files.writeString(outside.resolve("www.csr"), CSR);
        WorkflowJob job = builds.job(in(node, "sslCertificateInfo " + CERTIFICATE));
        FilePath leaf = workspace(node, job).child("leaf.pem");
        link(leaf, precious);
        builds.success(job);
        assertEquals(CSR, Files.readString(precious));
        assertTrue(leaf.readToString().startsWith("-----BEGIN CERTIFICATE-----"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "agent"})
    void csrIsReadFromTheCurrentFolder(String node) throws Exception {
        builds.success(builds.job(in(
                node,
                "dir('tls') { writeFile file: 'www.csr', text: '''" + CSR + "'''\n"
                        + "sslPrepareOrder csrFile: 'www.csr', " + CERTIFICATE + " }")));
    }

    @Test
    void fileThatIsNoCsrIsNamed() throws Exception {
        builds.failure(
                builds.job(in("built-in", "sslPrepareOrder csrFile: 'www.csr', " + CERTIFICATE)),
                "csrFile: there is no file 'www.csr' in the workspace. Check the name, and that the file was made in this"
                        + " workspace");
        builds.failure(
                builds.job(in(
                        "built-in",
                        "writeFile file: 'www.csr', text: 'none'\nsslPrepareOrder csrFile: 'www.csr', " + CERTIFICATE)),
                "csrFile www.csr: The CSR has no line like -----BEGIN ");
        builds.failure(
                builds.job(in(
                        "built-in",
                        "writeFile file: 'www.csr', text: 'x' * 70000\nsslPrepareOrder csrFile: 'www.csr', "
                                + CERTIFICATE)),
                "csrFile: 'www.csr' has 70000 bytes, which is too large. Check that it is the right file");
    }

    @Test
    void fileInThePlaceOfTheFolderIsTold() throws Exception {
        builds.failure(
                builds.job(in(
                        "built-in", "writeFile file: 'tls', text: ''\nsslCertificateInfo dir: 'tls', " + CERTIFICATE)),
                "dir: the folder 'tls' cannot be made (");
    }

    @Test
    void certificateIsToldWithoutANode() throws Exception {
        WorkflowRun build = builds.success(builds.job(
                "def issued = sslCertificateInfo " + CERTIFICATE + "\necho \"${issued.name} ${issued.files}\""));
        jenkins.assertLogContains("www.example.com [:]", build);
    }

    private void assertOnlyTheCsrIsOutside() throws Exception {
        try (Stream<Path> files = Files.list(outside)) {
            assertEquals(1, files.count());
        }
    }

    private static void link(FilePath link, Path target) throws Exception {
        Path path = Path.of(link.getRemote());
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, target);
    }

    private static FilePath workspace(String node, WorkflowJob job) {
        Node found = node.equals("built-in")
                ? jenkins.jenkins
                : jenkins.jenkins.getNodes().get(0);
        return found.getWorkspaceFor(job);
    }

    private static String in(String node, String script) {
        return "node('" + node + "') {\n" + script + "\n}";
    }
}
