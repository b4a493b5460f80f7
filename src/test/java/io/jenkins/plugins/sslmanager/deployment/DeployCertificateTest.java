package io.jenkins.plugins.sslmanager.deployment;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.FilePath;
import hudson.model.Fingerprint;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.slaves.WorkspaceList;
import hudson.tasks.Builder;
import hudson.tasks.Shell;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.certificates.Deployment;
import io.jenkins.plugins.sslmanager.certificates.Deployments;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.served.HostAddresses;
import io.jenkins.plugins.sslmanager.engine.served.TlsServer;
import io.jenkins.plugins.sslmanager.engine.served.TlsServer.Identity;
import io.jenkins.plugins.sslmanager.freestyle.CheckServedBuilder;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A certificate is brought to its targets until they have it, and no longer. */
@WithJenkins
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The blocks are shell steps")
class DeployCertificateTest {

    private static final Identity OLD = Identity.of("www.example.com");
    private static final Identity NEW = Identity.of("www.example.com");

    private static JenkinsRule jenkins;
    private static Builds builds;

    @RegisterExtension
    private final FlagExtension<HostAddresses> names =
            ServedNames.extension(Map.of("www.example.com", "127.0.0.1", "both.example.com", "127.0.0.1 ::1"));

    @RegisterExtension
    private final FlagExtension<Duration> quick = ServedNames.quickLooks();

