package io.jenkins.plugins.sslmanager.examples;

import static io.jenkins.plugins.sslmanager.examples.ExampleFixture.GOOD;
import static io.jenkins.plugins.sslmanager.examples.ExampleFixture.NAME;
import static io.jenkins.plugins.sslmanager.examples.ExampleFixture.script;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.model.BooleanParameterValue;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterValue;
import hudson.model.TaskListener;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.engine.dns.Internet;
import io.jenkins.plugins.sslmanager.engine.dns.NameServer;
import io.jenkins.plugins.sslmanager.engine.dns.Resolvers;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.rotation.NameServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.libs.GlobalLibraries;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.LibraryRetriever;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;

/** The jobs of docs/examples, as they stand there but for ids of certificates and a folder of the machine. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "They have shell steps")
class ExamplesTest extends OverBothProtocols {

    private final Internet internet = new Internet();

    @RegisterExtension
    private final FlagExtension<Supplier<Resolvers>> nameServers = NameServers.extension(internet);

    @TempDir
    private Path machine;

    private ExampleFixture examples;

    ExamplesTest() {
        super(Duration.ZERO);
    }

    @BeforeEach
    void setUp() throws Exception {
        examples = new ExampleFixture(fixture, jenkins, machine);
    }

    @AfterEach
    void close() {
        internet.close();
    }

    @Test
    void nightlyJobRotatesWhatIsDueAndTellsWhatMustBeRenewed() throws Exception {
        WorkflowJob job = examples.pipeline("nightly/Jenkinsfile", examples.good);
        WorkflowRun first = jenkins.buildAndAssertSuccess(job);
        assertThat(first.getDescription(), startsWith("new: "));
        assertFalse(job.isConcurrentBuild());
        assertEquals(
                List.of("H 3 * * *"),
                job.getTriggers().values().stream()
                        .map(trigger -> ((TimerTrigger) trigger).getSpec())
                        .toList());

        assertThat(jenkins.buildAndAssertSuccess(job).getDescription(), endsWith(" days left"));
        examples.build(
                job,
                Result.SUCCESS,
                new BooleanParameterValue("FORCE", true),
                new BooleanParameterValue("DRY_RUN", true));
        assertEquals(1, examples.sandbox.orders(GOOD), "Once, since the vault had never had it");

        examples.build(job, Result.SUCCESS, certificate(examples.due));
        examples.assertNewest(StoredCertificates.entry("www-example-com").leaf());

        WorkflowRun last = examples.build(job, Result.UNSTABLE, certificate(examples.withEndOfPaidTerm()));
        jenkins.assertLogContains("a re-issue would not help: its paid term ends on ", last);
    }

    private static StringParameterValue certificate(long id) {
        return new StringParameterValue("CERTIFICATE", Long.toString(id));
    }

    @Test
    void declarativePipelineDeploysWhatIsNew() throws Exception {
        WorkflowJob job = examples.pipeline("declarative/Jenkinsfile", examples.due);
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        script(
                workspace,
                "deploy",
                "openssl pkcs12 -in \"$1\" -passin env:PASSWORD -nokeys -clcerts -out deployed.pem\n"
                        + "printf '%s' \"$2\" > deployed.number");
        jenkins.buildAndAssertSuccess(job);
        FilePath deployed = workspace.child("deployed.pem");
        examples.assertNewest(Pem.certificate(deployed.readToString()));
        assertEquals(
                examples.sandbox.certificate(examples.due).serialNumber(),
                workspace.child("deployed.number").readToString());

        deployed.delete();
        jenkins.buildAndAssertSuccess(job);
        assertFalse(deployed.exists());
        examples.build(job, Result.SUCCESS, new BooleanParameterValue("DEPLOY", true));
        assertTrue(deployed.exists());
        assertEquals(1, examples.sandbox.orders(NAME));
    }

    @Test
    void severalCertificatesGoIntoCredentialsOfTheirNames() throws Exception {
        WorkflowJob job = examples.pipeline("credential/Jenkinsfile", examples.due);
        WorkflowRun first = jenkins.buildAndAssertSuccess(job);
        examples.assertNewest(StoredCertificates.entry(NAME).leaf());
        jenkins.assertLogContains("The credential " + NAME + " is new, until ", first);
        jenkins.assertLogNotContains(" is new, until ", jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void recordIsSetAtTheProviderBeforeTheOrder() throws Exception {
        NameServer server = internet.inCharge("example.com.", "ns1.example.com.");
        WorkflowJob job = examples.pipeline("own-dns/Jenkinsfile", examples.due);
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        script(workspace, "set-record", "echo \"$@\" > asked\nread answer < done");
        Path asked = pipe(workspace.child("asked"));
        Path done = pipe(workspace.child("done"));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();

        String[] record = Files.readString(asked).trim().split(" ");
        assertEquals(List.of(NAME, "TXT", "300"), List.of(record).subList(0, 3));
        assertEquals(0, examples.sandbox.orders(NAME));
        server.add(record[0] + " " + record[1] + " " + record[3]);
        Files.writeString(done, "\n");

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("ns1.example.com shows it", build);
        examples.assertNewest(StoredCertificates.entry("www-example-com").leaf());
    }

    private static Path pipe(FilePath name) throws Exception {
        assertEquals(0, new ProcessBuilder("mkfifo", name.getRemote()).start().waitFor());
        return Path.of(name.getRemote());
    }

    @Test
    void nginxIsReloadedWithWhatIsNewAndOnlyIfItTakesIt() throws Exception {
        FilePath tls = new FilePath(machine.resolve("tls").toFile());
        tls.child("key.pem").write("old key", "UTF-8");
        tls.child("fullchain.pem").write("old chain", "UTF-8");
        FilePath calls = tls.child("calls");
        FilePath accepting = tls.child("accepting");
        script(
                new FilePath(machine.toFile()),
                "nginx",
                "echo \"$@\" >> '" + calls + "'\n[ \"$1\" != -t ] || [ -e '" + accepting + "' ]");
        jenkins.buildAndAssertStatus(Result.UNSTABLE, examples.pipeline("nginx/Jenkinsfile", examples.good));
        assertFalse(calls.exists());

        WorkflowJob job = examples.pipeline("nginx/Jenkinsfile", examples.due);
        examples.build(job, Result.FAILURE);
        assertEquals("-t\n", calls.readToString());
        assertEquals("old key", tls.child("key.pem").readToString());
        assertEquals("old chain", tls.child("fullchain.pem").readToString());

        accepting.touch(0);
        jenkins.buildAndAssertSuccess(job);
        assertEquals("-t\n-t\n-s reload\n", calls.readToString());
        X509Certificate leaf =
                Pem.certificates(tls.child("fullchain.pem").readToString()).get(0);
        KeyStores.requirePair(Pem.privateKey(tls.child("key.pem").readToString()), leaf);
        examples.assertNewest(leaf);

        jenkins.buildAndAssertSuccess(job);
        assertEquals("-t\n-t\n-s reload\n", calls.readToString());
        assertEquals(1, examples.sandbox.orders(NAME));
    }

    @Test
    void freestyleJobDeploysWhatIsNew() throws Exception {
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText(examples.example("freestyle/job.groovy", examples.due));
        FreeStyleProject seed = jenkins.createFreeStyleProject();
        seed.getBuildersList().add(dsl);
        jenkins.buildAndAssertSuccess(seed);
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("rotate-www", FreeStyleProject.class);
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        script(workspace, "deploy", "cp \"$1/leaf.pem\" deployed.pem && cp \"$2\" deployed-key.pem");
        jenkins.buildAndAssertSuccess(job);
        X509Certificate leaf = Pem.certificate(workspace.child("deployed.pem").readToString());
        KeyStores.requirePair(Pem.privateKey(workspace.child("deployed-key.pem").readToString()), leaf);
        examples.assertNewest(leaf);

        workspace.child("deployed.pem").delete();
        jenkins.buildAndAssertSuccess(job);
        assertFalse(workspace.child("deployed.pem").exists());
    }

    @Test
    void functionOfALibraryTriesToDeployThreeTimes() throws Exception {
        LibraryConfiguration library = new LibraryConfiguration("tls", new Checkout());
        library.setDefaultVersion("main");
        GlobalLibraries.get().setLibraries(List.of(library));
        WorkflowJob job = examples.pipeline("shared-library/Jenkinsfile", examples.due);
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        script(workspace, "deploy", "echo try >> tries\n[ $(wc -l < tries) = 3 ]");
        jenkins.buildAndAssertSuccess(job);
        assertEquals("try\ntry\ntry\n", workspace.child("tries").readToString());
        examples.assertNewest(StoredCertificates.entry(NAME).leaf());
    }

    /** In the place of a repository. */
    private static final class Checkout extends LibraryRetriever {

        @Override
        public void retrieve(
                String name, String version, boolean changelog, FilePath target, Run<?, ?> run, TaskListener listener)
                throws Exception {
            new FilePath(ExampleFixture.FOLDER.resolve("shared-library").toFile()).copyRecursiveTo(target);
        }

        @Override
        public void retrieve(String name, String version, FilePath target, Run<?, ?> run, TaskListener listener)
                throws Exception {
            retrieve(name, version, false, target, run, listener);
        }
    }
}
