package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.account.Service;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.Visibility;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.test.fips.FIPS1403BC2x;
import io.jenkins.test.fips.FIPSTestBundleProvider;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A Jenkins in a process of its own, whose Configuration as Code empties its own store of credentials at each start and reload,
 * and one that runs in FIPS mode.
 */
class VaultInProcessOfItsOwnTest {

    private static final String NAME = "www.example.com";

    /** As the credentials page shows it to administrators who want their configuration as code. */
    private static final String CONFIGURATION = """
            credentials:
              system:
                domainCredentials:
                  - credentials:
                      - usernamePassword:
                          scope: SYSTEM
                          id: "release"
                          username: "release"
                          password: "%s"
            """.formatted(SandboxFixture.PASSWORD);

    private static final String USE = """
            node('%s') {
                withCredentials([certificate(credentialsId: 'www', keystoreVariable: 'STORE', passwordVariable: 'PASSWORD')]) {
                    sh 'keytool -list -keystore "$STORE" -storepass "$PASSWORD" | grep PrivateKeyEntry'
                }
            }""";

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().javaOptions("-XX:TieredStopAtLevel=1");

    @RegisterExtension
    private final RealJenkinsExtension inFipsMode = new RealJenkinsExtension()
            .javaOptions("-XX:TieredStopAtLevel=1", "-Djenkins.security.FIPS140.COMPLIANCE=true");

    /** With the Bouncy Castle of FIPS 140 as its first provider, which takes approved algorithms alone. */
    @RegisterExtension
    private final RealJenkinsExtension approvedOnly = new RealJenkinsExtension()
            .withFIPSEnabled(FIPSTestBundleProvider.get(FIPS1403BC2x.VERSION))
            .javaOptions("-XX:TieredStopAtLevel=1");

    private final SandboxFixture fixture = new SandboxFixture(Duration.ZERO);
    private final long id = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);

    @AfterEach
    void closeSandbox() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void configurationAsCodeKillsAndReloadsLeaveItAlone(Protocol protocol) throws Throwable {
        Files.writeString(controller.getHome().toPath().resolve("jenkins.yaml"), CONFIGURATION);
        controller.startJenkins();
        rotate(controller, protocol);
        controller.run(jenkins -> {
            SandboxFixture.addCredentials("by-hand", CredentialsScope.GLOBAL, SandboxFixture.PASSWORD);
            ConfigurationAsCode.get().configure();
            assertEquals(
                    1, SystemCredentialsProvider.getInstance().getCredentials().size());
        });
        assertStillThere(controller);

        Process process = controller.getProcess();
        controller.stopJenkinsForcibly();
        process.waitFor();
        controller.startJenkins();
        assertStillThere(controller);

        controller.run(jenkins -> jenkins.jenkins.reload());
        assertStillThere(controller);
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    /** Over one protocol, since keys and key stores are the same over both. */
    @Test
    void inFipsModeItIsStoredAndUsed() throws Throwable {
        inFipsMode.startJenkins();
        inFipsMode.run(jenkins ->
                SandboxFixture.addCredentials("release", "release", CredentialsScope.SYSTEM, SandboxFixture.PASSWORD));
        rotate(inFipsMode, Protocol.JSON);
        assertStillThere(inFipsMode);
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    /** Over one protocol, as above. */
    @Test
    void inAJavaOfApprovedAlgorithmsAloneItIsStoredAndFound() throws Throwable {
        approvedOnly.startJenkins();
        approvedOnly.run(jenkins ->
                SandboxFixture.addCredentials("release", "release", CredentialsScope.SYSTEM, SandboxFixture.PASSWORD));
        rotate(approvedOnly, Protocol.JSON);
        String serialNumber = fixture.sandbox.certificate(id).serialNumber();
        approvedOnly.run(jenkins -> assertStored(jenkins, serialNumber));
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void inSuchAJavaPkcs12IsRefusedBeforeAnythingIsOrdered() throws Throwable {
        approvedOnly.startJenkins();
        String url = fixture.url(Protocol.JSON);
        long certificate = id;
        approvedOnly.run(jenkins -> {
            SandboxFixture.addCredentials("release", "release", CredentialsScope.SYSTEM, SandboxFixture.PASSWORD);
            SandboxFixture.addSecretText("store", "a password of sixteen");
            setUp(Protocol.JSON, url);
            createJobs(jenkins);
            jenkins.assertLogContains(
                    "This Java makes no PKCS#12 file",
                    jenkins.buildAndAssertStatus(
                            Result.FAILURE,
                            scripted(
                                    jenkins,
                                    "team/rotate",
                                    "node { sslRotateCertificate certificates: " + certificate
                                            + ", keyAlgorithm: 'EC_P256', storeAs: 'www', formats: 'pkcs12', passwordCredentialsId: 'store' }")));
        });
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    private void rotate(RealJenkinsExtension jenkins, Protocol protocol) throws Throwable {
        String url = fixture.url(protocol);
        long certificate = id;
        jenkins.run(rule -> {
            setUp(protocol, url);
            createJobs(rule);
            rule.buildAndAssertSuccess(scripted(
                    rule,
                    "team/rotate",
                    "sslRotateCertificate certificates: " + certificate + ", keyAlgorithm: 'EC_P256', storeAs: 'www'"));
        });
    }

    private void assertStillThere(RealJenkinsExtension jenkins) throws Throwable {
        String serialNumber = fixture.sandbox.certificate(id).serialNumber();
        jenkins.run(rule -> assertFound(rule, serialNumber));
    }

    // From here on in the process of Jenkins.

    private static void setUp(Protocol protocol, String url) {
        SslManagerAccount account = new SslManagerAccount("test", Service.OTHER, 4, "release");
        account.setProtocol(protocol);
        account.setUrl(url);
        Grant grant = SandboxFixture.everythingForEveryJob();
        grant.setVisibleTo(Visibility.FOLDER);
        account.setGrants(List.of(grant));
        SslManagerConfiguration.get().setAccounts(List.of(account));
    }

    private static void createJobs(JenkinsRule jenkins) throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        team.createProject(WorkflowJob.class, "rotate");
        team.createProject(WorkflowJob.class, "use");
        jenkins.createProject(WorkflowJob.class, "stranger");
    }

    private static WorkflowJob scripted(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName(name, WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static void assertStored(JenkinsRule jenkins, String serialNumber) throws Exception {
        StandardCertificateCredentials found = StoredCertificates.find(scripted(jenkins, "team/rotate", ""), "www");
        assertNotNull(found);
        KeyStores.Entry entry = KeyStores.entry(
                found.getKeyStore(), found.getPassword().getPlainText().toCharArray());
        assertEquals(serialNumber, Certificates.serialNumber(entry.leaf()));
        KeyStores.requirePair(entry.key(), entry.leaf());
    }

    /** By the job that has rotated it and by a neighbour, on the controller and on an agent; by nobody else. */
    private static void assertFound(JenkinsRule jenkins, String serialNumber) throws Exception {
        assertStored(jenkins, serialNumber);
        Slave agent = jenkins.createOnlineSlave();
        jenkins.buildAndAssertSuccess(scripted(jenkins, "team/use", USE.formatted("built-in")));
        jenkins.buildAndAssertSuccess(scripted(jenkins, "team/use", USE.formatted(agent.getNodeName())));
        assertNull(StoredCertificates.find(scripted(jenkins, "stranger", ""), "www"));
        jenkins.buildAndAssertStatus(Result.FAILURE, scripted(jenkins, "stranger", USE.formatted("built-in")));
    }
}
