package io.jenkins.plugins.sslmanager.freestyle;

import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.EMPTY;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.await;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.certificateInfo;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.reissue;
import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.withParameters;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import hudson.tasks.Builder;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.steps.AwaitNotificationStep;
import io.jenkins.plugins.sslmanager.steps.CertificateInfoStep;
import io.jenkins.plugins.sslmanager.steps.GenerateCsrStep;
import io.jenkins.plugins.sslmanager.steps.PrepareOrderStep;
import io.jenkins.plugins.sslmanager.steps.ReissueStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What freestyle builds say when they are given what cannot work: the same as Pipelines, in one line. */
@WithJenkins
class BadInputTest {

    private static final SandboxFixture FIXTURE = new SandboxFixture(Duration.ZERO);
    private static final String CSR = SandboxFixture.csr("www.example.com");
    private static final long WWW = FIXTURE.sandbox.addCertificate("www.example.com", AuthMethod.DNS);
    private static final long FAILING = FIXTURE.sandbox.addCertificate("job-failed.example.com", AuthMethod.DNS);
    private static final Map<String, String> NO_PARAMETERS = Map.of();

    private static JenkinsRule jenkins;
    private static FreestyleJobs jobs;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jobs = new FreestyleJobs(rule);
        FIXTURE.setUpAccount();
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    static final List<Arguments> MISSING = List.of(
            argumentSet(
                    "no CSR",
                    List.of(reissue(WWW)),
                    NO_PARAMETERS,
                    "No CSR is given. Set 'csr' to its PEM, or 'csrFile' to a file of the workspace"),
            argumentSet(
                    "no certificate to order",
                    List.of(order(EMPTY, step -> step.setCsr(CSR))),
                    NO_PARAMETERS,
                    "'certificate' is missing. Set it to the certificate's name, or to its number in SSL Manager"),
            argumentSet(
                    "no certificate for a CSR",
                    List.of(generate(step -> {})),
                    NO_PARAMETERS,
                    "It is not known what the CSR is for. Set 'certificate' to the certificate to be re-issued, or"
                            + " 'commonName' to its name"),
            argumentSet(
                    "no product",
                    List.of(prepare(step -> step.setCsr(CSR))),
                    NO_PARAMETERS,
                    "It is not known which product the CSR is for. Set 'certificate' to the certificate to be re-issued, or"
                            + " 'product' to the service's name of the product"),
            argumentSet(
                    "no job to wait for",
                    List.of(await(EMPTY)),
                    NO_PARAMETERS,
                    "'jobId' is missing or not an ID: 0. Set it to the number shown in SSL Manager"),
            argumentSet(
                    "empty parameter of the job",
                    List.of(certificateInfo(EMPTY)),
                    Map.of("SSL_CERTIFICATE_ID", " "),
                    "'certificate' is missing. Set it to the certificate's name, or to its number in SSL Manager"));

