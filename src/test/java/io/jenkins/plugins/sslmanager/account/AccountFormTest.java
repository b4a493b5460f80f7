package io.jenkins.plugins.sslmanager.account;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.util.FormValidation;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.GrantDescriptor;
import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.account.grants.Visibility;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Accounts in the system configuration's form, and where they are kept. */
class AccountFormTest extends AccountFixture {

    @Test
    void accountsOfAllServicesAreKept() throws Exception {
        List<SslManagerAccount> accounts = List.of(
                new SslManagerAccount("production", Service.LIVE, 9, "ssl-manager"),
                new SslManagerAccount("demo", Service.DEMO, 1, "ssl-manager"),
                new SslManagerAccount("try-out", Service.SANDBOX, 1, "ssl-manager"),
                other("gateway", "https://gateway.example.com/v1"));
        accounts.get(1).setProtocol(Protocol.XML);
        accounts.get(3).setProtocol(Protocol.XML);
        SandboxFixture.addSecretText("second-factor", SandboxFixture.SECOND_FACTOR);
        accounts.get(3).setSecondFactorId("second-factor");
        accounts.get(0).setFormerNames("prod, old");
        accounts.get(0).setRenewalLimit(3);
        accounts.get(0).setGrants(List.of(grantWithEverything(), SandboxFixture.everythingForEveryJob()));
        SslManagerConfiguration.get().setAccounts(accounts);
        jenkins.configRoundtrip();
        assertKept(accounts);
        SslManagerConfiguration.get().load();
        assertKept(accounts);
    }

    private static Grant grantWithEverything() {
        Grant grant = new Grant();
        grant.setJobs("team/one\nteam/nightly-*");
        grant.setCertificates("www.example.com, *.shop.example.com, 4711");
        grant.setAllows(Purpose.ORDER);
        grant.setVisibleTo(Visibility.FOLDER);
        grant.setChangeRequests(true);
        grant.setAdditionalNames(true);
        grant.setRemovedNames(true);
        grant.setContacts(true);
        grant.setProduct(true);
        grant.setOtherCsr(true);
        return grant;
    }

    @Test
    void newAccountOpensWithOneGrantThatMustBeFilled() throws Exception {
        HtmlPage page = configurationPage();
        jenkins.getButtonByCaption(page.getFormByName("config"), "Add account").click();
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        HtmlForm form = page.getFormByName("config");
        assertEquals(1, form.getTextAreasByName("_.jobs").size());
        page.<HtmlInput>querySelector("[name='accounts'] [name='_.name']").setValue("production");
        page.<HtmlInput>querySelector("[name='accounts'] [name='_.context']").setValue("9");
        JenkinsRule.WebClient client = (JenkinsRule.WebClient) page.getWebClient();
        client.setThrowExceptionOnFailingStatusCode(false);
        assertThat(
                jenkins.submit(form).asNormalizedText(),
                containsString("Grant 1 of the SSL Manager account 'production': No jobs are given."));
        assertKept(List.of());
    }

    @Test
    void rowCanBeTriedBeforeItIsSaved() throws Exception {
        jenkins.createFreeStyleProject("nightly");
        GrantDescriptor grants = jenkins.jenkins.getDescriptorByType(GrantDescriptor.class);
        assertEquals(
                "Yes, this row covers the builds of nightly.",
                grants.doTry("nightly", "night*", false, "www.example.com", false, false)
                        .getMessage());
        assertEquals(
                "No, this row does not cover the builds of nightly.",
                grants.doTry("nightly", "day*", false, "www.example.com", false, false)
                        .getMessage());
        assertThat(
                grants.doTry("nobody", "day*", false, "www.example.com", false, false)
                        .renderHtml(),
                containsString("There is no job &#039;nobody&#039;."));
        assertThat(
                grants.doTry("nightly", "*", false, "www.example.com", false, false)
                        .renderHtml(),
                containsString("stands for every job."));
        assertThat(
                grants.doCheckJobs("nightly\nunknown", false).renderHtml(),
                containsString("There is no job or folder &#039;unknown&#039;."));
        assertEquals(FormValidation.Kind.OK, grants.doCheckJobs("nightly\nun*", false).kind);
        assertEquals(FormValidation.Kind.ERROR, grants.doCheckCertificates("*.com", false).kind);
    }

    @Test
    void aConfigurationFromBeforeThereWasAProtocolIsOfJson() throws Exception {
        SslManagerConfiguration.get().setAccounts(List.of(other("gateway", "https://gateway.example.com/v1")));
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(SslManagerConfiguration.class.getName() + ".xml");
        String written = Files.readString(file);
        assertThat(written, containsString("<protocol>JSON</protocol>"));
        Files.writeString(file, written.replaceAll("<protocol>JSON</protocol>", ""));

        SslManagerConfiguration.get().load();

        assertKept(List.of(other("gateway", "https://gateway.example.com/v1")));
    }

