package io.jenkins.plugins.sslmanager.credentials;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.Item;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What vault and order book add to a certificate's page, and the way from there to the jobs that rotate it. */
class CertificatePartsTest extends OverBothProtocols {

    private final long id = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);

    CertificatePartsTest() {
        super(Duration.ZERO);
    }

    @Test
    void pageHasPublicPartsOrdersAndTheWayToRotateForThoseWhoMay() throws Exception {
        Builds builds = new Builds(jenkins);
        WorkflowJob job = builds.job(
                "sslRotateCertificate certificates: " + id + ", keyAlgorithm: 'EC_P256', storeAs: 'www', force: true");
        builds.success(job);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "builder")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder"));
        HtmlPage list = client("reader").goTo("ssl-certificates/");

        HtmlPage seen = ((DomElement) list.querySelector("#certificates tbody a")).click();
        String page =
                "ssl-certificates/" + ((DomElement) list.querySelector("#certificates tbody a")).getAttribute("href");
        String leaf = ((DomElement) seen.querySelector("#main-panel button.jenkins-copy-button")).getAttribute("text");
        String serialNumber = Certificates.serialNumber(Pem.certificate(leaf));
        assertThat(seen.asNormalizedText(), containsString(serialNumber));
        assertThat(seen.querySelector("#main-panel").asNormalizedText(), containsString("Delivered"));
        assertThat(seen.getWebResponse().getContentAsString(), not(containsString("PRIVATE KEY")));
        String both = client("reader")
                .goTo(page + "section/pem/fullchain", "text/plain")
                .getWebResponse()
                .getContentAsString();
        assertEquals(leaf, Pem.encode(Pem.certificates(both).get(0)));
        assertNull(seen.querySelector("#main-panel a.confirmation-link[data-url*='/build']"));

        assertThat(
                client("builder")
                        .goTo(page)
                        .querySelectorAll("#main-panel a.confirmation-link[data-url='/jenkins/" + job.getUrl()
                                + "build?delay=0sec'][data-post=true]"),
                hasSize(1));
    }

    @Test
    void certificateOfAnotherNumberKeepsItsOrdersAndPublicParts() throws Exception {
        long given = fixture.sandbox.addCertificate("new-id.example.com", AuthMethod.DNS);
        Builds builds = new Builds(jenkins);
        WorkflowJob job = builds.job("sslRotateCertificate certificates: " + given
                + ", keyAlgorithm: 'EC_P256', storeAs: 'renumbered', force: true");
        builds.success(job);
        builds.success(job);

        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        HtmlPage seen = ((DomElement)
                        client.goTo(job.getUrl() + "ssl-certificates/").querySelector("#certificates tbody a"))
                .click();

        String leaf = ((DomElement) seen.querySelector("#main-panel button.jenkins-copy-button")).getAttribute("text");
        assertThat(
                seen.querySelector(".ssl-manager-facts").asNormalizedText(),
                containsString(Certificates.serialNumber(Pem.certificate(leaf))));
        assertThat(List.of(seen.querySelector("#main-panel").asNormalizedText().split("Delivered")), hasSize(3));
    }

    private static JenkinsRule.WebClient client(String user) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).withBasicApiToken(user);
    }
}
