package io.jenkins.plugins.sslmanager.delivery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.FilePath;
import hudson.model.Fingerprint;
import hudson.tasks.Fingerprinter.FingerprintAction;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What of a certificate is archived with a build. */
class ArtifactsTest extends OverBothProtocols {

    private final Builds builds = new Builds(jenkins);

    private final long certificateId = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);

    ArtifactsTest() {
        super(Duration.ZERO);
    }

    @BeforeEach
    void addPasswordOfKeyStores() throws Exception {
        SandboxFixture.addSecretText("store", "changeit");
    }

    @Test
    void publicFilesOfAnAgentAreArchivedWithFingerprintsAndLinked() throws Exception {
        String agent = jenkins.createOnlineSlave().getNodeName();
        WorkflowJob job = builds.job("node('" + agent + "') { sslCertificateInfo certificate: " + certificateId
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
        WorkflowRun build = builds.success(builds.job(ReissueScript.script(
                "built-in",
                certificateId,
                ", formats: 'chain pkcs12 jks', passwordCredentialsId: 'store', archive: true")));
        assertEquals(Set.of("chain.pem"), artifacts(build));
        jenkins.assertLogContains("Key stores are never archived, since they hold the private key", build);

        WorkflowRun nothing = builds.success(builds.job(ReissueScript.script(
                "built-in", certificateId, ", formats: 'jks', passwordCredentialsId: 'store', archive: true")));
        assertEquals(Set.of(), artifacts(nothing));
        assertNull(nothing.getAction(FingerprintAction.class));
    }

    @Test
    void severalCertificatesOfABuildAreArchivedEach() throws Exception {
        WorkflowRun build = builds.success(builds.job("""
                node {
                  for (name in ['a', 'b']) {
                    sslCertificateInfo certificate: %d, dir: name, formats: 'leaf', archive: true
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
                builds.success(builds.job("node { sslCertificateInfo certificate: " + certificateId + " }"));
        assertEquals(Set.of(), artifacts(build));
    }

    @Test
    void withoutWorkspaceThereIsNothingToArchive() throws Exception {
        builds.failure(
                builds.job("sslCertificateInfo certificate: " + certificateId + ", archive: true"),
                "'archive' needs a workspace. Put the step inside 'node'");
    }

    private static Set<String> artifacts(WorkflowRun build) {
        return build.getArtifacts().stream()
                .map(artifact -> artifact.relativePath)
                .collect(Collectors.toSet());
    }
}
