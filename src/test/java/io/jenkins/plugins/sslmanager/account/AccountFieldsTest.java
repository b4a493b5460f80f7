package io.jenkins.plugins.sslmanager.account;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.util.FormValidation;
import io.jenkins.plugins.sslmanager.forms.FormChoices;
import java.net.URL;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What the fields of an account say while they are filled in. */
class AccountFieldsTest extends AccountFixture {

    @ParameterizedTest
    @CsvSource({
        "OTHER, https://gateway.example.com/v1, ''",
        "OTHER, http://localhost:8080/v1, ''",
        "LIVE, whatever, ''",
        "OTHER, '', SSL Manager account: url must begin with https://.",
        "OTHER, http://gateway.example.com/v1, over http:// anyone on the way could read the password",
        "OTHER, https://me:secret@gateway.example.com, url must not contain a user or password",
        "OTHER, https://gate way, Illegal character",
    })
    void urlIsCheckedInTheForm(String service, String url, String problem) {
        FormValidation validation = descriptor().doCheckUrl(service, url);
        assertEquals(problem.isEmpty() ? FormValidation.Kind.OK : FormValidation.Kind.ERROR, validation.kind);
        assertThat(String.valueOf(validation.getMessage()), containsString(problem));
    }

    @Test
    void emptyFieldsAreToldInTheForm() {
        assertEquals(FormValidation.Kind.ERROR, descriptor().doCheckName(" ", "").kind);
        assertEquals(FormValidation.Kind.ERROR, descriptor().doCheckContext("").kind);
        assertEquals(FormValidation.Kind.ERROR, descriptor().doCheckContext("0").kind);
        assertEquals(FormValidation.Kind.OK, descriptor().doCheckContext("4").kind);
    }

    @Test
    void numberOfRenewalsIsNotBelowZero() {
        assertEquals(FormValidation.Kind.ERROR, descriptor().doCheckRenewalLimit("-1").kind);
        assertEquals(FormValidation.Kind.OK, descriptor().doCheckRenewalLimit("0").kind);
    }

    @Test
    void credentialsMayBeLeftOut() {
        FormValidation none = descriptor().doCheckCredentialsId("");
        assertEquals(FormValidation.Kind.WARNING, none.kind);
        assertThat(none.getMessage(), containsString("each step needs its own"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checkUrl?service=&value=",
                "checkUrl?service=NOWHERE&value=",
                "testConnection?name=&service=&protocol=&url=&context=&credentialsId=&secondFactorId="
            })
    void fieldsAreCheckedBeforeTheListsAreFilled(String check) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(
                new URL(jenkins.getURL(), descriptor().getDescriptorUrl() + "/" + check), HttpMethod.POST);
        WebResponse answer = client.getPage(client.addCrumb(request)).getWebResponse();
        assertEquals(200, answer.getStatusCode(), "a form that was just opened shows no \"Oops!\"");
    }

    @Test
    void nameOfAnotherAccountIsToldWhileTyping() {
        SslManagerAccount known = other("gateway", "https://gateway.example.com/v1");
        known.setFormerNames("old");
        SslManagerConfiguration.get().setAccounts(List.of(known));
        for (String name : List.of("gateway", "old", "with blanks", "")) {
            assertEquals(FormValidation.Kind.ERROR, descriptor().doCheckName(name, "").kind, name);
        }
        assertEquals(FormValidation.Kind.OK, descriptor().doCheckName("gateway", known.getId()).kind, "its own");
    }

    @Test
    void secondAccountIsWarnedOfBeforeItIsSaved() {
        assertEquals(FormValidation.Kind.OK, descriptor().doCheckName("first", "").kind);
        SslManagerConfiguration.get().setAccounts(List.of(other("first", "https://gateway.example.com/v1")));
        FormValidation second = descriptor().doCheckName("second", "");
        assertEquals(FormValidation.Kind.WARNING, second.kind);
        assertThat(second.getMessage(), containsString("Steps that name no account fail"));
    }

    @Test
    void accountHasToBeChosenWhereThereAreSeveral() {
        SslManagerConfiguration.get().setAccounts(List.of(other("first", "https://gateway.example.com/v1")));
        assertEquals("(default)", FormChoices.accounts(null).get(0).name);
        assertEquals(FormValidation.Kind.OK, FormChoices.checkAccount(null, "").kind);
        SslManagerConfiguration.get()
                .setAccounts(List.of(
                        other("first", "https://gateway.example.com/v1"),
                        other("second", "https://gateway.example.com/v1")));
        assertEquals("(choose one)", FormChoices.accounts(null).get(0).name, "a form that is opened changes nothing");
        assertEquals(FormValidation.Kind.ERROR, FormChoices.checkAccount(null, "").kind);
    }
}
