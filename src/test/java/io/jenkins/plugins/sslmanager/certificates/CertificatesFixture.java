package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTable;
import org.htmlunit.html.HtmlTableRow;
import org.junit.jupiter.api.BeforeAll;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Certificates of several jobs, and users who may see some of them. */
@WithJenkins
abstract class CertificatesFixture {

    static final String PAGE = "ssl-certificates/";
    static final String HOSTILE = "<script>alert('x')</script>.example.com";

    static JenkinsRule jenkins;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Folder team = rule.createProject(Folder.class, "team");
        FreeStyleProject mine = team.createProject(FreeStyleProject.class, "mine");
        mine.setDisplayName("Mine & <b>bold</b>");
        FreeStyleProject hidden =
                rule.createProject(Folder.class, "hidden").createProject(FreeStyleProject.class, "job");
        rule.createFreeStyleProject("other");
        rule.createFreeStyleProject("idle");

        certificate("ok.example.com")
                .by("team/mine", 3)
                .withDaysLeft(80)
                .issuedBy(4711)
                .keep();
        certificate("due.example.com")
                .names("due.example.com", "a.example.com", "b.example.com", "c.example.com", "d.example.com")
                .by("team/mine", 4)
                .issuer("CN=\"Authority, the other\", C=DE")
                .withDaysLeft(20)
                .keep();
        certificate("other.example.com")
                .by("other", 5)
                .withDaysLeft(10)
                .paidUntilItsEnd()
                .keep();
        certificate("hidden.example.com").by("hidden/job", 6).withDaysLeft(50).keep();
        certificate("gone.example.com").by("gone", 7).withDaysLeft(-3).keep();
        certificate(HOSTILE)
                .by("other", 8)
                .serialNumber("=1+1")
                .withDaysLeft(60)
                .keep();
        certificate("shared.example.com").by("team/mine", 9).withDaysLeft(70).keep();
        certificate("shared.example.com").by("other", 10).withDaysLeft(70).keep();

        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("developer", "stranger")
                .grant(Item.READ)
                .onFolders(team)
                .to("developer")
                // In a folder that its reader cannot enter, and one that its reader may only know to be there.
                .grant(Item.READ)
                .onItems(hidden)
                .to("developer")
                .grant(Item.DISCOVER)
                .everywhere()
                .to("developer"));
    }

    static HtmlPage follow(DomNode link) throws Exception {
        return client("admin").goTo(PAGE + ((DomElement) link).getAttribute("href"));
    }

    static List<String> shown(HtmlPage page) {
        return page.querySelectorAll("#certificates tbody tr td:first-child > a").stream()
                .map(DomNode::getTextContent)
                .toList();
    }

    static HtmlTableRow row(HtmlPage page, String name) {
        return page.<HtmlTable>getHtmlElementById("certificates").getRows().stream()
                .filter(row -> row.getTextContent().contains(name))
                .findFirst()
                .orElseThrow();
    }

    static DomElement header(HtmlPage page, String title) {
        return page.querySelectorAll("#certificates th").stream()
                .filter(head -> head.getTextContent().contains(title))
                .map(DomElement.class::cast)
                .findFirst()
                .orElseThrow();
    }

    static JSONObject json(JenkinsRule.WebClient client, String page) throws Exception {
        return client.getJSON(page + "api/json").getJSONObject();
    }

    static List<String> names(JSONObject answer) {
        JSONArray certificates = answer.getJSONArray("certificates");
        return certificates.stream()
                .map(certificate -> ((JSONObject) certificate).getString("name"))
                .toList();
    }

    static JenkinsRule.WebClient client(String user) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).withBasicCredentials(user);
    }
}