    @ParameterizedTest
    @CsvSource({
        "LIVE, JSON, https://api.autodns.com/v1",
        "LIVE, XML, https://gateway.autodns.com",
        "DEMO, JSON, https://api.demo.autodns.com/v1",
        "DEMO, XML, https://demo.autodns.com/gateway/"
    })
    void theProtocolChoosesTheAddressAndNotTheQueue(Service service, Protocol protocol, String address) {
        SslManagerAccount account = new SslManagerAccount("production", service, 9, "ssl-manager");
        String identity = AccountAccess.ofAdministrator(account).identity();

        account.setProtocol(protocol);

        assertEquals(address, account.address().toString());
        assertEquals(identity, AccountAccess.ofAdministrator(account).identity());
    }

    @Test
    void passwordIsNeitherKeptNorShown() throws Exception {
        SslManagerConfiguration.get().setAccounts(List.of(other("gateway", "https://gateway.example.com/v1")));
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(SslManagerConfiguration.class.getName() + ".xml");
        assertThat(Files.readString(file), containsString("<url>https://gateway.example.com/v1</url>"));
        assertThat(Files.readString(file), not(containsString(SandboxFixture.PASSWORD)));
        String page = configurationPage().getWebResponse().getContentAsString();
        assertThat(page, not(containsString(SandboxFixture.PASSWORD)));
    }

    @Test
    void lastAccountCanBeRemoved() throws Exception {
        SslManagerConfiguration.get().setAccounts(List.of(other("gateway", "https://gateway.example.com/v1")));
        HtmlPage page = configurationPage();
        jenkins.getButtonByCaption(page.getFormByName("config"), "Delete account")
                .click();
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        jenkins.submit(page.getFormByName("config"));
        assertKept(List.of());
    }

    @Test
    void namesAreUnique() throws Exception {
        List<SslManagerAccount> accounts =
                List.of(other("one", "https://one.example.com"), other("two", "https://two.example.com"));
        SslManagerConfiguration.get().setAccounts(accounts);
        HtmlForm form = configurationPage().getFormByName("config");
        form.getInputsByName("_.name").forEach(name -> name.setValue("same"));
        JenkinsRule.WebClient client = (JenkinsRule.WebClient) form.getPage().getWebClient();
        client.setThrowExceptionOnFailingStatusCode(false);
        HtmlPage answer = jenkins.submit(form);
        assertThat(
                answer.asNormalizedText(),
                containsString("There is more than one SSL Manager account 'same'. Give each a name of its own,"
                        + " since builds choose an account by name"));
        assertKept(accounts);
    }

    @Test
    void renamedAccountKeepsItsId() throws Exception {
        SslManagerConfiguration.get()
                .setAccounts(List.of(other("one", "https://one.example.com"), other("two", "https://two.example.com")));
        List<String> before = ids();
        HtmlForm form = configurationPage().getFormByName("config");
        form.getInputsByName("_.name").stream()
                .filter(name -> name.getValue().equals("two"))
                .forEach(name -> name.setValue("renamed"));
        jenkins.submit(form);
        assertEquals(
                "renamed", SslManagerConfiguration.get().getAccounts().get(1).getName());
        assertEquals(before, ids());
        SslManagerConfiguration.get().load();
        assertEquals(before, ids());
    }

    @Test
    void accountFromBeforeThereWereIdsGetsOneOnce() throws Exception {
        SslManagerConfiguration.get().setAccounts(List.of(other("gateway", "https://gateway.example.com/v1")));
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(SslManagerConfiguration.class.getName() + ".xml");
        Files.writeString(file, Files.readString(file).replaceAll("<id>.+</id>", ""));

        SslManagerConfiguration.get().load();
        List<String> given = ids();
        SslManagerConfiguration.get().load();

        assertEquals(given, ids());
        assertThat(given.get(0), matchesPattern("[0-9a-f-]{36}"));
    }

    private static List<String> ids() {
        return SslManagerConfiguration.get().getAccounts().stream()
                .map(SslManagerAccount::getId)
                .toList();
    }

    @Test
    void aNameIsOfOneAccountAndWithoutBlanks() {
        assertRefused(
                other("my account", "https://one.example.com"),
                "The name of the SSL Manager account 'my account' has blanks or commas in it. Leave them out, since lists"
                        + " of names are separated by them");
        SslManagerAccount renamed = other("new", "https://one.example.com");
        renamed.setFormerNames("old, new");
        assertRefused(
                renamed,
                "The former name 'new' of the SSL Manager account 'new' is a name of another account, or of this one."
                        + " Remove it from one of them");
    }

    @Test
    void accountNeedsNameAndService() {
        assertRefused(
                new SslManagerAccount(" ", Service.LIVE, 9, null),
                "An SSL Manager account has no name. Give it one for builds to call it by");
        assertRefused(
                new SslManagerAccount("production", null, 9, null),
                "The SSL Manager account 'production' has no service. Set it to one of [LIVE, DEMO, SANDBOX, OTHER]");
    }

    private void assertRefused(SslManagerAccount account, String message) {
        SslManagerConfiguration configuration = SslManagerConfiguration.get();
        List<SslManagerAccount> accounts = List.of(account);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> configuration.setAccounts(accounts))
                        .getMessage());
        assertEquals(List.of(), configuration.getAccounts());
    }

    private void assertKept(List<SslManagerAccount> expected) throws Exception {
        jenkins.assertEqualDataBoundBeans(
                expected, SslManagerConfiguration.get().getAccounts());
    }

    private HtmlPage configurationPage() throws Exception {
        return jenkins.createWebClient().goTo("manage/configure");
    }
}
