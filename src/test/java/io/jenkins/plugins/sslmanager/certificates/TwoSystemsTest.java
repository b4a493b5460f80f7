package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.sslmanager.account.ServiceAddress;
import io.jenkins.plugins.sslmanager.delivery.CertificateOutcome;
import io.jenkins.plugins.sslmanager.delivery.CertificatesAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.htmlunit.html.DomNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The live system and the demo system each count their certificates, so that one build can meet a number twice. */
@WithJenkins
class TwoSystemsTest {

    private static final String LIVE_URL = "https://api.autodns.com/v1";
    private static final String DEMO_URL = "https://api.demo.autodns.com/v1";
    private static final String LIVE = ServiceAddress.systemOf(LIVE_URL);
    private static final String DEMO = ServiceAddress.systemOf(DEMO_URL);
    private static final String NAME = "www.example.com";

    private JenkinsRule jenkins;
    private FreeStyleBuild build;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FreeStyleProject job = rule.createFreeStyleProject("job");
        build = rule.buildAndAssertSuccess(job);
    }

    @Test
    void eachHasARowOfItsOwnOnTheBuildsPage() throws Exception {
        CertificatesAction certificates = CertificatesAction.of(build);
        certificates.put(CertificateOutcome.failed(LIVE, 7, "live.example.com", "The live one was refused", null));
        certificates.put(CertificateOutcome.failed(DEMO, 7, "demo.example.com", "The demo one was refused", null));
        certificates.put(CertificateOutcome.failed(LIVE, 7, "live.example.com", "It was refused again", null));

        assertThat(reasons(), contains("The demo one was refused.", "It was refused again."));
        assertEquals(
                "demo.example.com", certificates.find(DEMO, 7).orElseThrow().getName());
        assertEquals(
                "live.example.com", certificates.find(LIVE, 7).orElseThrow().getName());
    }

    @Test
    void oneThatWaitsDoesNotHideTheOther() throws Exception {
        CertificatesAction certificates = CertificatesAction.of(build);
        certificates.put(CertificateOutcome.failed(LIVE, 7, NAME, "It was refused", null));
        Instant now = Instant.now();
        certificates.progress(CertificateOutcome.waiting(DEMO, 7, NAME, null, now, now.plus(Duration.ofHours(1))));

        assertEquals(2, reasons().size());
    }

    @Test
    void failureIsKeptWithTheCertificateThatFailed() {
        CertificateRecord live =
                certificate(NAME).service(LIVE_URL).by("job", 1).keep();
        CertificateRecord demo =
                certificate(NAME).service(DEMO_URL).by("job", 1).keep();
        CertificatesAction.of(build).put(CertificateOutcome.failed(DEMO, 7, NAME, "It was refused", null));

        assertEquals(
                "It was refused.",
                CertificateRecords.get().find(demo.id()).orElseThrow().failure().reason());
        assertNull(CertificateRecords.get().find(live.id()).orElseThrow().failure());
    }

    private List<String> reasons() throws Exception {
        return jenkins
                .createWebClient()
                .withJavaScriptEnabled(false)
                .getPage(build)
                .querySelectorAll(".ssl-manager-outcomes .ssl-manager-reason")
                .stream()
                .map(DomNode::asNormalizedText)
                .map(text -> text.replace(" Then build again.", ""))
                .toList();
    }
}
