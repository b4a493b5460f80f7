package io.jenkins.plugins.sslmanager.steps;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.FilePath;
import hudson.model.Fingerprint;
import hudson.tasks.Fingerprinter.FingerprintAction;
import hudson.util.Secret;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.QuickTransport;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What of a certificate is archived with a build. */
@WithJenkins
class ArtifactsTest {

    @RegisterExtension
    private static final FlagExtension<TransportLimits> UNPACED = QuickTransport.unpaced();

    private static final SandboxFixture FIXTURE = new SandboxFixture(Duration.ZERO);

    private static JenkinsRule jenkins;
    private static Builds builds;

    private final long certificateId = FIXTURE.sandbox.addCertificate("www.example.com", AuthMethod.DNS);

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = new Builds(rule);
        FIXTURE.setUpAccount();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "store", "", Secret.fromString("changeit")));
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    void publicFilesOfAnAgentAreArchivedWithFingerprintsAndLinked() throws Exception {
        String agent = jenkins.createOnlineSlave().getNodeName();
        WorkflowJob job = builds.job("node('" + agent + "') { sslCertificateInfo certificateId: " + certificateId
                + ", dir: 'a b', formats: 'leaf, fullchain', archive: true }");
        WorkflowRun build = builds.success(job);

        assertEquals(Set.of("a b/leaf.pem", "a b/fullchain.pem"), artifacts(build));
        FilePath leaf = jenkins.jenkins.getNode(agent).getWorkspaceFor(job).child("a b/leaf.pem");
        Fingerprint fingerprint =
                build.getAction(FingerprintAction.class).getFingerprints().get("a b/leaf.pem");
        assertEquals(leaf.digest(), fingerprint.getHashString());
        assertEquals(job.getFullName(), fingerprint.getOriginal().getName());
        JenkinsRule.WebClient client = jenkins.createWebClient();
        assertThat(
                client.getPage(build, "")
                        .getAnchorByText("a b/leaf.pem")
                        .click()
                        .getWebResponse()
                        .getContentAsString(),
                containsString("-----BEGIN CERTIFICATE-----"));
    }

    @Test
    void keysAreNeverArchived() throws Exception {
        WorkflowRun build = builds.success(builds.job(Rollover.script(
                "built-in",
                certificateId,
                ", formats: 'chain pkcs12 jks', passwordCredentialsId: 'store', archive: true")));
        assertEquals(Set.of("chain.pem"), artifacts(build));
        jenkins.assertLogContains("Key stores are never archived, since they hold the private key", build);

        WorkflowRun nothing = builds.success(builds.job(Rollover.script(
                "built-in", certificateId, ", formats: 'jks', passwordCredentialsId: 'store', archive: true")));
        assertEquals(Set.of(), artifacts(nothing));
        assertNull(nothing.getAction(FingerprintAction.class));
    }

    @Test
    void severalCertificatesOfABuildAreArchivedEach() throws Exception {
        WorkflowRun build = builds.success(builds.job("""
                node {
                  for (name in ['a', 'b']) {
                    sslCertificateInfo certificateId: %d, dir: name, formats: 'leaf', archive: true
                  }
                }
                """.formatted(certificateId)));
        assertEquals(Set.of("a/leaf.pem", "b/leaf.pem"), artifacts(build));
        assertEquals(
                Set.of("a/leaf.pem", "b/leaf.pem"),
                build.getAction(FingerprintAction.class).getFingerprints().keySet());
    }

    @Test
    void nothingIsArchivedUnasked() throws Exception {
        WorkflowRun build =
                builds.success(builds.job("node { sslCertificateInfo certificateId: " + certificateId + " }"));
        assertEquals(Set.of(), artifacts(build));
    }

    @Test
    void withoutWorkspaceThereIsNothingToArchive() throws Exception {
        builds.failure(
                builds.job("sslCertificateInfo certificateId: " + certificateId + ", archive: true"),
                "'archive' is given, but there is no workspace with files. Put the step inside 'node'");
    }

    private static Set<String> artifacts(WorkflowRun build) {
        return build.getArtifacts().stream()
                .map(artifact -> artifact.relativePath)
                .collect(Collectors.toSet());
    }
}
