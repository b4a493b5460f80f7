package io.jenkins.plugins.sslmanager.rotation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Wherever a certificate is named, its name is as good as its number. */
class CertificatesByNameTest extends RotationStepsOverBothProtocols {

    private static final String NONE = "There is no certificate 'shop.example.com' that may be used here.";

    @Test
    void singleStepsTakeTheName() throws Exception {
        WorkflowJob job = builds.job("""
                def made = sslGenerateCsr certificate: 'WWW.example.com', keyAlgorithm: 'EC_P256'
                sslPrepareOrder certificate: 'www.example.com', csr: made.csr
                def order = sslReissue certificate: 'www.example.com', csr: made.csr
                def ended = sslAwaitNotification order.jobId
                sslCertificateInfo certificate: 'www.example.com', csr: made.csr, storeAs: 'www'
                sslCertificateInfo ended.certificateId
                """);
        finished(builds.waiting(job));
        assertNewest(StoredCertificates.entry("www").leaf());
    }

    @Test
    void rotationFollowsTheNameToAnotherNumber() throws Exception {
        fixture.sandbox.addCertificate("new-id.example.com", AuthMethod.DNS);
        WorkflowJob job =
                builds.job("sslRotateCertificate certificates: 'new-id.example.com', force: true, storeAs: 'new'" + EC);
        finished(builds.waiting(job));
        finished(builds.waiting(job));
        assertEquals(2, fixture.sandbox.orders("new-id.example.com"));
    }

    @Test
    void twoOfOneNameAreListed() throws Exception {
        long other = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);
        builds.failure(
                builds.job("sslRotateCertificate certificates: '" + NAME + "', storeAs: 'www'"),
                "There are 2 certificates 'www.example.com': " + id + ", " + other
                        + ". Give the number of the one that is meant");
    }

    @Test
    void oneOfTwoIsToldByTheNumberThatTheJobMayUse() throws Exception {
        long other = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);
        grant(String.valueOf(other));
        builds.success(builds.job("assert sslCertificateInfo('www.example.com').certificateId == " + other));
    }

    @Test
    void nameOfNoneAndNameThatIsNotGrantedAreToldAlike() throws Exception {
        WorkflowJob job = builds.job("sslRotateCertificate certificates: 'shop.example.com', storeAs: 'shop'" + EC);
        builds.failure(job, NONE);
        fixture.sandbox.addCertificate("shop.example.com", AuthMethod.DNS);
        grant(NAME);
        builds.failure(job, NONE);
    }

    @Test
    void nameThatIsNotGrantedIsToldToAdministrators() throws Exception {
        assertToldToAdministrators("info", "sslCertificateInfo '%s'");
        assertToldToAdministrators("rotate", "sslRotateCertificate certificates: '%s', storeAs: 'shop'");
    }

    private void assertToldToAdministrators(String host, String step) throws Exception {
        // What was refused by the same Jenkins over the other protocol is still there.
        String name = host + "-" + protocol.name().toLowerCase(Locale.ROOT) + ".example.com";
        WorkflowJob job = builds.job(step.formatted(name));
        grant(NAME);
        builds.failure(job, "There is no certificate '" + name + "' that may be used here.");
        assertThat(refusals(), not(containsString(name)));
        fixture.sandbox.addCertificate(name, AuthMethod.DNS);
        builds.failure(job, "There is no certificate '" + name + "' that may be used here.");
        assertThat(refusals(), containsString(name));
    }

    private String refusals() throws Exception {
        return jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .goTo("manage/ssl-manager-grants/")
                .asNormalizedText();
    }

    @Test
    void numberThatEarlierBuildsKnewIsNotBelievedBlindly() throws Exception {
        WorkflowJob look = builds.job("echo \"id ${sslCertificateInfo('www.example.com').certificateId}\"");
        jenkins.assertLogContains("id " + id, builds.success(look));
        fixture.sandbox.removeCertificate(id);
        long other = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);
        jenkins.assertLogContains("id " + other, builds.success(look));
    }

    @Test
    void patternStandsForThoseThatTheJobMayUse() throws Exception {
        fixture.letTimePass(Duration.ofDays(-20));
        fixture.sandbox.addCertificate("old.shop.example.com", AuthMethod.DNS);
        fixture.letTimePass(Duration.ofDays(20));
        fixture.sandbox.addCertificate("new.shop.example.com", AuthMethod.DNS);
        fixture.sandbox.addCertificate("secret.shop.example.com", AuthMethod.DNS);
        grant("old.shop.example.com new.shop.example.com");
        WorkflowJob job =
                builds.job("def all = sslRotateCertificate matching: '%.shop.example.com', atMost: 1, force: true,"
                        + " storeAs: '{name}'" + EC + "\necho \"done: ${all.certificates*.name}\"");
        String log = JenkinsRule.getLog(finished(builds.waiting(job)));
        assertThat(log, containsString("done: [old.shop.example.com]"));
        assertThat(log, containsString("1 more were not begun, since one build re-issues no more than 1 ('atMost')"));
        assertThat(log, not(containsString("secret")));
    }

    @Test
    void patternWithoutALimitOrWithoutAMatchIsTold() throws Exception {
        builds.failure(
                builds.job("sslRotateCertificate matching: '%.example.com', storeAs: '{name}'"),
                "'matching' needs 'atMost', since a pattern can match more than it was meant for");
        builds.failure(
                builds.job("sslRotateCertificate matching: '%.example.net', atMost: 5, storeAs: '{name}'"),
                "matching: no certificate that may be used here has a name like '%.example.net'");
    }

    private void grant(String certificates) {
        Grant grant = new Grant();
        grant.setEveryJob(true);
        grant.setCertificates(certificates);
        grant.setAllows(Purpose.ORDER);
        SslManagerAccount account = fixture.account(SandboxFixture.ACCOUNT, protocol, 4, "ssl-manager");
        account.setGrants(List.of(grant));
        SslManagerConfiguration.get().setAccounts(List.of(account));
    }
}
