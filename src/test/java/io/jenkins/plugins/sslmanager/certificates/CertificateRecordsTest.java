package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.certificates.CertificateRecord.LastBuild;
import io.jenkins.plugins.sslmanager.delivery.CertificateFacts;
import io.jenkins.plugins.sslmanager.delivery.CertificateOfBuild;
import io.jenkins.plugins.sslmanager.delivery.CertificatesAction;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What Jenkins remembers of the certificates that its builds have handled. */
class CertificateRecordsTest {

    private static final String NAME = "www.example.com";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SandboxFixture fixture = new SandboxFixture(Duration.ZERO);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void buildsLeaveARecordThatSurvivesARestart() throws Throwable {
        long id = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS, "example.com");
        sessions.then(jenkins -> {
            fixture.setUpAccount();
            WorkflowRun build = look(jenkins, id);
            assertRecordOf(
                    build.getAction(CertificatesAction.class)
                            .getCertificates()
                            .get(0)
                            .getCertificate(),
                    "look",
                    1);
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("look", WorkflowJob.class);
            assertRecordOf(
                    job.getBuildByNumber(1)
                            .getAction(CertificatesAction.class)
                            .getCertificates()
                            .get(0)
                            .getCertificate(),
                    "look",
                    1);
            job.getBuildByNumber(1).delete();
            assertThat(onlyRecord().lastBuilds(), contains(new LastBuild("look", 0)));
        });
    }

    private WorkflowRun look(JenkinsRule jenkins, long id) throws Exception {
        return jenkins.buildAndAssertSuccess(
                new Builds(jenkins).job("look", "sslCertificateInfo certificate: " + id + ", due: '30d'"));
    }

    private void assertRecordOf(CertificateOfBuild certificate, String job, int build) {
        CertificateRecord record = onlyRecord();
        CertificateFacts facts = record.facts();
        assertEquals(fixture.url(Protocol.JSON), facts.service());
        assertEquals(SandboxFixture.ACCOUNT, SslManagerConfiguration.get().nameOf(facts.account()));
        assertEquals(List.of(NAME, "example.com"), facts.names());
        assertEquals(certificate.getSerialNumber(), facts.serialNumber());
        assertEquals(certificate.getSha256Fingerprint(), facts.sha256Fingerprint());
        assertEquals(certificate.getIssuer(), facts.issuer());
        assertEquals(Instant.parse(certificate.getNotAfter()), facts.notAfter());
        assertEquals(facts.notAfter().minus(Duration.ofDays(30)), facts.dueAt());
        assertThat(record.lastBuilds(), contains(new LastBuild(job, build)));
    }

    @Test
    void recordsFollowTheirJobs() throws Throwable {
        sessions.then(jenkins -> {
            Folder team = jenkins.createProject(Folder.class, "team");
            FreeStyleProject job = team.createProject(FreeStyleProject.class, "job");
            certificate(NAME).by("team/job", 4).keep();

            job.renameTo("renamed");
            assertThat(onlyRecord().lastBuilds(), contains(new LastBuild("team/renamed", 4)));
            team.renameTo("crew");
            assertThat(onlyRecord().lastBuilds(), contains(new LastBuild("crew/renamed", 4)));
            Items.move(job, jenkins.jenkins);
            assertThat(onlyRecord().lastBuilds(), contains(new LastBuild("renamed", 4)));
            job.delete();
            assertThat(onlyRecord().lastBuilds(), empty());
        });
        sessions.then(jenkins -> assertThat(onlyRecord().lastBuilds(), empty()));
    }

    @Test
    void newJobDoesNotInheritWhatAnotherOfItsNameHasLeft() throws Throwable {
        sessions.then(jenkins -> {
            certificate(NAME).by("gone", 4).keep();
            jenkins.createFreeStyleProject("gone");
            assertThat(onlyRecord().lastBuilds(), empty());
        });
    }

    private static CertificateRecord onlyRecord() {
        assertEquals(1, CertificateRecords.get().all().size());
        return CertificateRecords.get().all().iterator().next();
    }
}
