package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.sslmanager.delivery.CertificateFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTable;
import org.htmlunit.html.HtmlTableRow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who sees which certificates, on the page, in the file and in the remote API, and in which order. */
@WithJenkins
class CertificatesPageTest {

    private static final String PAGE = "ssl-certificates/";
    private static final String HOSTILE = "<script>alert('x')</script>.example.com";

    private static JenkinsRule jenkins;

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

    @ParameterizedTest
    @CsvSource({
        "admin, " + PAGE + ", ok due other hidden gone shared alert",
        "developer, " + PAGE + ", ok due shared",
        "stranger, " + PAGE + ", ''",
        "admin, job/team/" + PAGE + ", ok due shared",
        "developer, job/team/" + PAGE + ", ok due shared",
        "developer, job/team/job/mine/" + PAGE + ", ok due shared",
        "admin, job/hidden/" + PAGE + ", hidden",
        "admin, job/other/" + PAGE + ", other shared alert"
    })
    void everybodySeesTheCertificatesOfThoseJobsThatTheyMayRead(String user, String page, String names)
            throws Exception {
        List<String> expected = Arrays.stream(names.split(" "))
                .filter(name -> !name.isEmpty())
                .map(name -> "alert".equals(name) ? HOSTILE : name + ".example.com")
                .toList();
        JenkinsRule.WebClient client = client(user);

        assertThat(shown(client.goTo(page)), containsInAnyOrder(expected.toArray()));
        String csv = client.goTo(page + "csv", "text/csv").getWebResponse().getContentAsString();
        assertThat(
                csv.lines()
                        .skip(1)
                        .map(line -> line.substring(1, line.indexOf("\",")))
                        .toList(),
                containsInAnyOrder(expected.toArray()));
        assertThat(names(json(client, page)), containsInAnyOrder(expected.toArray()));
    }

    @ParameterizedTest
    @CsvSource({"other.example.com, 404", "hidden.example.com, 404", "gone.example.com, 404", "ok.example.com, 200"})
    void certificatesOwnPageIsForThoseWhoSeeItInTheList(String name, int status) throws Exception {
        String page = PAGE + "certificate/" + certificate(name).record().id() + "/";
        assertEquals(200, client("admin").goTo(page).getWebResponse().getStatusCode());
        assertEquals(
                status,
                client("developer")
                        .withThrowExceptionOnFailingStatusCode(false)
                        .goTo(page, null)
                        .getWebResponse()
                        .getStatusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "admin, '', true",
        "developer, '', true",
        "stranger, '', false",
        "developer, job/team/, true",
        "developer, job/team/job/mine/, true",
        "admin, job/idle/, false"
    })
    void linkIsThereForThoseWhoSeeAnything(String user, String page, boolean there) throws Exception {
        String opened = client(user).goTo(page).getWebResponse().getContentAsString();
        assertEquals(there, opened.contains("\"/jenkins/" + page + "ssl-certificates\""));
    }

    @Test
    void lastBuildIsOneOfAJobThatTheViewerMayRead() throws Exception {
        assertThat(row(client("admin").goTo(PAGE), "shared.example.com").getTextContent(), containsString("other #10"));
        HtmlTableRow row = row(client("developer").goTo(PAGE), "shared.example.com");
        assertThat(row.getTextContent(), containsString("Mine & <b>bold</b> #9"));
        assertNotNull(row.querySelector("a[href='/jenkins/job/team/job/mine/9/']"));
        JSONObject shared = client("developer")
                .getJSON(PAGE + "api/json?search=shared")
                .getJSONObject()
                .getJSONArray("certificates")
                .getJSONObject(0);
        assertEquals("team/mine", shared.getString("job"));
    }

    @ParameterizedTest
    @CsvSource({
        "ok.example.com, OK, 80, 80 days left",
        "due.example.com, Due, 20, 20 days left",
        "other.example.com, Renewal needed, 10, 10 days left"
    })
    void rowTellsHowTheCertificateStands(String name, String state, String percent, String days) throws Exception {
        HtmlTableRow row = row(client("admin").goTo(PAGE), name);
        assertThat(row.getTextContent(), containsString(state));
        assertThat(row.getTextContent(), containsString(days));
        assertEquals(percent, ((DomElement) row.querySelector("meter")).getAttribute("value"));
        assertNotNull(row.querySelector(".ssl-manager-state svg"), "an icon beside the word");
    }

