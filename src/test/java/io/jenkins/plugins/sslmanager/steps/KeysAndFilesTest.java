package io.jenkins.plugins.sslmanager.steps;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.FilePath;
import hudson.model.Result;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.KeyStoreFiles;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.SecretLeaks;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.io.File;
import java.io.StringReader;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Keys that builds make, and what they get of a certificate. */
class KeysAndFilesTest extends OverBothProtocols {

    private static final String NAME = "www.example.com";
    private static final String STORE_PASSWORD = "changeit-or-not";

    private static final String PIPELINE = """
            node('%3$s') {
              def request = sslGenerateCsr certificate: %1$d, keyAlgorithm: '%2$s'
              def order = sslReissue certificate: %1$d, csr: request.csr
              def ended = sslAwaitNotification jobId: order.jobId
              def issued = sslCertificateInfo certificate: ended.certificateId, csr: request.csr,
                  previousSerialNumber: order.previousSerialNumber, dir: 'out', keyFile: 'key.pem',
                  passwordCredentialsId: 'store', fileNames: '{name}-{file}', formats: 'leaf fullchain root pkcs12 jks'
              echo "due ${issued.due}, keystore ${issued.files.pkcs12}"
              echo "environment ${env.SSL_CERTIFICATE_SERIAL_NUMBER} ${env.SSL_CERTIFICATE_PKCS12_FILE}"
            }
            """;

