package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Item;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.certificates.Deployment.Held;
import io.jenkins.plugins.sslmanager.certificates.Deployment.Outcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Where a certificate is in use, and where it is not, is told on its pages, and to administrators after some days. */
@WithJenkins
class DeploymentsOnPagesTest {

    private static final Instant SINCE = Instant.parse("2026-02-03T00:00:00Z");

    private JenkinsRule jenkins;
    private CertificateRecord record;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.createFreeStyleProject("job");
        jenkins.createFreeStyleProject("hidden");
        Instant issued = Instant.now().minus(Duration.ofDays(4));
        certificate("www.example.com")
                .serialNumber("0A")
                .from(issued.minus(Duration.ofDays(60)))
                .keep();
        record = certificate("www.example.com").serialNumber("0B").from(issued).keep();
        keep("job", "web", "0B", Outcome.DEPLOYED, List.of("www.example.com:443 (192.0.2.1): presents it"));
    }

    private static void keep(String job, String target, String serialNumber, Outcome outcome, List<String> addresses) {
        Held held = new Held("AB:" + serialNumber, serialNumber, SINCE);
        Deployments.get().keep(new Deployment(job, "www", target, held, held, outcome, 1, "5", SINCE, addresses));
    }

    private String page(String path) throws Exception {
        return ((HtmlPage)
                        jenkins.createWebClient().withJavaScriptEnabled(false).goTo(path))
                .asNormalizedText();
    }

    private String details() throws Exception {
        return page("ssl-certificates/certificate/" + record.id() + "/");
    }

    private static UnservedCertificateMonitor monitor() {
        return ExtensionList.lookupSingleton(UnservedCertificateMonitor.class);
    }

    @Test
    void targetThatServesItIsShownEverywhereAndNobodyIsTold() throws Exception {
        for (String path : List.of("ssl-certificates/", "job/job/")) {
            assertThat(path, page(path), containsString("web In use 2026-02-03"));
        }
        assertThat(details(), containsString("www.example.com:443 (192.0.2.1): presents it"));
        assertFalse(monitor().isActivated());
    }

    @Test
    void targetsThatLackItAreShownAndToldAfterSomeDays() throws Exception {
        keep("job", "mail", "0B", Outcome.NOT_SERVED, List.of("mail.example.com:993 (192.0.2.2): presents another"));
        keep("job", "proxy", "0B", Outcome.FAILED, List.of());
        keep("job", "backup", "0B", Outcome.BEGUN, List.of());
        keep("job", "old", "0A", Outcome.DEPLOYED, List.of());
        String details = details();
        for (String part : List.of(
                "mail.example.com:993 (192.0.2.2): presents another",
                "Not served",
                "Deployment failed",
                "Deployment not finished",
                "Has the one before")) {
            assertThat(details, containsString(part));
        }

        assertTrue(monitor().isActivated());
        String manage = page("manage/");
        assertThat(manage, containsString("issued more than 3 days ago"));
        assertThat(manage, containsString("mail (job, Not served)"));
        assertThat(manage, not(containsString("web (job")));

        SslManagerConfiguration.get().setUnservedAfterDays(5);
        assertFalse(monitor().isActivated());
    }

    @Test
    void targetsOfHiddenJobsAreHidden() throws Exception {
        keep("hidden", "secret-target", "0B", Outcome.FAILED, List.of());
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader")
                .grant(Item.READ)
                .onItems(jenkins.jenkins.getItem("job"))
                .to("reader"));
        JenkinsRule.WebClient client =
                jenkins.createWebClient().withJavaScriptEnabled(false).login("reader");
        String text =
                client.goTo("ssl-certificates/certificate/" + record.id() + "/").asNormalizedText();
        assertThat(text, containsString("web"));
        assertThat(text, not(containsString("secret-target")));
        assertThat(text, not(containsString("Forget")));
    }

    @Test
    void administratorForgetsATargetThatIsGone() throws Exception {
        String id = Deployment.id("job", "www", "web");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        assertEquals(403, forget("reader", id));
        assertTrue(Deployments.get().find("job", "www", "web").isPresent());
        assertEquals(200, forget("admin", id));
        assertNull(Deployments.get().find("job", "www", "web").orElse(null));
    }

    private int forget(String user, String id) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login(user);
        WebRequest request = new WebRequest(
                URI.create(jenkins.getURL() + "ssl-certificates/certificate/" + record.id() + "/forgetTarget?id=" + id)
                        .toURL(),
                HttpMethod.POST);
        return client.getPage(client.addCrumb(request)).getWebResponse().getStatusCode();
    }
}
