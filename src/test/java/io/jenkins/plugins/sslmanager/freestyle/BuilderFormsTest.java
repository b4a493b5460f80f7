package io.jenkins.plugins.sslmanager.freestyle;

import static io.jenkins.plugins.sslmanager.freestyle.FreestyleJobs.EMPTY;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.tasks.Builder;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.Service;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.freestyle.SslManagerBuilder.SslManagerBuilderDescriptor;
import io.jenkins.plugins.sslmanager.rotation.RotateCertificateStep;
import io.jenkins.plugins.sslmanager.steps.AwaitNotificationStep;
import io.jenkins.plugins.sslmanager.steps.CertificateInfoStep;
import io.jenkins.plugins.sslmanager.steps.GenerateCsrStep;
import io.jenkins.plugins.sslmanager.steps.PrepareOrderStep;
import io.jenkins.plugins.sslmanager.steps.ReissueStep;
import io.jenkins.plugins.sslmanager.steps.SslManagerStep;
import java.util.List;
import java.util.stream.Stream;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The forms of the build steps, which are those of the Pipeline steps. */
@WithJenkins
class BuilderFormsTest {

    static final List<Arguments> BUILDERS = List.of(
            argumentSet("sslGenerateCsr", new GenerateCsrBuilder(generateCsr())),
            argumentSet("sslPrepareOrder", new PrepareOrderBuilder(prepareOrder())),
            argumentSet("sslReissue", new ReissueBuilder(reissue())),
            argumentSet("sslAwaitNotification", new AwaitNotificationBuilder(await())),
            argumentSet("sslCertificateInfo", new CertificateInfoBuilder(certificateInfo())),
            argumentSet("sslRotateCertificate", new RotateCertificateBuilder(rotate())),
            argumentSet("nothing to make a CSR for", new GenerateCsrBuilder(new GenerateCsrStep())),
            argumentSet("nothing to check", new PrepareOrderBuilder(new PrepareOrderStep())),
            argumentSet("nothing to order", FreestyleJobs.reissue(EMPTY)),
            argumentSet("nothing to wait for", FreestyleJobs.await(EMPTY)),
            argumentSet("nothing to get", FreestyleJobs.certificateInfo(EMPTY)));

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

    @ParameterizedTest
    @FieldSource("BUILDERS")
    void formKeepsAllFields(SslManagerBuilder builder) throws Exception {
        SslManagerBuilder kept = jenkins.configRoundtrip(builder);
        jenkins.assertEqualDataBoundBeans(builder.getStep(), kept.getStep());
    }

    @ParameterizedTest
    @FieldSource("BUILDERS")
    void configurationKeepsAllFields(SslManagerBuilder builder) throws Exception {
        SslManagerBuilder kept = (SslManagerBuilder) Items.XSTREAM2.fromXML(Items.XSTREAM2.toXML(builder));
        jenkins.assertEqualDataBoundBeans(builder.getStep(), kept.getStep());
    }

    static Stream<SslManagerBuilderDescriptor> descriptors() {
        return jenkins.jenkins.getExtensionList(SslManagerBuilderDescriptor.class).stream();
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void buildStepsHaveTheNamesOfThePipelineSteps(SslManagerBuilderDescriptor descriptor) {
        StepDescriptor step = (StepDescriptor) descriptor.getStepDescriptor();
        assertEquals(
                List.of(step.getFunctionName()),
                List.of(descriptor.getClass().getAnnotation(Symbol.class).value()));
        assertEquals(step.getDisplayName(), descriptor.getDisplayName());
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void helpNamesTheVariablesThatAreTaken(SslManagerBuilderDescriptor descriptor) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        String path = client.executeOnServer(descriptor::getHelpFile);
        assertNotNull(path);
        String help =
                client.goTo(path.substring(1), "text/html").getWebResponse().getContentAsString();
        for (Variable variable : descriptor.fromEarlierSteps()) {
            assertThat(help, containsString("<code>" + variable + "</code>"));
        }
    }

    @Test
    void idsThatEarlierStepsTellCanBeLeftEmpty() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList()
                .addAll(List.<Builder>of(
                        FreestyleJobs.reissue(EMPTY),
                        FreestyleJobs.await(EMPTY),
                        FreestyleJobs.certificateInfo(EMPTY)));
        HtmlPage form = jenkins.createWebClient().getPage(job, "configure");
        List<DomElement> ids = Stream.of("_.certificate", "_.jobId")
                .flatMap(name -> form.getElementsByName(name).stream())
                .toList();
        assertEquals(3, ids.size());
        for (DomElement id : ids) {
            assertEquals("", id.getAttribute("value"));
            assertThat(id.getAttribute("class"), not(containsString("required")));
        }
    }

    private static RotateCertificateStep rotate() {
        RotateCertificateStep step = onTeamAccount(new RotateCertificateStep());
        step.setCertificates("${IDS}");
        step.setStoreAs("{name}-tls");
        step.setForce(true);
        return step;
    }

    private static GenerateCsrStep generateCsr() {
        GenerateCsrStep step = onTeamAccount(new GenerateCsrStep());
        step.setCertificate("4711");
        step.setCommonName("www.example.com");
        step.setNames("a.example.com, ${MORE}");
        step.setSubject("CN=www.example.com, O=Example GmbH");
        step.setKeyAlgorithm("EC_P384");
        step.setKeyFile("key.new.pem");
        step.setCsrFile("www.csr");
        step.setForce(true);
        return step;
    }

    private static PrepareOrderStep prepareOrder() {
        PrepareOrderStep step = onTeamAccount(new PrepareOrderStep());
        step.setCertificate("4711");
        step.setCsrFile("${NAME}.csr");
        step.setProduct("SSL123");
        return step;
    }

    private static ReissueStep reissue() {
        ReissueStep step = onTeamAccount(new ReissueStep("4711"));
        step.setCsr("PEM");
        step.setDns("${SSL_DNS_RECORD}");
        step.setFileName("${SSL_FILE_NAME}");
        step.setFileContent("${SSL_FILE_CONTENT}");
        return step;
    }

    private static AwaitNotificationStep await() {
        AwaitNotificationStep step = onTeamAccount(new AwaitNotificationStep(42));
        step.setTimeout("2d");
        return step;
    }

    private static CertificateInfoStep certificateInfo() {
        CertificateInfoStep step = onTeamAccount(new CertificateInfoStep("4711"));
        step.setCsrFile("www.csr");
        step.setPreviousSerialNumber("0af1");
        step.setDir("tls");
        step.setFormats("leaf, chain");
        step.setFileNames("{name}-{file}");
        step.setKeepPrevious(true);
        step.setKeyFile("${SSL_KEY_FILE}");
        step.setStoreAs("www");
        step.setArchive(true);
        step.setDue("30d");
        step.setUnstableWhenDue(true);
        return step;
    }

    private static <S extends SslManagerStep> S onTeamAccount(S step) {
        step.setAccount("production");
        step.setCredentialsId("team");
        return step;
    }
}
