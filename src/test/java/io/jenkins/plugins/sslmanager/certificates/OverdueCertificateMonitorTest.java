package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What administrators are told of certificates that run out. */
@WithJenkins
class OverdueCertificateMonitorTest {

    private JenkinsRule jenkins;
    private OverdueCertificateMonitor monitor;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        rule.createFreeStyleProject("job");
        monitor = ExtensionList.lookupSingleton(OverdueCertificateMonitor.class);
    }

    @Test
    void reissueEndsTheWarning() {
        certificate("www.example.com").serialNumber("01").withDaysLeft(5).keep();
        assertTrue(monitor.isActivated());
        certificate("www.example.com").serialNumber("02").withDaysLeft(99).keep();
        assertFalse(monitor.isActivated());
    }

    @Test
    void warningTellsWhatRunsOutAndWhatToDoAndCanBeDismissed() throws Exception {
        for (int i = 1; i <= 12; i++) {
            certificate("<i>" + i + "</i>.example.com").withDaysLeft(i).keep();
        }
        HtmlPage page = open();
        String text = page.asNormalizedText();
        assertThat(text, containsString("<i>10</i>.example.com"));
        assertThat(text, not(containsString("<i>11</i>.example.com")));
        assertThat(text, containsString("2 more certificates"));
        assertThat(text, containsString("See why the builds of the job fail"));

        DomElement button = page.querySelector("form[action$='" + monitor.getUrl() + "/disable'] button");
        button.click();
        assertFalse(monitor.isEnabled());
        assertThat(open().asNormalizedText(), not(containsString("more certificates")));
    }

    private HtmlPage open() throws Exception {
        return jenkins.createWebClient().goTo("manage/");
    }
}
