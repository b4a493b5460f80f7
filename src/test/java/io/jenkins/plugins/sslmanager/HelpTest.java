package io.jenkins.plugins.sslmanager;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.RootAction;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.freestyle.ReissueBuilder;
import io.jenkins.plugins.sslmanager.rotation.RotateCertificateStep;
import io.jenkins.plugins.sslmanager.steps.ReissueStep;
import io.jenkins.plugins.sslmanager.trigger.CertificateDueTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jenkins.model.GlobalConfiguration;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * A form can say all that a Pipeline can, and explains each field beside it. Asked of everything that the plugin adds to Jenkins,
 * so that a new step needs no line here.
 */
@WithJenkins
class HelpTest {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void allKindsOfFormsAreAmongThem() {
        assertThat(
                forms().stream().<Object>map(form -> form.clazz).toList(),
                hasItems(
                        SslManagerAccount.class, ReissueStep.class, ReissueBuilder.class, CertificateDueTrigger.class));
    }

    @Test
    void everyParameterHasAFieldInItsForm() throws Exception {
        for (Descriptor<?> descriptor : forms()) {
            ExtensionList.lookupSingleton(Form.class).descriptor = descriptor;
            HtmlPage page =
                    jenkins.createWebClient().withJavaScriptEnabled(false).goTo("form-of-the-test");
            List<String> missing = new ArrayList<>(parameters(descriptor));
            missing.removeIf(parameter -> hasField(page, parameter));
            assertEquals(List.of(), missing, "The form of " + descriptor.clazz.getSimpleName() + " lacks fields");
        }
    }

    @Test
    void everyParameterHasHelp() throws Exception {
        for (Descriptor<?> descriptor : forms()) {
            for (String parameter : parameters(descriptor)) {
                assertHelp(() -> descriptor.getHelpFile(parameter), descriptor.clazz.getSimpleName() + "." + parameter);
            }
        }
    }

    @Test
    void everyStepHasHelpWithAnExample() throws Exception {
        for (Descriptor<?> descriptor : forms()) {
            if (descriptor instanceof StepDescriptor step) {
                String help = assertHelp(descriptor::getHelpFile, descriptor.clazz.getSimpleName());
                assertThat(help, containsString("<pre>"));
                assertThat(help, containsString(step.getFunctionName()));
            }
        }
    }

    @Test
    void timeLimitOfARotationHasItsOwnHelp() throws Exception {
        Descriptor<?> rotation = jenkins.jenkins.getDescriptorOrDie(RotateCertificateStep.class);
        assertThat(
                assertHelp(() -> rotation.getHelpFile("timeout"), "timeout"),
                containsString("the next build of this job"));
    }

    @Test
    void accountsHaveHelp() throws Exception {
        assertHelp(() -> SslManagerConfiguration.get().getHelpFile("accounts"), "accounts");
    }

    @SuppressWarnings("rawtypes") // as the extension point is declared
    private static List<Descriptor<?>> forms() {
        List<Descriptor<?>> forms = new ArrayList<>();
        for (Descriptor descriptor : ExtensionList.lookup(Descriptor.class)) {
            // The configuration of all Jenkins is no describable: its one property is asked for above.
            if (descriptor.clazz.getName().startsWith("io.jenkins.plugins.sslmanager.")
                    && !(descriptor instanceof GlobalConfiguration)
                    // Nobody fills in what the vault shows.
                    && !(descriptor instanceof CredentialsDescriptor)
                    && !(descriptor instanceof CredentialsProvider)) {
                forms.add(descriptor);
            }
        }
        return forms;
    }

    private static List<String> parameters(Descriptor<?> descriptor) {
        return DescribableModel.of(descriptor.clazz).getParameters().stream()
                .map(DescribableParameter::getName)
                .toList();
    }

    /** Jenkins' tags put an underscore before the name of a plain field, and none before that of a nested form. */
    private static boolean hasField(HtmlPage page, String parameter) {
        return page.querySelector("[name='_.%1$s'], [name='%1$s']".formatted(parameter)) != null;
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

    /** Shows the form of a descriptor, as Jenkins does within its own pages. */
    @TestExtension
    public static final class Form implements RootAction {

        private volatile Descriptor<?> descriptor;

        public Descriptor<?> getDescriptor() {
            return descriptor;
        }

        @CheckForNull
        @Override
        public String getIconFileName() {
            return null;
        }

        @CheckForNull
        @Override
        public String getDisplayName() {
            return null;
        }

        @NonNull
        @Override
        public String getUrlName() {
            return "form-of-the-test";
        }
    }
}
