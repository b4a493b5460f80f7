package io.jenkins.plugins.sslmanager.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.Service;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.rotation.RotateCertificateStep;
import io.jenkins.plugins.sslmanager.rotation.RotateWithValidationStep;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the Snippet Generator makes of the steps, and that their forms lose nothing. */
@WithJenkins
class StepSnippetsTest {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SandboxFixture.addCredentials("team", CredentialsScope.GLOBAL, SandboxFixture.PASSWORD);
        SslManagerConfiguration.get()
                .setAccounts(List.of(
                        new SslManagerAccount("demo", Service.DEMO, 1, null),
                        new SslManagerAccount("production", Service.LIVE, 9, null)));
    }

    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of(
                        "sslPrepareOrder certificate: '4711', csrFile: 'www.csr'",
                        prepareOrder("4711", null, "www.csr", null)),
                Arguments.of(
                        "sslPrepareOrder account: 'production', checkCaa: true, credentialsId: 'team', csr: 'PEM', product: 'SSL123'",
                        onTeamAccount(prepareOrder(null, "PEM", null, "SSL123"))),
                Arguments.of("sslReissue certificate: '4711', csr: 'PEM'", reissue("PEM", null, null, null, null)),
                Arguments.of(
                        "sslReissue account: 'production', certificate: '4711', credentialsId: 'team', csrFile: 'www.csr',"
                                + " dns: '_x CNAME y', fileContent: 'content', fileName: 'name', removeNames: 'old.example'",
                        onTeamAccount(reissue(null, "www.csr", "_x CNAME y", "name", "content"))),
                Arguments.of("sslAwaitNotification 42", await(null)),
                Arguments.of("sslAwaitNotification 42", await(AwaitNotificationStep.DEFAULT_TIMEOUT)),
                Arguments.of(
                        "sslAwaitNotification account: 'production', credentialsId: 'team', jobId: 42, timeout: '2d'",
                        onTeamAccount(await("2d"))),
                Arguments.of("sslCertificateInfo '4711'", certificateInfo(null, null, null, null)),
                Arguments.of(
                        "sslCertificateInfo account: 'production', certificate: '4711', credentialsId: 'team', csrFile: 'www.csr',"
                                + " dir: 'tls', previousSerialNumber: '0af1'",
                        onTeamAccount(certificateInfo(null, "www.csr", "0af1", "tls"))),
                Arguments.of(
                        "sslCertificateInfo archive: true, certificate: '4711', keyFile: 'key.pem', olderEncryption: true,"
                                + " shortChain: true, storeAs: 'www'",
                        stored()),
                Arguments.of("sslFindCertificates()", new FindCertificatesStep()),
                Arguments.of(
                        "sslFindCertificates account: 'production', credentialsId: 'team', expiresWithin: '60d',"
                                + " name: '%.example.com', product: 'SSL123'",
                        onTeamAccount(find())),
                Arguments.of("sslRotateCertificate certificates: '4711', storeAs: 'www'", rotate()),
                Arguments.of(
                        "sslRotateCertificate account: 'production', adminContactId: 7, atTermEnd: 'renew', certificates: '1, 2', credentialsId: 'team',"
                                + " dir: '{name}', dryRun: true, due: '30d', force: true, keepPrevious: true, keyAlgorithm: 'EC_P384',"
                                + " keyFile: '{name}/key.pem', lifetimeMonths: 6, names: 'a.example', product: 'SSL123',"
                                + " removeNames: 'b.example', software: 'NGINX', subject: 'CN=a', technicalContactId: 8, timeout: '2d'",
                        rotateSeveral()));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void snippetHasWhatIsNotTheDefault(String snippet, Step step) throws Exception {
        new SnippetizerTester(jenkins).assertRoundTrip(step, snippet);
    }

    @Test
    void snippetOfTheStepWithABlockHasOne() throws Exception {
        RotateWithValidationStep step = new RotateWithValidationStep();
        step.setCertificates("4711");
        step.setStoreAs("www");
        step.setAwaitDns(true);
        new SnippetizerTester(jenkins).assertRoundTrip(step, """
                sslRotateWithValidation(awaitDns: true, certificates: '4711', storeAs: 'www') {
                    // some block
                }""");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void formKeepsAllFields(String snippet, Step step) throws Exception {
        Step kept = new StepConfigTester(jenkins).configRoundTrip(step);
        jenkins.assertEqualDataBoundBeans(step, kept);
        assertEquals(step.getClass(), kept.getClass());
    }

    private static PrepareOrderStep prepareOrder(String certificate, String csr, String csrFile, String product) {
        PrepareOrderStep step = new PrepareOrderStep();
        step.setCertificate(certificate);
        step.setCsr(csr);
        step.setCsrFile(csrFile);
        step.setProduct(product);
        step.setCheckCaa(product != null);
        return step;
    }

    private static ReissueStep reissue(String csr, String csrFile, String dns, String fileName, String fileContent) {
        ReissueStep step = new ReissueStep("4711");
        step.setCsr(csr);
        step.setCsrFile(csrFile);
        step.setDns(dns);
        step.setFileName(fileName);
        step.setFileContent(fileContent);
        step.setRemoveNames(fileName == null ? null : "old.example");
        return step;
    }

    private static AwaitNotificationStep await(String timeout) {
        AwaitNotificationStep step = new AwaitNotificationStep(42);
        step.setTimeout(timeout);
        return step;
    }

    private static CertificateInfoStep certificateInfo(
            String csr, String csrFile, String previousSerialNumber, String dir) {
        CertificateInfoStep step = new CertificateInfoStep("4711");
        step.setCsr(csr);
        step.setCsrFile(csrFile);
        step.setPreviousSerialNumber(previousSerialNumber);
        step.setDir(dir);
        return step;
    }

    private static CertificateInfoStep stored() {
        CertificateInfoStep step = new CertificateInfoStep("4711");
        step.setKeyFile("key.pem");
        step.setStoreAs("www");
        step.setArchive(true);
        step.setOlderEncryption(true);
        step.setShortChain(true);
        return step;
    }

    private static FindCertificatesStep find() {
        FindCertificatesStep step = new FindCertificatesStep();
        step.setName("%.example.com");
        step.setExpiresWithin("60d");
        step.setProduct("SSL123");
        return step;
    }

    private static RotateCertificateStep rotate() {
        RotateCertificateStep step = new RotateCertificateStep();
        step.setCertificates("4711");
        step.setStoreAs("www");
        return step;
    }

    private static SslManagerStep rotateSeveral() {
        RotateCertificateStep step = new RotateCertificateStep();
        step.setCertificates("1, 2");
        step.setAtTermEnd("renew");
        step.setDue("30d");
        step.setForce(true);
        step.setDryRun(true);
        step.setKeyAlgorithm("EC_P384");
        step.setNames("a.example");
        step.setRemoveNames("b.example");
        step.setSubject("CN=a");
        step.setAdminContactId(7);
        step.setTechnicalContactId(8);
        step.setSoftware("NGINX");
        step.setProduct("SSL123");
        step.setLifetimeMonths(6);
        step.setTimeout("2d");
        step.setDir("{name}");
        step.setKeyFile("{name}/key.pem");
        step.setKeepPrevious(true);
        return onTeamAccount(step);
    }

    private static SslManagerStep onTeamAccount(SslManagerStep step) {
        step.setAccount("production");
        step.setCredentialsId("team");
        return step;
    }
}
