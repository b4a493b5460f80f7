package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Item;
import java.net.URL;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A certificate's own page. */
@WithJenkins
class CertificateDetailsTest {

    private static final String LIST = "job/mine/ssl-certificates/";

    private JenkinsRule jenkins;
    private String page;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        rule.createFreeStyleProject("mine");
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        certificate("www.example.com")
                .serialNumber("01")
                .from(begin)
                .by("mine", 2)
                .keep();
        page = LIST + "certificate/"
                + certificate("www.example.com")
                        .names("www.example.com", "example.com")
                        .serialNumber("02")
                        .from(begin.plus(KnownCertificate.LIFETIME))
                        .by("mine", 5)
                        .issuedBy(4711)
                        .keep()
                        .id()
                + "/";
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.DELETE)
                .everywhere()
                .to("developer"));
    }

    @Test
    void allThatIsKnownIsThere() throws Exception {
        String text = client("admin").goTo(page).asNormalizedText();
        for (String part : List.of(
                "CN=www.example.com",
                "example.com",
                "CN=Some CA, O=Some Authority, C=DE",
                "AB:02",
                "SSL123",
                "order-7",
                "4711",
                "production",
                "mine #5",
                "Earlier certificates",
                "01\t2026-01-01\t2026-04-11")) {
            assertThat(text, containsString(part));
        }
        assertThat(client("developer").goTo(page).asNormalizedText(), not(containsString("production")));
    }

    @Test
    void administratorsTakeWhatIsNoLongerUsedOutOfTheLists() throws Exception {
        HtmlPage opened = client("admin").goTo(page);
        assertThat(
                opened.querySelectorAll("#main-panel a.confirmation-link[data-url=forget][data-post=true]"),
                hasSize(1));
        assertEquals(200, forget("admin", HttpMethod.POST).getWebResponse().getStatusCode());
        assertThat(CertificateRecords.get().all(), empty());
    }

    @Test
    void nobodyElseDoesAndNoLinkDoes() throws Exception {
        assertThat(client("developer").goTo(page).querySelectorAll("#main-panel a.confirmation-link"), empty());
        assertEquals(403, forget("developer", HttpMethod.POST).getWebResponse().getStatusCode());
        assertEquals(404, forget("admin", HttpMethod.GET).getWebResponse().getStatusCode());
        assertThat(CertificateRecords.get().all(), hasSize(1));
    }

    private Page forget(String user, HttpMethod method) throws Exception {
        JenkinsRule.WebClient client = client(user).withThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), page + "forget"), method);
        return client.getPage(client.addCrumb(request));
    }

    private JenkinsRule.WebClient client(String user) {
        return jenkins.createWebClient().withJavaScriptEnabled(false).withBasicCredentials(user);
    }
}