    static final List<Arguments> WRONG = List.of(
            argumentSet(
                    "variable that is no number",
                    List.of(await(EMPTY)),
                    Map.of("SSL_JOB_ID", "job-4711"),
                    "The variable SSL_JOB_ID is not an ID: job-4711. Set it to the number shown in SSL Manager"),
            argumentSet(
                    "variable that is no id",
                    List.of(certificateInfo(EMPTY)),
                    Map.of("SSL_CERTIFICATE_ID", "-1"),
                    "certificate: '-1' is neither a certificate's name nor its number. Write www.example.com, or the number"),
            argumentSet(
                    "unknown certificate",
                    List.of(certificateInfo(EMPTY)),
                    Map.of("SSL_CERTIFICATE_ID", "999"),
                    "CertificateInfo (400104) was refused (HTTP 404, stid … ): EF400104 \"The certificate was not found."
                            + " (Certificate 999)\". Check the ID: it must belong to this user in this context."),
            argumentSet(
                    "account by a variable",
                    List.of(prepare(step -> step.setAccount("${STAGE}"))),
                    Map.of("STAGE", "prodution"),
                    "There is no SSL Manager account 'prodution' that this job may use. Set 'account' to one of ['test']"),
            argumentSet(
                    "credentials by a variable",
                    List.of(prepare(step -> step.setCredentialsId("$TEAM-user"))),
                    Map.of("TEAM", "our"),
                    "There are no credentials 'our-user' of the kind 'Username with password' that this build may use"),
            argumentSet(
                    "file by a variable that is none",
                    List.of(order(WWW, step -> step.setCsrFile("${NAME}.csr"))),
                    NO_PARAMETERS,
                    "csrFile: there is no file '${NAME}.csr' in the workspace. Check the name, and that the file was made in"
                            + " this workspace"),
            argumentSet(
                    "file outside of the workspace",
                    List.of(order(WWW, step -> step.setCsrFile("$NAME"))),
                    Map.of("NAME", "../www.csr"),
                    "csrFile: '../www.csr' leads out of the workspace. Give a path inside it, relative to it"),
            argumentSet(
                    "CSR twice",
                    List.of(order(WWW, step -> {
                        step.setCsr(CSR);
                        step.setCsrFile("www.csr");
                    })),
                    NO_PARAMETERS,
                    "Both 'csr' and 'csrFile' are given. Leave one of them out"),
            argumentSet(
                    "time limit",
                    List.of(new AwaitNotificationBuilder(timeout("${LIMIT}"))),
                    Map.of("SSL_JOB_ID", "4711", "LIMIT", "2 days"),
                    "timeout: '2 days' is not a duration. Use a whole number and a unit, such as 90s, 15m, 12h or 2d"),
            argumentSet(
                    "kind of key",
                    List.of(generate(step -> {
                        step.setCertificate(FreestyleJobs.text(WWW));
                        step.setKeyAlgorithm("DSA");
                    })),
                    NO_PARAMETERS,
                    "keyAlgorithm: unknown key algorithm 'DSA'. Use one of [RSA_2048, "),
            argumentSet(
                    "credential without a key",
                    List.of(info(step -> step.setStoreAs("www"))),
                    NO_PARAMETERS,
                    "'storeAs' needs the private key, which neither this job's order book nor the vault has"),
            argumentSet(
                    "due rule",
                    List.of(info(step -> step.setDue("soon"))),
                    NO_PARAMETERS,
                    "due: 'soon' does not say when a certificate is due."),
            argumentSet(
                    "CSR of another step's certificate",
                    List.of(
                            generate(step -> {
                                step.setCommonName("shop.example.com");
                                step.setKeyAlgorithm("EC_P256");
                            }),
                            reissue(FAILING)),
                    NO_PARAMETERS,
                    "The CSR is for [shop.example.com], but certificate … is for job-failed.example.com."),
            argumentSet(
                    "job that fails",
                    List.of(
                            order(FAILING, step -> step.setCsr(SandboxFixture.csr("job-failed.example.com"))),
                            await(EMPTY)),
                    NO_PARAMETERS,
                    "Job … for job-failed.example.com ended as FAILED … . No certificate was issued. Correct what the service"
                            + " names, then order again"));

    @ParameterizedTest
    @FieldSource({"MISSING", "WRONG"})
    void buildSaysWhatIsWrong(List<Builder> builders, Map<String, String> parameters, String message) throws Exception {
        jobs.failure(withParameters(jobs.job(builders.toArray(Builder[]::new)), parameters), message);
    }

    @Test
    void whatIsGivenGoesBeforeVariables() throws Exception {
        jenkins.buildAndAssertSuccess(withParameters(
                jobs.job(order(WWW, step -> step.setCsr(CSR))),
                Map.of("SSL_CERTIFICATE_ID", "none", "SSL_CSR_FILE", "none")));
    }

    @Test
    void textsThatVariablesLeaveEmptyAreEmpty() throws Exception {
        jobs.failure(
                withParameters(jobs.job(order(WWW, step -> step.setCsrFile("${FILE}"))), Map.of("FILE", "")),
                "No CSR is given. Set 'csr' to its PEM, or 'csrFile' to a file of the workspace");
    }

    private static ReissueBuilder order(long certificateId, Consumer<ReissueStep> options) {
        ReissueStep step = new ReissueStep(FreestyleJobs.text(certificateId));
        options.accept(step);
        return new ReissueBuilder(step);
    }

    private static GenerateCsrBuilder generate(Consumer<GenerateCsrStep> options) {
        GenerateCsrStep step = new GenerateCsrStep();
        options.accept(step);
        return new GenerateCsrBuilder(step);
    }

    private static PrepareOrderBuilder prepare(Consumer<PrepareOrderStep> options) {
        PrepareOrderStep step = new PrepareOrderStep();
        options.accept(step);
        return new PrepareOrderBuilder(step);
    }

    private static CertificateInfoBuilder info(Consumer<CertificateInfoStep> options) {
        CertificateInfoStep step = new CertificateInfoStep(FreestyleJobs.text(WWW));
        options.accept(step);
        return new CertificateInfoBuilder(step);
    }

    private static AwaitNotificationStep timeout(String timeout) {
        AwaitNotificationStep step = new AwaitNotificationStep(EMPTY);
        step.setTimeout(timeout);
        return step;
    }
}
