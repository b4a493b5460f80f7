package io.jenkins.plugins.sslmanager.rotation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.logging.LogRecorder;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.KeyStoreFiles;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.SecretLeaks;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCa;
import java.io.InputStream;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a rotation, a first and a second time, and what nobody finds of them in Jenkins. */
class RotationDeliveryTest extends OverBothProtocols {

    private static final String NAME = "www.example.com";
    private static final String STORE_PASSWORD = "changeit-or-not";

    private final long id = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS, "example.com");

    private final Builds builds = new Builds(jenkins);

    RotationDeliveryTest() {
        super(Duration.ZERO);
    }

    @BeforeEach
    void addPasswordOfKeyStores() throws Exception {
        SandboxFixture.addSecretText("store", STORE_PASSWORD);
    }

    private WorkflowJob job(String agent, String options) throws Exception {
        return builds.job("node('" + agent + "') {\nsslRotateCertificate certificates: " + id
                + ", force: true, keyAlgorithm: 'EC_P256', dir: 'tls', keyFile: 'tls/key.pem'"
                + ", formats: 'leaf chain fullchain root pkcs12 jks', passwordCredentialsId: 'store'" + options
                + "\n}");
    }

    @Test
    void keyStoresHoldWhatThePemFilesHold() throws Exception {
        WorkflowJob job = job("built-in", ", keepPrevious: true");
        builds.success(job);
        FilePath tls = jenkins.jenkins.getWorkspaceFor(job).child("tls");
        PrivateKey first = Pem.privateKey(tls.child("key.pem").readToString());
        assertHoldNewest(tls, first);

        builds.success(job);
        PrivateKey second = Pem.privateKey(tls.child("key.pem").readToString());
        assertHoldNewest(tls, second);
        assertFalse(second.equals(first));
        X509Certificate former = Pem.certificate(tls.child("leaf.pem.previous").readToString());
        KeyStoreFiles.assertHolds(first, former, "PKCS12", STORE_PASSWORD, tls.child("keystore.p12.previous"));
    }

    private void assertHoldNewest(FilePath tls, PrivateKey key) throws Exception {
        X509Certificate leaf = Pem.certificate(tls.child("leaf.pem").readToString());
        assertEquals(fixture.sandbox.certificate(id).serialNumber(), Certificates.serialNumber(leaf));
        assertEquals(
                Pem.certificates(tls.child("fullchain.pem").readToString()).subList(1, 2),
                Pem.certificates(tls.child("chain.pem").readToString()));
        KeyStoreFiles.assertHolds(key, leaf, "PKCS12", STORE_PASSWORD, tls.child("keystore.p12"));
        KeyStoreFiles.assertHolds(key, leaf, "JKS", STORE_PASSWORD, tls.child("keystore.jks"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chain.pem", "fullchain.pem", "keystore.p12"})
    void aFileThatIsMissingComesFromTheVaultWithoutAnOrder(String missing) throws Exception {
        String options = ", formats: 'chain fullchain root pkcs12', fileNames: 'tls-{file}'";
        WorkflowJob job = rotated(options);
        FilePath file = jenkins.jenkins.getWorkspaceFor(job).child("tls-" + missing);
        file.delete();

        WorkflowRun next = night(job, options);

        jenkins.assertLogContains("The workspace lacks it, so it comes from the vault", next);
        assertTrue(file.exists());
        assertEquals(1, fixture.sandbox.orders(NAME));
        jenkins.assertLogNotContains("comes from the vault", night(job, options));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkcs12", "jks"})
    void aKeyStoreAloneIsWrittenAnewOnlyIfItHoldsAnotherCertificate(String format) throws Exception {
        String options = ", formats: '" + format + "', keepPrevious: true";
        WorkflowJob job = rotated(options);
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        FilePath store = workspace.list("keystore.*")[0];
        FilePath first = workspace.child("first");
        store.copyTo(first);

        jenkins.assertLogNotContains("comes from the vault", night(job, options));
        assertEquals(List.of(store), List.of(workspace.list("keystore.*")));

        builds.success(withForce(job, options));
        first.copyTo(store);
        jenkins.assertLogContains("comes from the vault", night(job, options));
        KeyStore now = KeyStore.getInstance(format);
        try (InputStream bytes = store.read()) {
            now.load(bytes, STORE_PASSWORD.toCharArray());
        }
        assertEquals(
                fixture.sandbox.certificate(id).serialNumber(),
                Certificates.serialNumber(
                        KeyStores.entry(now, STORE_PASSWORD.toCharArray()).leaf()));
    }

    private WorkflowJob rotated(String options) throws Exception {
        WorkflowJob job = withForce(builds.job(""), options);
        builds.success(job);
        return job;
    }

    private WorkflowJob withForce(WorkflowJob job, String options) throws Exception {
        Builds.withScript(job, nightly(options + ", force: true"));
        return job;
    }

    private WorkflowRun night(WorkflowJob job, String options) throws Exception {
        Builds.withScript(job, nightly(options));
        return builds.success(job);
    }

    private String nightly(String options) {
        return "node { sslRotateCertificate certificates: " + id
                + ", keyAlgorithm: 'EC_P256', passwordCredentialsId: 'store'" + options + " }";
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofTwoValidChainsTheLongerIsWrittenUnlessTheShorterIsAskedFor(boolean shortChain) throws Exception {
        long crossSigned = fixture.sandbox.addCertificate(Behaviour.CROSS_SIGNED.demoName(), AuthMethod.DNS);
        WorkflowJob job = builds.job("node {\nsslRotateCertificate certificates: " + crossSigned
                + ", force: true, keyAlgorithm: 'EC_P256', dir: '.', formats: 'chain root', shortChain: " + shortChain
                + "\n}");

        builds.success(job);

        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        X509Certificate intermediate = SandboxCa.shared().intermediate();
        assertEquals(
                shortChain ? List.of(intermediate) : List.of(intermediate, SandboxCa.crossSignedRoot()),
                Pem.certificates(workspace.child("chain.pem").readToString()));
        assertEquals(
                shortChain ? SandboxCa.shared().root() : SandboxCa.olderRoot(),
                Pem.certificate(workspace.child("root.pem").readToString()));
    }

    @Test
    void certificateThatComesInOneFieldWithThoseAboveItIsDelivered() throws Exception {
        long together = fixture.sandbox.addCertificate(Behaviour.CHAIN_IN_SERVER.demoName(), AuthMethod.DNS);
        WorkflowJob job = builds.job("node {\nsslRotateCertificate certificates: " + together
                + ", force: true, keyAlgorithm: 'EC_P256', dir: '.', formats: 'chain root'\nsslCertificateInfo certificate: "
                + together + "\n}");

        builds.success(job);

        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        assertEquals(
                List.of(SandboxCa.shared().intermediate()),
                Pem.certificates(workspace.child("chain.pem").readToString()));
        assertEquals(
                SandboxCa.shared().root(),
                Pem.certificate(workspace.child("root.pem").readToString()));
    }

    @Test
    void supportBundleTellsNothingSecret() throws Exception {
        LogRecorder everything = new LogRecorder("ssl-manager");
        LogRecorder.Target target = new LogRecorder.Target("io.jenkins.plugins.sslmanager", Level.ALL);
        everything.setLoggers(List.of(target));
        target.enable();
        jenkins.jenkins.getLog().getRecorders().add(everything);
        String agent = jenkins.createOnlineSlave().getNodeName();
        WorkflowJob job = job(agent, ", storeAs: 'www', archive: true");
        builds.success(job);

        FilePath tls = jenkins.jenkins.getNode(agent).getWorkspaceFor(job).child("tls");
        List<String> secrets =
                new ArrayList<>(SecretLeaks.ofKey(tls.child("key.pem").readToString()));
        secrets.add(STORE_PASSWORD);
        secrets.add(SandboxFixture.PASSWORD);
        secrets.add(StoredCertificates.find("www").getPassword().getPlainText());
        Map<String, String> bundle = SecretLeaks.supportBundle();
        assertThat(
                bundle.get("nodes/master/logs/custom/ssl-manager.log"), containsString("CertificateReissue (400102)"));
        for (String secret : secrets) {
            bundle.forEach((name, content) -> assertThat(name, content, not(containsString(secret))));
        }
    }
}
