package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.model.Result;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.io.InputStream;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HexFormat;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** How the key store of a rotation is protected. */
class KeyStoreOptionsTest extends OverBothProtocols {

    private static final String NAME = "www.example.com";

    /** DER of pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292, appendix C). */
    private static final String TRIPLE_DES = "060a2a864886f70d010c0103";

    private final long id = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);
    private final Builds builds = new Builds(jenkins);

    KeyStoreOptionsTest() {
        super(Duration.ZERO);
    }

    /** Java 17 and 21 take ASCII alone by themselves; with the Bouncy Castle of Jenkins they may take more. */
    @Test
    void aPasswordBeyondAsciiIsRefusedBeforeTheOrderOrOpensTheKeyStore() throws Exception {
        SandboxFixture.addSecretText("store", "p\u00e4sswort");
        WorkflowJob job = rotation("formats: 'pkcs12'");

        WorkflowRun build = job.scheduleBuild2(0).get();

        if (Result.FAILURE.equals(build.getResult())) {
            jenkins.assertLogContains(
                    "passwordCredentialsId: Java " + Runtime.version().feature(), build);
            assertEquals(0, fixture.sandbox.orders(NAME));
        } else {
            jenkins.assertBuildStatusSuccess(build);
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream bytes = file(job).read()) {
                store.load(bytes, "p\u00e4sswort".toCharArray());
            }
            assertEquals(1, store.size());
        }
    }

    @Test
    void theOlderEncryptionIsTripleDes() throws Exception {
        SandboxFixture.addSecretText("store", "a-long-password-of-ascii");

        assertTrue(keyStore("formats: 'pkcs12', olderEncryption: true").contains(TRIPLE_DES));
        assertTrue(!keyStore("formats: 'pkcs12'").contains(TRIPLE_DES));
    }

    private String keyStore(String options) throws Exception {
        WorkflowJob job = rotation(options);
        builds.success(job);
        try (InputStream bytes = file(job).read()) {
            return HexFormat.of().formatHex(bytes.readAllBytes());
        }
    }

    private static FilePath file(WorkflowJob job) {
        return jenkins.jenkins.getWorkspaceFor(job).child("keystore.p12");
    }

    private WorkflowJob rotation(String options) throws Exception {
        return builds.job("node { sslRotateCertificate certificates: " + id
                + ", force: true, keyAlgorithm: 'EC_P256', passwordCredentialsId: 'store', " + options + " }");
    }
}
