package io.jenkins.plugins.sslmanager.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Result;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.Website;
import io.jenkins.plugins.sslmanager.account.QuickTransport;
import io.jenkins.plugins.sslmanager.account.Service;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What builds say when they are given what cannot work, or the service cannot do it. */
@WithJenkins
class BadInputTest {

    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    static final FlagExtension<TransportLimits> QUICK = QuickTransport.extension();

    private static final String RSA_1024 = """
            -----BEGIN CERTIFICATE REQUEST-----
            MIIBWTCBwwIBADAaMRgwFgYDVQQDDA93d3cuZXhhbXBsZS5jb20wgZ8wDQYJKoZI
            hvcNAQEBBQADgY0AMIGJAoGBAO+HThDcX3GMrl/CSeBdz1g5NGWvVdw2bvKDp65Q
            5mu8/KCPPLdUxoHz7qUdf43nmwPF9w4MHye+dY8RmGBU3zUTdEeblCHDvAJqE5PU
            Q5l4FMLw1Q78mMuz/gym8i0+Mn9iCtO6ls060BdomXlxkt+pGWLIQPCyeyM+ZSAw
            Pel9AgMBAAGgADANBgkqhkiG9w0BAQsFAAOBgQATwKgI2WSyQh3BNZULMquHQpl6
            WPVrQwfz2chQ+pcS4NR78YPuul7A6y06ImVumS2sj6MIR07/ZdLWVz95/fvBjOkE
            H3gkggsMVcwDlUip2OF6NRiK44s9hWbP41kF+0tx4SNv344SDe51VKZfxYtNQt81
            4p+74TxGyG+xbl7wNw==
            -----END CERTIFICATE REQUEST-----
            """;

    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBiTCCAS+gAwIBAgIUTzqbSoDN/htq6Bc9QA1ekROOAkgwCgYIKoZIzj0EAwIw
            GjEYMBYGA1UEAwwPd3d3LmV4YW1wbGUuY29tMB4XDTI2MTEyNDE1MzU0NVoXDTM2
            -----END CERTIFICATE-----
            """;

    private static final String NAME = "www.example.com";
    private static final SandboxFixture FIXTURE = new SandboxFixture(Duration.ZERO);
    private static final String CSR = SandboxFixture.csr(NAME);
    private static final long WWW = certificate(NAME);

    private static Website website;
    private static JenkinsRule jenkins;
    private static Builds builds;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        builds = new Builds(rule);
        website = new Website();
        SandboxFixture.addCredentials("right", CredentialsScope.SYSTEM, SandboxFixture.PASSWORD);
        SandboxFixture.addCredentials("wrong", CredentialsScope.SYSTEM, "guessed");
        SslManagerConfiguration.get()
                .setAccounts(List.of(
                        FIXTURE.account("right", 4, "right"),
                        FIXTURE.account("without-credentials", 4, null),
                        FIXTURE.account("wrong-password", 4, "wrong"),
                        FIXTURE.account("wrong-context", 9, "right"),
                        at("unreachable", "http://127.0.0.1:1/v1"),
                        at("website", website.url())));
    }

    @AfterAll
    static void close() {
        website.close();
        FIXTURE.close();
    }

    static final List<Arguments> ACCOUNTS = List.of(
            argumentSet(
                    "no account named",
                    "sslCertificateInfo " + WWW,
                    "No account is named. Set 'account' to one of ['right', 'without-credentials', 'wrong-password', 'wrong-context'"
                            + ", 'unreachable', 'website']"),
            argumentSet(
                    "no such account",
                    on("prodution", "sslCertificateInfo certificate: " + WWW),
                    "There is no SSL Manager account 'prodution' that this job may use. Set 'account' to one of ['right', "),
            argumentSet(
                    "no credentials",
                    on("without-credentials", "sslCertificateInfo certificate: " + WWW),
                    "The SSL Manager account 'without-credentials' has no credentials. An administrator chooses them in Manage"
                            + " Jenkins » System » SSL Manager"),
            argumentSet(
                    "no such credentials",
                    on("right", "sslCertificateInfo credentialsId: 'mine', certificate: " + WWW),
                    "There are no credentials 'mine' of the kind 'Username with password' that this build may use for 127.0.0.1."
                            + " Check 'credentialsId', the folder it is in, and its domain"),
            argumentSet(
                    "credentials of administrators only",
                    on("right", "sslCertificateInfo credentialsId: 'right', certificate: " + WWW),
                    "There are no credentials 'right' of the kind 'Username with password' that this build may use"),
            argumentSet(
                    "wrong-password",
                    on("wrong-password", "sslCertificateInfo certificate: " + WWW),
                    "CertificateInfo (400104) was refused (HTTP 401, stid … ): EF00401 \"User or password is wrong or missing. (request.auth.user)\"."
                            + " Check the account's user, password and context."),
            argumentSet(
                    "wrong-context",
                    on("wrong-context", "sslCertificateInfo certificate: " + WWW),
                    "CertificateInfo (400104) was refused (HTTP 401, stid … ): EF01000 \"Missing or wrong value."
                            + " (request.auth.context 9)\". Check the account's user, password and context."),
            argumentSet(
                    "unreachable",
                    on("unreachable", "sslCertificateInfo certificate: " + WWW),
                    "CertificateInfo (400104) was not sent: the connection to 127.0.0.1:1 was refused … . Check the URL of the SSL"
                            + " Manager account and this machine's proxy and firewall."),
            argumentSet(
                    "answer not JSON",
                    on("website", "sslCertificateInfo certificate: " + WWW),
                    "CertificateInfo (400104) got an unusable answer (HTTP 200): it is not JSON but text/html, it begins"
                            + " \"<html>Welcome</html>\". Check the URL and the protocol of the SSL Manager account."),
            argumentSet(
                    "answer cut off",
                    on("right", "sslCertificateInfo certificate: " + certificate("answer-cut.example.com")),
                    "CertificateInfo (400104) got no complete answer: the connection to … broke … . Check the connection to the"
                            + " service and the proxy, if there is one."),
            argumentSet(
                    "service out of order",
                    on("right", "sslCertificateInfo certificate: " + certificate("unavailable.example.com")),
                    "CertificateInfo (400104) was refused (HTTP 503, stid … ): EF00503 \"The service is not available.\". The service"
                            + " has trouble; run this again later."));

    static final List<Arguments> ORDERS = List.of(
            argumentSet(
                    "unknown certificate",
                    on("right", "sslCertificateInfo certificate: 999"),
                    "CertificateInfo (400104) was refused (HTTP 404, stid … ): EF400104 \"The certificate was not found. (Certificate"
                            + " 999)\". Check the ID: it must belong to this user in this context."),
            argumentSet(
                    "unknown certificate to re-issue",
                    on("right", "sslReissue certificate: 999, csr: '''" + CSR + "'''"),
                    "CertificateInfo (400104) was refused (HTTP 404, stid … ): EF400104 \"The certificate was not found. (Certificate"
                            + " 999)\". Check the ID: it must belong to this user in this context."),
            argumentSet(
                    "CSR for another name",
                    on(
                            "right",
                            "sslReissue certificate: " + certificate("shop.example.com") + ", csr: '''" + CSR + "'''"),
                    "The CSR is for [www.example.com], but certificate … is for shop.example.com. Give the ID of the right"
                            + " certificate, or make the CSR for shop.example.com"),
            argumentSet(
                    "no product",
                    on("right", "sslPrepareOrder csr: '''" + CSR + "'''"),
                    "It is not known which product the CSR is for. Set 'certificate' to the certificate to be re-issued, or"
                            + " 'product' to the service's name of the product"),
            argumentSet(
                    "dir without a workspace",
                    on("right", "sslCertificateInfo dir: 'tls', certificate: " + WWW),
                    "'dir' needs a workspace. Put the step inside 'node'"),
            argumentSet(
                    "csrFile without a workspace",
                    on("right", "sslPrepareOrder csrFile: 'www.csr', certificate: " + WWW),
                    "'csrFile' needs a workspace. Put the step inside 'node'"),
            argumentSet(
                    "job failed",
                    order("job-failed.example.com") + on("right", "sslAwaitNotification jobId: order.jobId"),
                    "Job … for job-failed.example.com ended as FAILED … . No certificate was issued. Correct what the service"
                            + " names, then order again"),
            argumentSet(
                    "job cancelled",
                    order("job-canceled.example.com") + on("right", "sslAwaitNotification jobId: order.jobId"),
                    "Job … for job-canceled.example.com ended as CANCELED … . No certificate was issued. Correct what the"
                            + " service names, then order again"),
            argumentSet(
                    "time limit reached",
                    order("job-support.example.com")
                            + on("right", "sslAwaitNotification jobId: order.jobId, timeout: '1s'"),
                    "Job … had brought no certificate by the time limit. It goes on at the service, and its key is kept"),
            argumentSet(
                    "time limit not readable",
                    on("right", "sslAwaitNotification jobId: 1, timeout: '2 days'"),
                    "timeout: '2 days' is not a duration. Use a whole number and a unit, such as 90s, 15m, 12h or 2d"));

    @ParameterizedTest
    @FieldSource({"ACCOUNTS", "ORDERS"})
    void buildSaysWhatIsWrong(String script, String message) throws Exception {
        builds.failure(builds.job(script), message);
    }

    static Stream<Arguments> csrs() {
        return Stream.of(
                argumentSet(
                        "none", "", "No CSR is given. Set 'csr' to its PEM, or 'csrFile' to a file of the workspace"),
                argumentSet(
                        "twice",
                        ", csr: '''" + CSR + "''', csrFile: 'www.csr'",
                        "Both 'csr' and 'csrFile' are given. Leave one of them out"),
                argumentSet(
                        "not PEM",
                        ", csr: 'CN=www.example.com'",
                        "csr: The CSR has no line like -----BEGIN …----- and is not in PEM form. Give the whole PEM text, with"
                                + " its BEGIN and END lines."),
                argumentSet(
                        "four dashes",
                        ", csr: '''" + CSR.substring(1) + "'''",
                        "csr: The BEGIN line of the CSR has 4 dashes before its words and needs 5. Write it with five dashes on both"
                                + " sides."),
                argumentSet(
                        "certificate",
                        ", csr: '''" + CERTIFICATE + "'''",
                        "csr: The CSR text must contain exactly one CSR, but contains: CERTIFICATE."),
                argumentSet(
                        "key too small",
                        ", csr: '''" + RSA_1024 + "'''",
                        "csr: The RSA key of the CSR has 1024 bits. Create the CSR with a key that the SSL Manager takes: RSA"
                                + " from 2048 bits, or EC on P-256 or P-384."));
    }

    @ParameterizedTest
    @MethodSource("csrs")
    void buildSaysWhatIsWrongWithTheCsr(String csr, String message) throws Exception {
        builds.failure(builds.job(on("right", "sslPrepareOrder certificate: " + WWW + csr)), message);
    }

    @Test
    void twoBuildsDoNotOrderTheSameCertificateAtOnce() throws Exception {
        String script = on("right", "sslReissue certificate: " + WWW + ", csr: '''" + CSR + "'''");
        WorkflowJob second = builds.job(script);
        FIXTURE.hold(Task.REISSUE);
        WorkflowRun first = builds.start(script);
        FIXTURE.awaitHeldRequest();
        builds.failure(second, "Certificate " + WWW + " (" + NAME + ") is not ordered: another job has ordered it");
        WorkflowRun sameJob = first.getParent().scheduleBuild2(0).waitForStart();
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(sameJob));
        jenkins.assertLogContains("works on the order for this CSR", sameJob);
        FIXTURE.release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        assertEquals(1, FIXTURE.sandbox.orders(NAME));
        jenkins.buildAndAssertSuccess(first.getParent());
        assertEquals(1, FIXTURE.sandbox.orders(NAME));
    }

    private static long certificate(String name) {
        return FIXTURE.sandbox.addCertificate(name, AuthMethod.DNS);
    }

    private static String order(String name) {
        return "def order = "
                + on(
                        "right",
                        "sslReissue certificate: " + certificate(name) + ", csr: '''" + SandboxFixture.csr(name)
                                + "'''")
                + "\n";
    }

    private static String on(String account, String step) {
        return step + ", account: '" + account + "'";
    }

    private static SslManagerAccount at(String name, String url) {
        SslManagerAccount account = new SslManagerAccount(name, Service.OTHER, 4, "right");
        account.setUrl(url);
        account.setGrants(List.of(SandboxFixture.everythingForEveryJob()));
        return account;
    }
}
