package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.TopLevelItem;
import java.time.Instant;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the page of a job tells of its certificates. */
@WithJenkins
class JobPageTest {

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @ParameterizedTest
    @ValueSource(classes = {WorkflowJob.class, FreeStyleProject.class})
    void certificateIsThereWithItsReissues(Class<? extends Job<?, ?>> type) throws Exception {
        jenkins.jenkins.createProject(type.asSubclass(TopLevelItem.class), "job");
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 5; i++) {
            certificate("www.example.com")
                    .serialNumber("0" + i)
                    .from(begin.plus(KnownCertificate.LIFETIME.multipliedBy(i)))
                    .keep();
        }
        certificate("<b>new</b>.example.com").withDaysLeft(70).keep();
        certificate("others.example.com").by("another", 1).withDaysLeft(70).keep();

        HtmlPage page = open("job/job/");
        DomElement card = page.getElementById("ssl-certificates");
        String text = card.asNormalizedText();
        for (String part : List.of(
                "www.example.com",
                "2027-05-16", // valid until
                "2027-04-12", // due
                "2027-02-05", // re-issued
                "2026-01-01 – 2026-04-11", // in use before
                "<b>new</b>.example.com",
                "None",
                "70 days left")) {
            assertThat(text, containsString(part));
        }
        assertThat(text, not(containsString("others.example.com")));
        HtmlPage details = ((DomElement) card.querySelector("tbody a")).click();
        assertEquals("<b>new</b>.example.com - Jenkins", details.getTitleText());
    }

    @Test
    void firstReissueIsTheLastOne() throws Exception {
        jenkins.createFreeStyleProject("job");
        certificate("www.example.com").issuedBy(4711).keep();
        String text = open("job/job/").getElementById("ssl-certificates").asNormalizedText();
        assertThat(text, containsString("2026-01-01"));
        assertThat(text, not(containsString("None")));
    }

    @Test
    void ofManyThoseThatExpireFirstAreThere() throws Exception {
        jenkins.createFreeStyleProject("job");
        for (int i = 1; i <= 7; i++) {
            certificate(i + ".example.com").withDaysLeft(100 - i).keep();
        }
        DomElement card = open("job/job/").getElementById("ssl-certificates");
        assertThat(card.querySelectorAll("tbody tr"), hasSize(5));
        assertThat(card.asNormalizedText(), not(containsString("1.example.com")));
        assertThat(card.asNormalizedText(), containsString("2 more certificates"));
    }

    @Test
    void jobWithoutCertificatesShowsNothing() throws Exception {
        jenkins.createFreeStyleProject("job");
        certificate("others.example.com").by("another", 1).keep();
        assertNull(open("job/job/").getElementById("ssl-certificates"));
    }

    private HtmlPage open(String page) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).goTo(page);
    }
}