    @Test
    void expiredCertificateTellsForHowLong() throws Exception {
        HtmlTableRow row = row(client("admin").goTo(PAGE), "gone.example.com");
        assertThat(row.getTextContent(), containsString("Expired"));
        assertThat(row.getTextContent(), containsString("expired 2 days ago"));
        assertNull(row.querySelector("meter"));
    }

    @Test
    void rowShowsNamesAndDates() throws Exception {
        CertificateFacts facts = CertificateRecords.get()
                .find(certificate("due.example.com").record().id())
                .orElseThrow()
                .facts();
        String text = row(client("admin").goTo(PAGE), "due.example.com").asNormalizedText();
        for (String part : List.of(
                "a.example.com",
                "2 more names",
                facts.notAfter().toString().substring(0, 10),
                facts.dueAt().toString().substring(0, 10),
                "team » Mine & <b>bold</b> #4")) {
            assertThat(text, containsString(part));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', gone other due hidden alert shared ok",
        "?sort=until&order=desc, ok shared alert hidden due other gone",
        "?sort=name, alert due gone hidden ok other shared",
        "?sort=left, gone other due hidden alert shared ok",
        "?sort=state&order=desc, ok shared alert hidden due other gone",
        "?sort=build, gone hidden other alert shared ok due",
        "?sort=nothing, gone other due hidden alert shared ok",
        "?search=due, due",
        "?search=AUTHORITY+dUe, due",
        "?search=renewal, other",
        "?search=c.example.com, due",
        "?search=team%2Fmine, due shared ok",
        "?search=%234, due",
        "?search=SSL123+other, other due alert shared",
        "?state=expired, gone",
        "?state=renewal_needed, other",
        "?state=ok&search=shared, shared",
        "?state=nothing, gone other due hidden alert shared ok",
        "?week=2001-01-01, ''",
        "?week=yesterday, gone other due hidden alert shared ok",
        "?search=no-such, ''"
    })
    void listIsSearchedAndSortedByTheAddress(String query, String names) throws Exception {
        List<String> expected = Arrays.stream(names.split(" "))
                .filter(name -> !name.isEmpty())
                .map(name -> "alert".equals(name) ? HOSTILE : name + ".example.com")
                .toList();
        assertEquals(expected, shown(client("admin").goTo(PAGE + query)));
        assertEquals(
                expected,
                names(client("admin").getJSON(PAGE + "api/json" + query).getJSONObject()));
    }

    @Test
    void headersSortAndSearchFieldSearches() throws Exception {
        HtmlPage page = client("admin").goTo(PAGE + "?search=example");
        HtmlPage byName = page.getAnchorByText("Name").click();
        assertEquals("ascending", header(byName, "Name").getAttribute("aria-sort"));
        assertEquals("none", header(byName, "State").getAttribute("aria-sort"));
        HtmlPage descending = ((DomElement) header(byName, "Name").querySelector("a")).click();
        assertEquals("descending", header(descending, "Name").getAttribute("aria-sort"));
        assertThat(shown(descending).get(0), startsWith("shared."));

        DomElement field = descending.querySelector("input[name=search]");
        assertEquals("example", field.getAttribute("value"));
        field.setAttribute("value", "due");
        HtmlPage found = ((DomElement) descending.querySelector("form[role=search] button")).click();
        assertThat(shown(found), contains("due.example.com"));
        assertThat(found.asNormalizedText(), containsString("1 of 7 certificates"));
        assertEquals("descending", header(found, "Name").getAttribute("aria-sort"));
    }

