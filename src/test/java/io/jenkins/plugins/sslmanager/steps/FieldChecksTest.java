package io.jenkins.plugins.sslmanager.steps;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.util.FormValidation;
import io.jenkins.plugins.sslmanager.rotation.RotateCertificateStep;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a form says while somebody types, with the checks of the build. */
@WithJenkins
class FieldChecksTest {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Certificates | 1, w..w | 'w..w' is not a DNS name",
                "Due | soon | 'soon' does not say when a certificate is due",
                "Timeout | 2 days | '2 days' is not a duration. Use a whole number and a unit",
                "Names | a..example | 'a..example' is not a DNS name",
                "RemoveNames | a..example | 'a..example' is not a DNS name",
                "Subject | Example GmbH | 'Example GmbH' is not an X.500 name",
                "KeyFile | ../key.pem | '../key.pem' leads out of the workspace",
                "Dir | /etc | '/etc' leads out of the workspace",
                "FileNames | {name}.pem | Without {file} all files would have the same name",
                "Formats | pfx | Unknown format 'pfx'. Use one or more of leaf, chain",
                "StoreAs | www example | 'www example' is not a credential ID",
            })
    void fieldOfARotationIsChecked(String field, String value, String message) throws Exception {
        FormValidation told = check(RotateCertificateStep.class, field, value, "");
        assertEquals(FormValidation.Kind.ERROR, told.kind);
        assertThat(told.getMessage().replace("&#039;", "'"), containsString(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Certificates", "Due", "Timeout", "Names", "Subject", "KeyFile", "Dir", "FileNames", "Formats"})
    void emptyFieldIsFine(String field) throws Exception {
        assertEquals(FormValidation.Kind.OK, check(RotateCertificateStep.class, field, "", "").kind);
    }

    @Test
    void twoThatExcludeEachOtherAreToldByTheirLabels() throws Exception {
        assertThat(
                check(RotateCertificateStep.class, "Certificates", "1", "%.example.com")
                        .getMessage(),
                containsString("Enter either &#039;Certificates&#039; or"));
        assertThat(
                check(ReissueStep.class, "CsrFile", "www.csr", "-----BEGIN").getMessage(),
                containsString("Enter either &#039;CSR&#039; or &#039;CSR file&#039;, not both"));
    }

    @Test
    void csrAndRecordOfAnOrderAreChecked() throws Exception {
        assertEquals(FormValidation.Kind.ERROR, check(ReissueStep.class, "Csr", "no CSR").kind);
        assertEquals(FormValidation.Kind.ERROR, check(ReissueStep.class, "Dns", "no record").kind);
        assertEquals(FormValidation.Kind.ERROR, check(GenerateCsrStep.class, "CommonName", "a..example").kind);
    }

    @Test
    void stepIsToldByItsArguments() {
        SslManagerStep.SslManagerStepDescriptor descriptor = (SslManagerStep.SslManagerStepDescriptor)
                jenkins.jenkins.getDescriptorOrDie(RotateCertificateStep.class);
        assertEquals("1, 2 {name}", descriptor.argumentsToString(Map.of("storeAs", "{name}", "certificates", "1, 2")));
        assertNull(descriptor.argumentsToString(Map.of("csr", "-----BEGIN")));
    }

    private static FormValidation check(Class<? extends Step> step, String field, String... values) throws Exception {
        Object descriptor = jenkins.jenkins.getDescriptorOrDie(step);
        Method method = Arrays.stream(descriptor.getClass().getMethods())
                .filter(each -> each.getName().equals("doCheck" + field))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing checks " + field));
        return (FormValidation) method.invoke(descriptor, (Object[]) Arrays.copyOf(values, method.getParameterCount()));
    }
}
