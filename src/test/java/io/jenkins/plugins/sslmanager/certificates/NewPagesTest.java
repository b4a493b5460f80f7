package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.TopLevelItem;
import hudson.model.User;
import io.jenkins.plugins.sslmanager.delivery.CertificateOutcome;
import io.jenkins.plugins.sslmanager.delivery.CertificatesAction;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.model.experimentalflags.UserExperimentalFlagsProperty;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Certificates on Jenkins' new pages of builds and jobs, which a user chooses, beside the pages of before. */
@WithJenkins
class NewPagesTest {

    /** Has chosen the new pages. */
    private static final String CURIOUS = "curious";

    private static final String STAYS = "stays";
    private static final String OF_A_BUILD = "table.ssl-manager-outcomes";

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to(CURIOUS, STAYS));
        User.getOrCreateByIdOrFullName(CURIOUS)
                .addProperty(new UserExperimentalFlagsProperty(
                        Map.of("new-build-page.flag", "true", "new-job-page.flag", "true")));
    }

    @Test
    void newBuildPageHasThemInACardOfTheirOwn() throws Exception {
        HtmlPage page = open(CURIOUS, buildWithACertificate().getUrl());
        assertThat(page.querySelectorAll(OF_A_BUILD), hasSize(1));
        assertThat(page.querySelectorAll("#side-panel a[href$='ssl-certificates']"), empty());
        assertNull(card(page, "Legacy").querySelector(OF_A_BUILD));
        DomElement card = card(page, "SSL certificates");
        assertThat(card.asNormalizedText(), containsString("It was refused"));

        HtmlPage behind = ((DomElement) card.querySelector("a.jenkins-card__title-link")).click();
        assertThat(behind.querySelector(OF_A_BUILD).asNormalizedText(), containsString("It was refused"));
    }

    @Test
    void buildPageOfBeforeHasThemAsASummary() throws Exception {
        FreeStyleBuild build = buildWithACertificate();
        HtmlPage page = open(STAYS, build.getUrl());
        assertThat(page.querySelectorAll(".app-summary " + OF_A_BUILD), hasSize(1));
        assertThat(page.querySelectorAll(OF_A_BUILD), hasSize(1));
        assertThat(page.querySelectorAll("#side-panel a[href*='" + build.getUrl() + "ssl-certificates']"), empty());

        HtmlPage sent = open(STAYS, build.getUrl() + "ssl-certificates/");
        assertThat(sent.querySelectorAll("#side-panel"), hasSize(1));
        assertThat(sent.querySelectorAll(OF_A_BUILD), hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(classes = {WorkflowJob.class, FreeStyleProject.class})
    void newJobPageHasThemInACardOfTheirOwn(Class<? extends Job<?, ?>> type) throws Exception {
        HtmlPage page = open(CURIOUS, jobWithACertificate(type).getUrl());
        assertThat(page.querySelectorAll("#ssl-certificates"), hasSize(1));
        assertNull(card(page, "Legacy").querySelector("#ssl-certificates"));
        assertThat(page.getElementById("ssl-certificates").asNormalizedText(), containsString("www.example.com"));
    }

    @ParameterizedTest
    @ValueSource(classes = {WorkflowJob.class, FreeStyleProject.class})
    void jobPageOfBeforeHasThemInItsMiddle(Class<? extends Job<?, ?>> type) throws Exception {
        HtmlPage page = open(STAYS, jobWithACertificate(type).getUrl());
        assertThat(page.querySelectorAll("#ssl-certificates"), hasSize(1));
        assertThat(page.querySelectorAll("#main-panel #ssl-certificates"), hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {CURIOUS, STAYS})
    void certificatesPageOfAJobHasNoSidePanel(String user) throws Exception {
        Job<?, ?> job = jobWithACertificate(WorkflowJob.class);
        HtmlPage page = open(user, job.getUrl() + "ssl-certificates/");
        assertThat(page.asNormalizedText(), containsString("www.example.com"));
        assertThat(page.querySelectorAll("#side-panel"), empty());
        assertEquals(-1, page.getWebResponse().getContentAsString().indexOf("Delete Pipeline"));
    }

    private Job<?, ?> jobWithACertificate(Class<? extends Job<?, ?>> type) throws Exception {
        TopLevelItem job = jenkins.jenkins.createProject(type.asSubclass(TopLevelItem.class), "job");
        certificate("www.example.com").by("job", 1).withDaysLeft(70).keep();
        return (Job<?, ?>) job;
    }

    private FreeStyleBuild buildWithACertificate() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("job"));
        CertificatesAction.of(build)
                .put(CertificateOutcome.failed("live", 7, "www.example.com", "It was refused", null));
        return build;
    }

    private static DomElement card(HtmlPage page, String title) {
        List<DomNode> cards = page.querySelectorAll(".jenkins-card").stream()
                .filter(card -> card.querySelector(".jenkins-card__title")
                        .asNormalizedText()
                        .startsWith(title))
                .toList();
        assertThat(title, cards, hasSize(1));
        return (DomElement) cards.get(0);
    }

    private HtmlPage open(String user, String page) throws Exception {
        return jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .withBasicCredentials(user)
                .goTo(page);
    }
}
