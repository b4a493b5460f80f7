package io.jenkins.plugins.sslmanager.trigger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.LogRecorder;

/** A job that starts by itself when a certificate is due. */
class CertificateDueTriggerTest extends OverBothProtocols {

    /** The second one is empty, which tells that the first was the last. */
    private static final int PAGES = 2;

    private final long id = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);
    private final LogRecorder log = new LogRecorder().capture(10).record(CertificateDueTrigger.class, Level.WARNING);

    CertificateDueTriggerTest() {
        super(Duration.ZERO);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void freestyleJobStartsWhenOneOfItsCertificatesIsDue() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        look(job, trigger("4711, " + id, "99%"));
        jenkins.waitUntilNoActivity();

        assertStartedOnce(job);
        assertThat(log.getMessages().toString(), containsString("(Certificate 4711)"));
    }

    @Test
    void pipelineStartsToo() throws Exception {
        WorkflowJob job = new Builds(jenkins).job("echo 'due'");
        CertificateDueTrigger trigger = trigger(Long.toString(id), "99%");
        job.addTrigger(trigger);
        trigger.look().join();
        jenkins.waitUntilNoActivity();

        assertStartedOnce(job);
    }

    @Test
    void jobStartsWhenTheServiceWantsACertificateReissued() throws Exception {
        long wanted = fixture.sandbox.addCertificate("reissue-required.example.com", AuthMethod.DNS);
        FreeStyleProject job = jenkins.createFreeStyleProject();
        look(job, trigger(Long.toString(wanted), "1d"));
        jenkins.waitUntilNoActivity();

        assertEquals(1, job.getBuilds().size());
    }

    @Test
    void jobsNameTheirCertificatesAndShareOneListOfTheService() throws Exception {
        fixture.sandbox.addCertificate("shop.example.com", AuthMethod.DNS);
        List<FreeStyleProject> jobs = List.of(jenkins.createFreeStyleProject(), jenkins.createFreeStyleProject());
        look(jobs.get(0), trigger("www.example.com, shop.example.com", "99%"));
        look(jobs.get(1), trigger("www.example.com", "99%"));
        jenkins.waitUntilNoActivity();

        jobs.forEach(CertificateDueTriggerTest::assertStartedOnce);
        assertEquals(PAGES, fixture.requests(Task.CERTIFICATE_SEARCH));
        assertEquals(2, fixture.requests(Task.CERTIFICATE_INFO), "One that is due is enough to start a job");
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

    @Test
    void configurationThatNamesATimeIsStillLookedAtOnceADay() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        CertificateDueTrigger trigger = trigger("1, 2", "30d");
        job.addTrigger(trigger);
        String everyMinute =
                job.getConfigFile().asString().replaceFirst("<spec>[^<]*</spec>", "<spec>* * * * *</spec>");

        job.updateByXml((Source) new StreamSource(new StringReader(everyMinute)));

        jenkins.assertEqualDataBoundBeans(trigger, job.getTrigger(CertificateDueTrigger.class));
        assertEquals(
                trigger.getSpec(), job.getTrigger(CertificateDueTrigger.class).getSpec());
    }

    @Test
    void declarativePipelineDeclaresIt() throws Exception {
        WorkflowJob job = new Builds(jenkins).job("""
                pipeline {
                    agent none
                    triggers { sslCertificateDue(certificates: '1, 2', due: '30d') }
                    stages { stage('Rotate') { steps { echo 'due' } } }
                }
                """);
        jenkins.buildAndAssertSuccess(job);

        jenkins.assertEqualDataBoundBeans(
                List.of(trigger("1, 2", "30d")), List.copyOf(job.getTriggers().values()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "freeStyleJob('rotate') { triggers { %s } }",
                "pipelineJob('rotate') { properties { pipelineTriggers { triggers { %s } } } }",
            })
    void jobDslDeclaresIt(String script) throws Exception {
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText(script.formatted("sslCertificateDue { certificates('1, 2'); due('30d') }"));
        FreeStyleProject seed = jenkins.createFreeStyleProject();
        seed.getBuildersList().add(dsl);
        jenkins.buildAndAssertSuccess(seed);

        ParameterizedJobMixIn.ParameterizedJob<?, ?> job =
                jenkins.jenkins.getItemByFullName("rotate", ParameterizedJobMixIn.ParameterizedJob.class);
        jenkins.assertEqualDataBoundBeans(
                List.of(trigger("1, 2", "30d")), List.copyOf(job.getTriggers().values()));
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
                containsString("Certificate www.example.com is due and expires on 20"));
    }
}
