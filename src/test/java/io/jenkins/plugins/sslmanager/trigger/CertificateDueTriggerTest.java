package io.jenkins.plugins.sslmanager.trigger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.QuickTransport;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import java.time.Duration;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A job that starts by itself when a certificate is due. */
@WithJenkins
class CertificateDueTriggerTest {

    @RegisterExtension
    private static final FlagExtension<TransportLimits> UNPACED = QuickTransport.unpaced();

    private final SandboxFixture fixture = new SandboxFixture(Duration.ZERO);
    private final long id = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);
    private final LogRecorder log = new LogRecorder().capture(10).record(CertificateDueTrigger.class, Level.WARNING);

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        fixture.setUpAccount();
    }

    @AfterEach
    void close() {
        fixture.close();
        log.close();
    }

    @Test
    void freestyleJobStartsWhenOneOfItsCertificatesIsDue() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        look(job, trigger("4711, " + id, "300d"));
        jenkins.waitUntilNoActivity();

        assertStartedOnce(job);
        assertThat(log.getMessages().toString(), containsString("(Certificate 4711)"));
    }

    @Test
    void pipelineStartsToo() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("echo 'due'", true));
        CertificateDueTrigger trigger = trigger(Long.toString(id), "300d");
        job.addTrigger(trigger);
        trigger.look().join();
        jenkins.waitUntilNoActivity();

        assertStartedOnce(job);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "33%|",
                "soon|'soon' does not say when a certificate is due",
            })
    void jobIsLeftAloneWhereNothingIsDueOrItCannotBeTold(String due, String warning) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        look(job, trigger(Long.toString(id), due));
        jenkins.waitUntilNoActivity();

        assertNull(job.getLastBuild());
        if (warning != null) {
            assertThat(log.getMessages().toString(), containsString(warning));
        }
    }

    @Test
    void formKeepsAllFields() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        CertificateDueTrigger trigger = trigger("1, 2", "30d");
        trigger.setAccount(SandboxFixture.ACCOUNT);
        job.addTrigger(trigger);
        jenkins.configRoundtrip(job);

        jenkins.assertEqualDataBoundBeans(trigger, job.getTrigger(CertificateDueTrigger.class));
    }

    private static CertificateDueTrigger trigger(String ids, String due) {
        CertificateDueTrigger trigger = new CertificateDueTrigger(ids);
        trigger.setDue(due);
        return trigger;
    }

    private static void look(Job<?, ?> job, CertificateDueTrigger trigger) {
        trigger.start(job, true);
        trigger.look().join();
    }

    private static void assertStartedOnce(Job<?, ?> job) {
        Run<?, ?> build = job.getLastBuild();
        assertEquals(1, build.getNumber());
        assertThat(
                build.getCause(CertificateDueCause.class).getShortDescription(),
                containsString("The certificate www.example.com is due; it ends at 20"));
    }
}
