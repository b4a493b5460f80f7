package io.jenkins.plugins.sslmanager.credentials;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.TaskListener;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SecretLeaks;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import io.jenkins.plugins.sslmanager.engine.vault.VaultVersion;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What an administrator sees of the vault and does there. */
class VaultPageTest extends OverBothProtocols {

    private static final String PAGE = "manage/ssl-manager-vault/";

    private final long id = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);
    private final Builds builds = new Builds(jenkins);

    VaultPageTest() {
        super(Duration.ZERO);
    }

    private WorkflowJob stored() throws Exception {
        WorkflowJob job = builds.job(
                "sslRotateCertificate certificates: " + id + ", keyAlgorithm: 'EC_P256', storeAs: 'www', force: true");
        builds.success(job);
        return job;
    }

    private static VaultEntry entryOf(WorkflowJob job) {
        return CertificateVault.get().vault().entries().stream()
                .filter(entry -> entry.isOf(job.getFullName()))
                .findFirst()
                .orElseThrow();
    }

    private static void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE)
                .everywhere()
                .to("manager"));
    }

    private static JenkinsRule.WebClient client(String user) {
        return jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withBasicApiToken(user);
    }

    private static int status(String user, HttpMethod method, String path) throws Exception {
        return client(user)
                .getPage(new WebRequest(new URL(jenkins.getURL(), path), method))
                .getWebResponse()
                .getStatusCode();
    }

    @Test
    void lastUseIsThere() throws Exception {
        WorkflowJob job = stored();
        assertEquals(null, new VaultRow(entryOf(job)).getLastUse());
        Builds.withScript(
                job,
                "node { withCredentials([certificate(credentialsId: 'www', keystoreVariable: 'STORE',"
                        + " passwordVariable: 'PASSWORD')]) { } }");
        String started =
                builds.success(job).getTimestamp().toInstant().toString().substring(0, 19) + "Z";

        assertEquals(started, new VaultRow(entryOf(job)).getLastUse());
        assertThat(jenkins.createWebClient().goTo(PAGE).getWebResponse().getContentAsString(), containsString(started));
    }

    @Test
    void administratorsAloneGiveAnEntryUpAndOnlyByPost() throws Exception {
        secure();
        WorkflowJob job = stored();
        String giveUp = PAGE + "giveUp?id=" + entryOf(job).id();
        HtmlPage page = client("admin").goTo(PAGE);
        assertThat(
                page.querySelectorAll("a.confirmation-link[data-url^='giveUp?id="
                        + entryOf(job).id() + "'][data-post=true]"),
                hasSize(1));

        assertEquals(403, status("manager", HttpMethod.POST, giveUp));
        assertEquals(404, status("admin", HttpMethod.GET, giveUp));
        assertTrue(entryOf(job).usable().isPresent());

        assertEquals(200, status("admin", HttpMethod.POST, giveUp));
        assertFalse(entryOf(job).usable().isPresent());
        assertFalse(entryOf(job).versions().stream().anyMatch(VaultVersion::hasKey));
    }

    @Test
    void administratorsAloneConfirmOrdersForWantOfKeys() throws Exception {
        secure();
        for (int each = 1; each <= 11; each++) {
            CertificateVault.get().wanted().add(new CertificateId("live", each), each + ".example.com", "lost");
        }
        assertEquals(403, status("manager", HttpMethod.POST, PAGE + "confirm"));
        assertEquals(404, status("admin", HttpMethod.GET, PAGE + "confirm"));
        HtmlPage page = client("admin").goTo(PAGE);
        assertThat(page.asNormalizedText(), containsString("11.example.com, lost"));

        jenkins.submit(page.getFormByName("confirm"));

        assertThat(client("admin").goTo(PAGE).asNormalizedText(), not(containsString("11.example.com, lost")));
        CertificateVault.get().wanted().jobsMoved("lost"::equals, job -> null);
    }

    @Test
    void keysOfFormerCertificatesStayAsLongAsConfigured() throws Exception {
        WorkflowJob job = stored();
        fixture.letTimePass(Duration.ofHours(1));
        builds.success(job);
        assertEquals(2, new VaultRow(entryOf(job)).getKeys());
        VaultCleaning cleaning = ExtensionList.lookupSingleton(VaultCleaning.class);
        cleaning.execute(TaskListener.NULL);
        assertEquals(2, new VaultRow(entryOf(job)).getKeys());
        HtmlPage page = jenkins.createWebClient().goTo("manage/configure");
        page.getFormByName("config").getInputByName("_.endedKeysKeptDays").setValue("0");
        jenkins.submit(page.getFormByName("config"));
        assertEquals(0, SslManagerConfiguration.get().getEndedKeysKeptDays());

        cleaning.execute(TaskListener.NULL);

        assertEquals(1, new VaultRow(entryOf(job)).getKeys());
        assertTrue(entryOf(job).usable().isPresent());
        SslManagerConfiguration.get().setEndedKeysKeptDays(30);
    }

    @Test
    void noKeyIsInWhatConfigurationAsCodeExports() throws Exception {
        stored();
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(export);

        for (String part :
                SecretLeaks.ofKey(Pem.encode(StoredCertificates.entry("www").key()))) {
            assertThat(export.toString(StandardCharsets.ISO_8859_1), not(containsString(part)));
        }
    }
}
