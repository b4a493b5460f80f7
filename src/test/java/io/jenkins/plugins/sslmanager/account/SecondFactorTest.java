package io.jenkins.plugins.sslmanager.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.security.ACL;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.SecretLeaks;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxAccount;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user who signs in with a one-time token besides the password. */
class SecondFactorTest extends OverBothProtocols {

    private final SandboxAccount careful = fixture.sandbox.account("careful", 4);
    private final long id = careful.addCertificate("www.example.com", AuthMethod.DNS, "example.com");
    private final Builds builds = new Builds(jenkins);
    private final String rotate =
            "sslRotateCertificate certificates: " + id + ", force: true, keyAlgorithm: 'EC_P256', storeAs: 'www'";

    SecondFactorTest() {
        super(Duration.ZERO);
    }

    @BeforeEach
    void addUser() throws Exception {
        SandboxFixture.addCredentials("careful", "careful", CredentialsScope.SYSTEM, SandboxFixture.PASSWORD);
        SandboxFixture.addSecretText("second-factor", SandboxFixture.SECOND_FACTOR);
        SandboxFixture.addSecretText("token", "287082");
        // To now: a token is worth nothing an hour later.
        fixture.letTimePass(Duration.ofDays(7));
    }

    private void setUp(String secondFactorId) {
        SslManagerAccount account = fixture.account(SandboxFixture.ACCOUNT, protocol, 4, "careful");
        account.setSecondFactorId(secondFactorId);
        SslManagerConfiguration.get().setAccounts(List.of(account));
    }

    @Test
    void certificateIsRotatedAndTheSecretStaysOne() throws Exception {
        setUp("second-factor");
        WorkflowJob job = builds.job(rotate);
        builds.success(job);

        assertEquals(
                careful.certificate(id).serialNumber(),
                Certificates.serialNumber(StoredCertificates.entry("www").leaf()));
        SecretLeaks.assertNone(jenkins, SandboxFixture.SECOND_FACTOR);
        StringCredentials secret = CredentialsProvider.findCredentialByIdInItemGroup(
                "second-factor", StringCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of());
        assertTrue(CredentialsProvider.getFingerprintOf(secret).getJobs().contains(job.getFullName()));
    }

    @Test
    void userWithoutItsTokenIsRefused() throws Exception {
        setUp(null);
        builds.failure(builds.job(rotate), "CertificateInfo (400104) was refused … Check the account's user");
    }

    @Test
    void secretThatIsMissingOrNoneIsTold() throws Exception {
        setUp("gone");
        builds.failure(
                builds.job(rotate),
                "The SSL Manager account 'test' has no secret for its second factor: there are no 'gone' of the kind");
        setUp("token");
        builds.failure(builds.job(rotate), "SSL Manager account: the TOTP secret (2FA) is not in Base32");
    }
}
