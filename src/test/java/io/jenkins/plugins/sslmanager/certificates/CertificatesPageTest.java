package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.sslmanager.delivery.CertificateFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTable;
import org.htmlunit.html.HtmlTableRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.localizer.LocaleProvider;

/** Who sees which certificates, on the page, in the file and in the remote API, and in which order. */
class CertificatesPageTest extends CertificatesFixture {

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | developer | 1 certificate is due, expired or not rotated",
                "en | admin     | 3 certificates are due, expired or not rotated",
                "de | developer | 1 Zertifikat ist fällig, abgelaufen oder nicht rotiert",
                "de | admin     | 3 Zertifikate sind fällig, abgelaufen oder nicht rotiert"
            })
    void badgeTellsInBothLanguagesHowManyNeedSomebody(String language, String user, String text) {
        LocaleProvider ofTheTest = LocaleProvider.getProvider();
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Locale.forLanguageTag(language);
            }
        });
        try (ACLContext context = ACL.as2(User.getById(user, true).impersonate2())) {
            assertEquals(
                    text,
                    ExtensionList.lookupSingleton(AllCertificates.class)
                            .getBadge()
                            .getTooltip());
        } finally {
            LocaleProvider.setProvider(ofTheTest);
        }
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
}