    @Test
    void fileHasAllFactsAndNoFormulas() throws Exception {
        String csv = client("admin")
                .goTo(PAGE + "csv?sort=name", "text/csv")
                .getWebResponse()
                .getContentAsString();
        List<String> lines = Arrays.asList(csv.split("\r\n"));
        assertThat(lines.get(0), startsWith("\"name\",\"names\",\"subject\",\"issuer\",\"serialNumber\","));
        assertThat(lines.get(1), containsString(",\"'=1+1\","));
        assertThat(
                lines.get(2),
                startsWith(
                        "\"due.example.com\",\"due.example.com a.example.com b.example.com c.example.com d.example.com\","
                                + "\"CN=due.example.com\",\"CN=\"\"Authority, the other\"\", C=DE\",\"0A\",\"AB:0A\","));
        assertThat(
                lines.get(5),
                containsString("\"OK\",\"SSL123\",\"7\",\"order-7\",\"4711\",\"production\",\"team/mine\",\"3\""));
        assertThat(lines.get(3), containsString(",\"0\",\"-2\","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=cmd()", "+1", "-a", "@x", "\tx", "\rx", " =cmd()"})
    void whatWouldBeAFormulaIsAText(String name) {
        CertificateRow row = new CertificateRow(certificate(name).record(), List.of(), List.of(), Instant.EPOCH);
        String field = Csv.of(List.of(row)).split("\r\n", 2)[1];
        assertThat(field.replace("\"", ""), startsWith("'" + name));
    }

    /** Some programs take a semicolon for the end of a field. */
    @Test
    void everyFieldIsQuoted() {
        CertificateRow row = new CertificateRow(certificate("a;=cmd()").record(), List.of(), List.of(), Instant.EPOCH);

        for (String line : Csv.of(List.of(row)).split("\r\n")) {
            assertTrue(line.matches("\"(?:[^\"]|\"\")*\"(?:,\"(?:[^\"]|\"\")*\")*"), line);
        }
    }

    @Test
    void remoteApiTellsTheSameAsTheFile() throws Exception {
        JSONObject certificate = client("developer")
                .getJSON(PAGE + "api/json?search=ok.example")
                .getJSONObject()
                .getJSONArray("certificates")
                .getJSONObject(0);
        assertEquals("OK", certificate.getString("state"));
        assertEquals(4711, certificate.getInt("serviceJobId"));
        assertEquals(3, certificate.getInt("build"));
        assertEquals(80, certificate.getInt("percentLeft"));
        assertEquals("null", certificate.getString("account"), "names of accounts are for administrators");
    }

    @Test
    void hostileNamesAreText() throws Exception {
        for (String page : List.of(
                PAGE, PAGE + "certificate/" + certificate(HOSTILE).record().id() + "/")) {
            HtmlPage opened = client("admin").goTo(page);
            assertThat(opened.asNormalizedText(), containsString(HOSTILE));
            assertThat(opened.querySelectorAll("#main-panel script:not([src])"), empty());
            assertThat(opened.querySelectorAll("#main-panel [style]"), empty());
            assertThat(opened.querySelectorAll("#main-panel td b"), empty());
        }
    }

    @Test
    void searchIsShownAsText() throws Exception {
        HtmlPage page = client("admin").goTo(PAGE + "?search=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
        assertThat(page.querySelectorAll("#main-panel script:not([src])"), empty());
        assertEquals(
                "\"><script>alert(1)</script>",
                ((DomElement) page.querySelector("input[name=search]")).getAttribute("value"));
        assertThat(page.asNormalizedText(), containsString("0 of 7 certificates"));
    }

    @Test
    void searchPutsNeitherCrumbNorFormIntoTheAddress() throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withBasicCredentials("admin");
        HtmlPage page = client.goTo(PAGE + "?sort=name&state=due");
        HtmlInput field = page.querySelector("input[name=search]");
        field.setValue("exam ple");
        HtmlPage found = ((DomElement) page.querySelector("form[role=search] button")).click();
        assertEquals(
                "search=exam+ple&sort=name&state=due",
                found.getUrl().getQuery(),
                "access logs and shared links have the address");
    }

    @Test
    void certificateIsFoundByItsIdAndItsBuild() throws Exception {
        certificate("numbered.example.com")
                .certificateId(918273)
                .by("other", 27)
                .withDaysLeft(90)
                .keep();
        try {
            assertThat(shown(client("admin").goTo(PAGE + "?search=918273")), contains("numbered.example.com"));
            assertThat(shown(client("admin").goTo(PAGE + "?search=other+%2327")), contains("numbered.example.com"));
        } finally {
            CertificateRecords.get()
                    .remove(certificate("numbered.example.com").record().id());
        }
    }

    @Test
    void searchDoesNotFindByJobsThatTheViewerMayNotRead() throws Exception {
        assertThat(shown(client("developer").goTo(PAGE + "?search=other.example")), empty());
        assertThat(shown(client("developer").goTo(PAGE + "?search=%2310")), empty());
    }

    @ParameterizedTest
    @CsvSource({
        "admin, due.exam, due.example.com",
        "admin, c.example, due.example.com",
        "developer, other.exam, ''",
        "admin, ot, ''"
    })
    void searchOfJenkinsFindsCertificatesThatTheViewerMaySee(String user, String query, String found) throws Exception {
        JSONArray suggestions = client(user)
                .getJSON("search/suggest?query=" + query)
                .getJSONObject()
                .getJSONArray("suggestions");
        List<String> links = suggestions.stream()
                .map(JSONObject.class::cast)
                .filter(suggestion -> suggestion.getString("url").contains("ssl-certificates/certificate"))
                .map(suggestion -> suggestion.getString("name") + " " + suggestion.getString("url"))
                .toList();
        if (found.isEmpty()) {
            assertThat(links, empty());
        } else {
            assertThat(
                    links,
                    contains(found + " /ssl-certificates/certificate/"
                            + certificate(found).record().id() + "/"));
        }
    }

    @ParameterizedTest
    @CsvSource({"admin, numbered, 918273", "admin, 9182, 918273", "developer, numbered, ''"})
    void idsAreCompletedFromTheCertificatesThatTheViewerMaySee(String user, String typed, String found)
            throws Exception {
        certificate("numbered.example.com")
                .certificateId(918273)
                .by("other", 27)
                .withDaysLeft(90)
                .keep();
        try (ACLContext viewer = ACL.as2(User.getById(user, true).impersonate2())) {
            List<String> expected = found.isEmpty() ? List.of() : List.of(found);
            assertEquals(expected, KnownCertificates.complete(typed).getValues());
            String told = String.valueOf(KnownCertificates.check("918273").getMessage());
            assertEquals(!found.isEmpty(), told.contains("numbered.example.com"));
        } finally {
            CertificateRecords.get()
                    .remove(certificate("numbered.example.com").record().id());
        }
    }

    @Test
    void linkIsInTheHeadOfEveryPageWithTheNumberOfTroubles() throws Exception {
        AllCertificates all = ExtensionList.lookupSingleton(AllCertificates.class);
        assertTrue(all.isPrimaryAction());
        try (ACLContext admin = ACL.as2(User.getById("admin", true).impersonate2())) {
            assertEquals("3", all.getBadge().getText());
            assertEquals("danger", all.getBadge().getSeverity(), "one has expired");
        }
        try (ACLContext developer = ACL.as2(User.getById("developer", true).impersonate2())) {
            assertEquals("1", all.getBadge().getText());
            assertEquals("warning", all.getBadge().getSeverity());
        }
        try (ACLContext stranger = ACL.as2(User.getById("stranger", true).impersonate2())) {
            assertNull(all.getBadge());
        }
        DomElement link = client("admin").goTo("").querySelector("header a[href='/jenkins/ssl-certificates']");
        assertThat(
                link.getAttribute("data-html-tooltip"),
                containsString("3 certificates are due, expired or not rotated"));
        assertNotNull(link.querySelector(".jenkins-badge"));
    }

    @Test
    void chipsCountTheStatesAndLeadToThem() throws Exception {
        HtmlPage page = client("admin").goTo(PAGE + "?search=example");
        List<String> chips = page.querySelectorAll(".ssl-manager-chip").stream()
                .map(chip -> ((DomElement) chip).asNormalizedText())
                .toList();
        assertThat(chips, contains("All 7", "Expired 1", "Renewal needed 1", "Due 1", "OK 4"));
        HtmlPage due = ((DomElement) page.querySelector("a.ssl-manager-chip.ssl-manager-due")).click();
        assertThat(shown(due), contains("due.example.com"));
        assertEquals(
                "true",
                ((DomElement) due.querySelector("a.ssl-manager-chip.ssl-manager-due")).getAttribute("aria-current"));
        HtmlPage all = ((DomElement) due.querySelector("a.ssl-manager-chip.ssl-manager-all")).click();
        assertEquals(7, shown(all).size());
    }

    @Test
    void barOfThePictureLeadsToItsCertificates() throws Exception {
        HtmlPage page = client("admin").goTo(PAGE);
        List<DomNode> bars = page.querySelectorAll(".ssl-manager-timeline a");
        assertThat(shown(follow(bars.get(0))), contains("gone.example.com"));
        HtmlPage week = follow(bars.get(1));
        assertThat(shown(week), contains("other.example.com"));
        assertThat(week.querySelectorAll(".ssl-manager-timeline a"), hasSize(bars.size()));
        HtmlPage all = week.getAnchors().stream()
                .filter(anchor -> anchor.getTextContent().contains("Show every week"))
                .findFirst()
                .orElseThrow()
                .click();
        assertEquals(7, shown(all).size());
    }

    @Test
    void pictureShowsWhenCertificatesExpireAndHowManyHave() throws Exception {
        HtmlPage page = client("admin").goTo(PAGE);
        DomElement picture = page.querySelector("svg.ssl-manager-timeline");
        assertEquals(7, picture.querySelectorAll("rect").size());
        assertThat(page.getElementById("timeline-text").getTextContent(), containsString("1 certificate has expired"));
        String week = Instant.now().plus(Duration.ofDays(7)).toString().substring(0, 10);
        assertThat(
                page.getElementById("timeline-text").getTextContent(),
                containsString("week from " + week + ": 1 certificate expires"));
    }

    @Test
    void tableIsToldToScreenReaders() throws Exception {
        HtmlPage page = client("admin").goTo(PAGE);
        HtmlTable table = page.getHtmlElementById("certificates");
        assertEquals("Certificates", table.getCaptionText());
        for (DomNode head : table.querySelectorAll("thead th")) {
            assertEquals("col", ((DomElement) head).getAttribute("scope"));
        }
        assertNotNull(page.querySelector("input[name=search][aria-label]"));
        assertNotNull(page.querySelector("meter[aria-label]"));
    }

    @Test
    void emptyListSaysWhenItWillNotBe() throws Exception {
        assertThat(client("stranger").goTo(PAGE).asNormalizedText(), containsString("No certificates yet"));
    }

    private static HtmlPage follow(DomNode link) throws Exception {
        return client("admin").goTo(PAGE + ((DomElement) link).getAttribute("href"));
    }

    private static List<String> shown(HtmlPage page) {
        return page.querySelectorAll("#certificates tbody tr td:first-child > a").stream()
                .map(DomNode::getTextContent)
                .toList();
    }

    private static HtmlTableRow row(HtmlPage page, String name) {
        return page.<HtmlTable>getHtmlElementById("certificates").getRows().stream()
                .filter(row -> row.getTextContent().contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static DomElement header(HtmlPage page, String title) {
        return page.querySelectorAll("#certificates th").stream()
                .filter(head -> head.getTextContent().contains(title))
                .map(DomElement.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static JSONObject json(JenkinsRule.WebClient client, String page) throws Exception {
        return client.getJSON(page + "api/json").getJSONObject();
    }

    private static List<String> names(JSONObject answer) {
        JSONArray certificates = answer.getJSONArray("certificates");
        return certificates.stream()
                .map(certificate -> ((JSONObject) certificate).getString("name"))
                .toList();
    }

    private static JenkinsRule.WebClient client(String user) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).withBasicCredentials(user);
    }
}
