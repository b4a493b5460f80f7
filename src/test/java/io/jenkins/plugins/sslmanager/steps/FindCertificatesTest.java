package io.jenkins.plugins.sslmanager.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Certificates are found at the service by name, product and end. */
class FindCertificatesTest extends OverBothProtocols {

    FindCertificatesTest() {
        super(Duration.ZERO);
    }

    private void certificate(String name, Duration age) {
        fixture.letTimePass(age.negated());
        fixture.sandbox.addCertificate(name, AuthMethod.DNS);
        fixture.letTimePass(age);
    }

    private WorkflowRun find(String parameters) throws Exception {
        return new Builds(jenkins)
                .success(new Builds(jenkins)
                        .job("echo 'found: ' + sslFindCertificates(%s).collect { it.name }".formatted(parameters)));
    }

    @Test
    void thoseThatExpireFirstAreInFront() throws Exception {
        certificate("young.shop.example.org", Duration.ofDays(1));
        certificate("old.shop.example.org", Duration.ofDays(160));
        certificate("shop.example.org", Duration.ofDays(100));
        jenkins.assertLogContains(
                "found: [old.shop.example.org, young.shop.example.org]", find("name: '%.shop.example.org'"));
        jenkins.assertLogContains(
                "found: [old.shop.example.org]", find("name: '%shop.example.org', expiresWithin: '60d'"));
        jenkins.assertLogContains("found: []", find("name: '%shop.example.org', product: 'NONE'"));
        jenkins.assertLogContains("found: [old.shop.example.org]", find("name: 'OLD%shop%.org'"));
        jenkins.assertLogContains("found: []", find("name: '" + "%o".repeat(100) + "%x'"));
        WorkflowRun whole = new Builds(jenkins)
                .success(new Builds(jenkins)
                        .job("def one = sslFindCertificates(name: 'shop.example.org')[0]\n"
                                + "echo \"${one.certificateId} ${one.product} ${one.daysLeft} ${one.notAfter}\""));
        jenkins.assertLogContains(" QUICKSSLPREMIUM ", whole);
    }

    @Test
    void allPagesAreRead() throws Exception {
        for (int i = 0; i < 230; i++) {
            fixture.sandbox.addCertificate("c" + i + ".many.example.org", AuthMethod.DNS);
        }
        WorkflowRun build = new Builds(jenkins)
                .success(new Builds(jenkins)
                        .job("echo \"found: ${sslFindCertificates(name: '%.many.example.org').size()}\""));
        jenkins.assertLogContains("found: 230", build);
    }

    @Test
    void othersCertificatesAreLeftOutWithoutAWord() throws Exception {
        certificate("mine.team.example.org", Duration.ofDays(1));
        certificate("yours.team.example.org", Duration.ofDays(1));
        Grant grant = new Grant();
        grant.setEveryJob(true);
        grant.setCertificates("mine.team.example.org");
        grant.setAllows(Purpose.READ);
        SslManagerAccount account = fixture.account(SandboxFixture.ACCOUNT, protocol, 4, "ssl-manager");
        account.setGrants(List.of(grant));
        SslManagerConfiguration.get().setAccounts(List.of(account));
        WorkflowRun build = find("name: '%.team.example.org'");
        jenkins.assertLogContains("found: [mine.team.example.org]", build);
        assertEquals(-1, jenkins.getLog(build).indexOf("yours"));
    }

    @Test
    void certificateThatVanishesMeanwhileIsLeftOut() throws Exception {
        certificate("first.gone.example.org", Duration.ofDays(2));
        certificate("last.gone.example.org", Duration.ofDays(1));
        long gone = fixture.sandbox.addCertificate("gone.example.org", AuthMethod.DNS);
        fixture.sandbox.listBriefly();
        fixture.hold(Task.CERTIFICATE_SEARCH);
        WorkflowRun build = new Builds(jenkins)
                .start("echo 'found: ' + sslFindCertificates(name: '%gone.example.org').collect { it.name }");
        fixture.awaitHeldRequest();
        fixture.sandbox.removeCertificate(gone);
        fixture.release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("found: [first.gone.example.org, last.gone.example.org]", build);
    }

    @Test
    void timeThatCannotBeReadIsNamed() throws Exception {
        new Builds(jenkins)
                .failure(
                        new Builds(jenkins).job("sslFindCertificates expiresWithin: 'soon'"),
                        "expiresWithin: 'soon' is not a duration. Use a whole number and a unit, such as 90s, 15m, 12h or 2d");
    }
}