    private final long certificateId = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS, "example.com");

    private final Builds builds = new Builds(jenkins);

    KeysAndFilesTest() {
        super(Duration.ZERO);
    }

    @BeforeEach
    void addPasswordOfKeyStores() throws Exception {
        SandboxFixture.addSecretText("store", STORE_PASSWORD);
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_2048", "EC_P384"})
    void keyAndKeyStoresFitTheNewCertificate(KeyAlgorithm algorithm) throws Exception {
        WorkflowJob job = builds.job(PIPELINE.formatted(certificateId, algorithm, "built-in"));
        WorkflowRun build = builds.success(job);

        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        X509Certificate leaf =
                Pem.certificate(workspace.child("out/www.example.com-leaf.pem").readToString());
        PrivateKey key = Pem.privateKey(workspace.child("key.pem").readToString());
        KeyStores.requirePair(key, leaf);
        KeyStoreFiles.assertHolds(
                key, leaf, "PKCS12", STORE_PASSWORD, workspace.child("out/www.example.com-keystore.p12"));
        KeyStoreFiles.assertHolds(
                key, leaf, "JKS", STORE_PASSWORD, workspace.child("out/www.example.com-keystore.jks"));
        jenkins.assertLogContains("due false, keystore out/www.example.com-keystore.p12", build);
        jenkins.assertLogContains(
                "environment " + Certificates.serialNumber(leaf) + " out/www.example.com-keystore.p12", build);
        for (String secret :
                List.of("key.pem", "out/www.example.com-keystore.p12", "out/www.example.com-keystore.jks")) {
            jenkins.assertLogContains("Warning: " + secret + " holds a private key and lies in the workspace", build);
        }
    }

    @Test
    void secretFilesAreTheOwnersAloneOnAnAgentToo() throws Exception {
        assumeTrue(File.separatorChar == '/', "permissions as on Unix");
        String agent = jenkins.createOnlineSlave().getNodeName();
        WorkflowJob job = builds.job(PIPELINE.formatted(certificateId, "EC_P256", agent));
        builds.success(job);

        FilePath workspace = jenkins.jenkins.getNode(agent).getWorkspaceFor(job);
        assertEquals(0600, workspace.child("key.pem").mode() & 0777);
        assertEquals(0600, workspace.child("out/www.example.com-keystore.p12").mode() & 0777);
        assertEquals(0600, workspace.child("out/www.example.com-keystore.jks").mode() & 0777);
    }

    @Test
    void keyIsNowhereButInTheWorkspace() throws Exception {
        WorkflowJob job = builds.job(PIPELINE.formatted(certificateId, "EC_P256", "built-in"));
        WorkflowRun build = builds.success(job);

        String pem = jenkins.jenkins.getWorkspaceFor(job).child("key.pem").readToString();
        SecretLeaks.assertNoneOfKey(jenkins, pem);
        SecretLeaks.assertNone(jenkins, STORE_PASSWORD);
        assertThat(JenkinsRule.getLog(build), not(containsString("PRIVATE KEY")));
    }

    @Test
    void formerKeyAndFilesAreKept() throws Exception {
        WorkflowJob job = builds.job("""
                node {
                  writeFile file: 'key.pem', text: 'the former key'
                  writeFile file: 'leaf.pem', text: 'the former certificate'
                  sslGenerateCsr commonName: '*.müller.example', names: 'a.example, b.example', keyFile: 'key.pem'
                  sslGenerateCsr commonName: '*.müller.example', names: 'a.example, b.example', keyFile: 'key.pem'
                  sslCertificateInfo certificate: %d, keepPrevious: true
                }
                """.formatted(certificateId));
        WorkflowRun build = builds.success(job);

        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        assertEquals("the former key", workspace.child("key.pem.previous").readToString());
        Pem.privateKey(workspace.child("key.pem.previous-2").readToString());
        assertEquals(
                "the former certificate", workspace.child("leaf.pem.previous").readToString());
        assertTrue(workspace.child("leaf.pem").readToString().startsWith("-----BEGIN CERTIFICATE-----"));
        jenkins.assertLogContains("for [*.xn--mller-kva.example, a.example, b.example]", build);
    }

    @Test
    void subjectIsGivenOrTakenOverFromTheCertificate() throws Exception {
        WorkflowJob job = builds.job("""
                node {
                  sslGenerateCsr certificate: %d, csrFile: 'taken-over.csr'
                  sslGenerateCsr commonName: 'www.example.com', subject: 'CN=www.example.com, O=Example GmbH, C=DE',
                      csrFile: 'given.csr', keyAlgorithm: 'ec_p256'
                }
                """.formatted(certificateId));
        builds.success(job);

        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        assertEquals("CN=www.example.com", subject(workspace.child("taken-over.csr")));
        assertEquals("C=DE,O=Example GmbH,CN=www.example.com", subject(workspace.child("given.csr")));
        builds.failure(
                builds.job("node { sslGenerateCsr commonName: 'www.example.com', subject: 'Example GmbH' }"),
                "subject: 'Example GmbH' is not an X.500 name. Write it such as CN=www.example.com");
    }

    private static String subject(FilePath csr) throws Exception {
        try (PEMParser parser = new PEMParser(new StringReader(csr.readToString()))) {
            return ((PKCS10CertificationRequest) parser.readObject())
                    .getSubject()
                    .toString();
        }
    }

    @Test
    void buildsPageAndRemoteApiTellTheCertificate() throws Exception {
        WorkflowJob job = builds.job("sslCertificateInfo certificate: " + certificateId);
        WorkflowRun build = builds.success(job);

        String page = jenkins.createWebClient().getPage(build).getWebResponse().getContentAsString();
        assertThat(page, containsString("SHA-256 fingerprint"));
        assertThat(page, containsString(NAME));
        String json = jenkins.getJSON(build.getUrl()
                        + "api/json?tree=actions[certificates[name,certificate[serialNumber,notAfter,due]]]")
                .getContentAsString();
        assertThat(
                json,
                containsString("\"serialNumber\":\""
                        + fixture.sandbox.certificate(certificateId).serialNumber()));
    }

    @Test
    void dueCertificateMakesAWatchingBuildUnstable() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.UNSTABLE, builds.job("""
                        def info = sslCertificateInfo certificate: %d, due: '99%%', unstableWhenDue: true
                        echo "due ${info.due}"
                        """.formatted(certificateId)));
        jenkins.assertLogContains("due true", build);
    }

    @Test
    void badInputIsToldBeforeAnythingIsWritten() throws Exception {
        String info = "node { sslCertificateInfo certificate: " + certificateId;
        builds.failure(
                builds.job(info + ", formats: 'leaf, pdf' }"), "Unknown format 'pdf'. Use one or more of leaf, chain");
        builds.failure(builds.job(info + ", formats: 'pkcs12' }"), "A key store needs the private key. Set 'keyFile'");
        builds.failure(builds.job(info + ", fileNames: 'cert.pem' }"), "fileNames: 'cert.pem' lacks {file}");
        builds.failure(builds.job(info + ", fileNames: '../{file}' }"), "fileNames: '../{file}' gives '../leaf.pem'");
        builds.failure(builds.job(info + ", due: 'soon' }"), "due: 'soon' does not say when a certificate is due");
        builds.failure(
                builds.job("node { sslGenerateCsr commonName: 'a.example', keyAlgorithm: 'DSA' }"),
                "keyAlgorithm: unknown key algorithm 'DSA'. Use one of [RSA_2048");
        builds.failure(
                builds.job("sslCertificateInfo certificate: 0"),
                "certificate: '0' is neither a certificate's name nor its number");
        builds.failure(
                builds.job("sslCertificateInfo certificate: " + certificateId + ", formats: 'leaf'"),
                "'formats' needs a workspace");
        WorkflowJob wrongKey = builds.job("""
                node {
                  sslGenerateCsr commonName: 'www.example.com', keyFile: 'key.pem'
                  sslCertificateInfo certificate: %d, formats: 'leaf, pkcs12', keyFile: 'key.pem', passwordCredentialsId: 'store'
                }
                """.formatted(certificateId));
        builds.failure(wrongKey, "The private key is not the key of the certificate CN=www.example.com");
        assertEquals(0, jenkins.jenkins.getWorkspaceFor(wrongKey).list("leaf.pem").length, "nothing was written");
        builds.failure(
                builds.job("sslGenerateCsr commonName: 'a.example', keyFile: 'key.pem'"),
                "'keyFile' needs a workspace. Put the step inside 'node'");
        builds.failure(builds.job("node { sslGenerateCsr() }"), "It is not known what the CSR is for");
    }
}
