package io.jenkins.plugins.sslmanager;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.freestyle.AwaitNotificationBuilder;
import io.jenkins.plugins.sslmanager.freestyle.CertificateInfoBuilder;
import io.jenkins.plugins.sslmanager.freestyle.GenerateCsrBuilder;
import io.jenkins.plugins.sslmanager.freestyle.PrepareOrderBuilder;
import io.jenkins.plugins.sslmanager.freestyle.ReissueBuilder;
import io.jenkins.plugins.sslmanager.freestyle.RotateCertificateBuilder;
import io.jenkins.plugins.sslmanager.steps.AwaitNotificationStep;
import io.jenkins.plugins.sslmanager.steps.CertificateInfoStep;
import io.jenkins.plugins.sslmanager.steps.GenerateCsrStep;
import io.jenkins.plugins.sslmanager.steps.PrepareOrderStep;
import io.jenkins.plugins.sslmanager.steps.ReissueStep;
import io.jenkins.plugins.sslmanager.steps.RotateCertificateStep;
import io.jenkins.plugins.sslmanager.steps.RotateWithValidationStep;
import io.jenkins.plugins.sslmanager.trigger.CertificateDueTrigger;
import java.util.concurrent.Callable;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whoever does not know what to put into a form finds it beside the field. */
@WithJenkins
class HelpTest {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                SslManagerAccount.class,
                CertificateDueTrigger.class,
                PrepareOrderStep.class,
                ReissueStep.class,
                AwaitNotificationStep.class,
                CertificateInfoStep.class,
                GenerateCsrStep.class,
                RotateCertificateStep.class,
                RotateWithValidationStep.class,
                GenerateCsrBuilder.class,
                PrepareOrderBuilder.class,
                ReissueBuilder.class,
                AwaitNotificationBuilder.class,
                CertificateInfoBuilder.class,
                RotateCertificateBuilder.class
            })
    void everyFieldHasHelp(Class<? extends Describable<?>> type) throws Exception {
        Descriptor<?> descriptor = jenkins.jenkins.getDescriptor(type);
        for (DescribableParameter parameter : DescribableModel.of(type).getParameters()) {
            assertHelp(
                    () -> descriptor.getHelpFile(parameter.getName()),
                    type.getSimpleName() + "." + parameter.getName());
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                PrepareOrderStep.class,
                ReissueStep.class,
                AwaitNotificationStep.class,
                CertificateInfoStep.class,
                GenerateCsrStep.class,
                RotateCertificateStep.class
            })
    void everyStepHasHelpWithAnExample(Class<? extends Step> type) throws Exception {
        Descriptor<?> descriptor = jenkins.jenkins.getDescriptor(type);
        String help = assertHelp(descriptor::getHelpFile, type.getSimpleName());
        assertThat(help, containsString("<pre>"));
        assertThat(help, containsString(((StepDescriptor) descriptor).getFunctionName() + " "));
    }

    @Test
    void accountsHaveHelp() throws Exception {
        assertHelp(() -> SslManagerConfiguration.get().getHelpFile("accounts"), "accounts");
    }

    private static String assertHelp(Callable<String> find, String of) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        String path = client.executeOnServer(find);
        assertNotNull(path, "There is no help for " + of);
        String text =
                client.goTo(path.substring(1), "text/html").getWebResponse().getContentAsString();
        assertThat(of, text, containsString("<div>"));
        return text;
    }
}