    @TempDir
    private Path folder;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = new Builds(rule);
        CertificateCredentials.storeWithoutKey("without-key", NEW);
        SandboxFixture.addSecretText("text", "a secret");
    }

    @BeforeEach
    void storeNewAndServeOld() throws Exception {
        CertificateCredentials.store("www", NEW);
        OLD.writeTo(folder);
    }

    private static TlsServer server(String address, int port, Path folder) throws Exception {
        return TlsServer.ofFolder(InetAddress.getByName(address), port, folder);
    }

    private static String script(String verify, String block) {
        return "node { sslDeployCertificate(credentialsId: 'www', target: 'web', %s verifyFor: '1s') { %s } }"
                .formatted(verify.isEmpty() ? "" : "verify: '" + verify + "',", block);
    }

    private String install() {
        return "sh 'cp \"$SSL_KEY_FILE\" \"$SSL_FULLCHAIN_FILE\" " + folder + "'";
    }

    private static WorkflowRun night(WorkflowJob job, Result expected) throws Exception {
        WorkflowRun build = jenkins.buildAndAssertStatus(expected, job);
        assertNoFilesAreLeft(job);
        jenkins.assertLogNotContains("BEGIN PRIVATE KEY", build);
        return build;
    }

    private static void assertNoFilesAreLeft(WorkflowJob job) throws Exception {
        FilePath temporary = WorkspaceList.tempDir(jenkins.jenkins.getWorkspaceFor(job));
        if (temporary.exists()) {
            assertEquals(List.of(), List.of(temporary.list("ssl-manager/**")));
        }
    }

    private static Deployment deployment(WorkflowJob job) {
        return Deployments.get().find(job.getFullName(), "www", "web").orElseThrow();
    }

    @Test
    void blockRunsNightAfterNightUntilTheTargetServesIt() throws Exception {
        try (TlsServer server = server("127.0.0.1", 0, folder)) {
            String hosts = "www.example.com:" + server.port();
            WorkflowJob job = builds.job(script(hosts, "sh 'exit 3'"));
            jenkins.assertLogContains("it has had none from this job yet", night(job, Result.FAILURE));
            assertEquals(Deployment.Outcome.FAILED, deployment(job).outcome());

            Builds.withScript(job, script(hosts, "echo 'nothing'"));
            WorkflowRun second = night(job, Result.FAILURE);
            jenkins.assertLogContains("the block of build #1 failed", second);
            jenkins.assertLogContains(
                    "ERROR: 'web' is not seen to serve the certificate within 1s after the block: " + hosts
                            + " (127.0.0.1): presents another (",
                    second);
            jenkins.assertLogContains(
                    "The block has changed nothing there: have it put the files where the server reads them", second);
            assertEquals(Deployment.Outcome.NOT_SERVED, deployment(job).outcome());

            Builds.withScript(job, script(hosts, install()));
            WorkflowRun third = night(job, Result.SUCCESS);
            jenkins.assertLogContains("it was not seen to serve it in build #2", third);
            jenkins.assertLogContains("[SSL Manager] " + hosts + " (127.0.0.1): presents it", third);
            jenkins.assertLogContains("'web' has it now", third);

            Builds.withScript(job, script(hosts, "error 'must not run'"));
            WorkflowRun fourth = night(job, Result.SUCCESS);
            jenkins.assertLogContains("Nothing is left to do", fourth);
            assertEquals(
                    third.getStartTimeInMillis()
                            <= deployment(job).deployed().since().toEpochMilli(),
                    true);

            OLD.writeTo(folder);
            Builds.withScript(job, script(hosts, install()));
            jenkins.assertLogContains(
                    "to 'web': " + hosts + " (127.0.0.1): presents another (", night(job, Result.SUCCESS));

            CertificateCredentials.store("www", OLD);
            jenkins.assertLogContains("it has another certificate yet", night(job, Result.SUCCESS));
        }
    }

    @Test
    void withoutHostsTheSuccessOfTheBlockCounts() throws Exception {
        WorkflowJob job = builds.job(script("", "echo 'block'"));
        jenkins.assertLogContains("'web' has it now", night(job, Result.SUCCESS));
        WorkflowRun second = night(job, Result.SUCCESS);
        jenkins.assertLogContains("Nothing is left to do", second);
        jenkins.assertLogNotContains("block\n", second);
        Fingerprint uses = CredentialsProvider.getFingerprintOf(StoredCertificates.find("www"));
        assertNotNull(uses);
        assertTrue(uses.getRangeSet(job.getFullName()).includes(1));
    }

    @Test
    void filesAreTheUsersAloneAndThePasswordIsMasked() throws Exception {
        String block = "sh '''stat -c \"mode %a\" \"$SSL_CERT_FILE\" \"$SSL_CHAIN_FILE\" \"$SSL_FULLCHAIN_FILE\""
                + " \"$SSL_KEY_FILE\" \"$SSL_KEYSTORE_FILE\" \"$(dirname \"$SSL_KEY_FILE\")\"\n"
                + "cat \"$SSL_CERT_FILE\" \"$SSL_CHAIN_FILE\" | cmp - \"$SSL_FULLCHAIN_FILE\" && echo 'in this order'\n"
                + "echo \"password $SSL_KEYSTORE_PASSWORD\"\n"
                + "keytool -list -keystore \"$SSL_KEYSTORE_FILE\" -storepass \"$SSL_KEYSTORE_PASSWORD\" | grep Entry'''";
        WorkflowRun build = night(
                builds.job("node { sslDeployCertificate(credentialsId: 'www', target: 'web', keyStore: true) { "
                        + block.replace("keytool", System.getProperty("java.home") + "/bin/keytool") + " } }"),
                Result.SUCCESS);
        String log = JenkinsRule.getLog(build);
        assertEquals(5, log.split("mode 600\n", -1).length - 1, log);
        assertEquals(1, log.split("mode 700\n", -1).length - 1, log);
        assertThat(log, containsString("in this order"));
        assertThat(log, containsString("password ****\n"));
        assertThat(log, containsString("PrivateKeyEntry"));
    }

    @Test
    void abortedBlockLeavesNothingAndRunsAgain() throws Exception {
        WorkflowJob job = builds.job(script("", "echo 'in the block'\n sleep 1000"));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("in the block", build);
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertNoFilesAreLeft(job);
        Builds.withScript(job, script("", "echo 'again'"));
        jenkins.assertLogContains("the block of build #1 failed", night(job, Result.SUCCESS));
    }

    @Test
    void oldCertificateOnTheIpv6AddressAloneFailsTheBuild() throws Exception {
        Path other = Files.createDirectory(folder.resolve("ipv6"));
        OLD.writeTo(other);
        try (TlsServer server = server("127.0.0.1", 0, folder);
                TlsServer ipv6 = server("::1", server.port(), other)) {
            String hosts = "both.example.com:" + server.port();
            WorkflowJob job = builds.job(script(hosts, install()));
            WorkflowRun first = night(job, Result.FAILURE);
            jenkins.assertLogContains(hosts + " (127.0.0.1): presents it", first);
            jenkins.assertLogContains(hosts + " (0:0:0:0:0:0:0:1): presents another (CN=www.example.com", first);
            assertEquals(2, deployment(job).addresses().size());

            NEW.writeTo(other);
            night(job, Result.SUCCESS);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere.example.com:443|nowhere.example.com:443: the name does not resolve here",
                "www.example.com:1|www.example.com:1 (127.0.0.1): no connection (Connection refused)",
                "www.example.com:WEBSITE|: no TLS (Unsupported or unrecognized SSL message)",
                "www.example.com:SEVERAL|: presents several certificates in turn: "
            })
    void hostThatDoesNotServeItIsNamed(String hosts, String message) throws Exception {
        try (TlsServer website = TlsServer.greeting(
                        (in, connection) -> TlsServer.say(connection, "HTTP/1.1 400 Bad Request"), NEW);
                TlsServer several = TlsServer.local(NEW, OLD)) {
            String places = hosts.replace("WEBSITE", String.valueOf(website.port()))
                    .replace("SEVERAL", String.valueOf(several.port()));
            WorkflowRun build = night(builds.job(script(places, "echo 'block'")), Result.FAILURE);
            assertThat(
                    JenkinsRule.getLog(build),
                    containsString("ERROR: 'web' is not seen to serve the certificate within 1s after the block: "));
            assertThat(JenkinsRule.getLog(build), containsString(message));
            jenkins.assertLogNotContains("\tat ", build);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "target: 'web', credentialsId: ''|'credentialsId' is missing. Set it to the ID of a credential of the kind 'Certificate'",
                "credentialsId: 'www', target: ' '|'target' is missing. Set it to a name of where the block brings the certificate, such as web",
                "credentialsId: 'www', target: 'web', verify: 'www.example.com'|verify: 'www.example.com' has no port. Write host:port,"
                        + " such as www.example.com:443 or www.example.com:25/smtp",
                "credentialsId: 'www', target: 'web', verify: 'mail.example.com:110/pop3'|verify: 'mail.example.com:110/pop3': unknown"
                        + " scheme 'pop3'. Write /smtp or /imap for STARTTLS, and nothing where TLS begins with the connection",
                "credentialsId: 'www', target: 'web', verifyFor: 'long'|verifyFor: 'long' is not a duration. Use a whole number and a"
                        + " unit, such as 90s, 15m, 12h or 2d",
                "credentialsId: 'none', target: 'web'|There are no credentials 'none' of the kind 'Certificate' that this build may use."
                        + " Check 'credentialsId' and the folder it is in",
                "credentialsId: 'text', target: 'web'|credentialsId: 'text' is of the kind 'Secret text', and only a certificate can be"
                        + " deployed. Choose a credential of the kind 'Certificate'",
                "credentialsId: 'without-key', target: 'web'|credentialsId: 'without-key' cannot be deployed. The key store has no"
                        + " private key. Take a credential that holds a certificate together with its private key"
            })
    void whatCannotBeDeployedIsNamed(String parameters, String message) throws Exception {
        builds.failure(builds.job("node { sslDeployCertificate(" + parameters + ") { echo 'block' } }"), message);
    }

    @Test
    void targetOfOneNameIsOnePlace() throws Exception {
        String step = "sslDeployCertificate(credentialsId: 'www', target: 'web') { echo 'block' }";
        builds.failure(
                builds.job("node { " + step + "\n" + step + " }"),
                "target: 'web' is named twice in this build for the credential 'www'. Give each place that a block brings it to"
                        + " a name of its own");
        builds.success(builds.job("node { retry(2) { " + step
                + "\n if (!fileExists('once')) { writeFile file: 'once', text: ''; error 'try again' } } }"));
        builds.success(builds.job("node { " + step + "\n" + step.replace("web", "mail") + " }"));
    }

    @Test
    void targetsBelongToTheirJob() throws Exception {
        WorkflowJob other = builds.job(script("", "echo 'block'"));
        night(other, Result.SUCCESS);
        WorkflowJob one = builds.job("one", script("", "echo 'block'"));
        jenkins.assertLogContains("it has had none from this job yet", night(one, Result.SUCCESS));

        one.renameTo("renamed");
        jenkins.assertLogContains("Nothing is left to do", night(one, Result.SUCCESS));
        one.delete();
        assertFalse(Deployments.get().find("renamed", "www", "web").isPresent());
    }

    @Test
    void lookAloneMakesTheBuildUnstableAndMarksItsStep() throws Exception {
        try (TlsServer server = server("127.0.0.1", 0, folder)) {
            String hosts = "www.example.com:" + server.port();
            WorkflowJob job =
                    builds.job("node { echo \"served: ${sslCheckServed(hosts: '%s', credentialsId: 'www').served}\" }"
                            .formatted(hosts));
            WorkflowRun first = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);
            jenkins.assertLogContains(hosts + " (127.0.0.1): presents another (", first);
            jenkins.assertLogContains("served: false", first);
            assertThat(
                    new DepthFirstScanner()
                            .allNodes(first.getExecution()).stream()
                                    .map(node -> node.getPersistentAction(WarningAction.class))
                                    .filter(warning -> warning != null)
                                    .map(warning -> warning.getMessage().substring(0, 12))
                                    .toList(),
                    hasItem("Not served: "));

            NEW.writeTo(folder);
            WorkflowRun second = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains(hosts + " (127.0.0.1): presents it", second);
            jenkins.assertLogContains("served: true", second);
        }
    }

    @Test
    void freestyleJobLooksToo() throws Exception {
        try (TlsServer server = server("127.0.0.1", 0, folder)) {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            job.getBuildersList()
                    .addAll(List.<Builder>of(
                            new CheckServedBuilder(new CheckServedStep("www.example.com:${PORT}", "www")),
                            new Shell("echo \"served: $SSL_SERVED\"")));
            job.addProperty(new ParametersDefinitionProperty(
                    new StringParameterDefinition("PORT", String.valueOf(server.port()))));
            FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);
            jenkins.assertLogContains("(127.0.0.1): presents another (", build);
            jenkins.assertLogContains("served: false", build);
            NEW.writeTo(folder);
            jenkins.assertLogContains("served: true", jenkins.buildAndAssertSuccess(job));
        }
    }

    @Test
    void keyIsNowhereInTheBuild() throws Exception {
        WorkflowJob job = builds.job(script("", "echo 'block'"));
        WorkflowRun build = night(job, Result.SUCCESS);
        String key =
                Pem.encode(NEW.keys().getPrivate()).lines().skip(1).findFirst().orElseThrow();
        for (FilePath file : new FilePath(build.getRootDir()).list("**")) {
            assertThat(file.getRemote(), file.readToString(), not(containsString(key)));
        }
    }
}
