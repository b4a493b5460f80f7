package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateReference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Certificates are found by what is typed, chosen or clicked, by those who may see them. */
class CertificateSearchTest extends CertificatesFixture {

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
    void certificateIsFoundByItsIdItsBuildAndItsProduct() throws Exception {
        certificate("numbered.example.com")
                .certificateId(918273)
                .product("WILDCARD_PLUS")
                .by("other", 27)
                .withDaysLeft(90)
                .keep();
        try {
            assertThat(shown(client("admin").goTo(PAGE + "?search=918273")), contains("numbered.example.com"));
            assertThat(shown(client("admin").goTo(PAGE + "?search=other+%2327")), contains("numbered.example.com"));
            assertThat(shown(client("admin").goTo(PAGE + "?search=wildcard_p")), contains("numbered.example.com"));
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
    @CsvSource({"admin, numbered, numbered.example.com", "admin, 9182, numbered.example.com", "developer, numbered, ''"
    })
    void namesAreCompletedFromTheCertificatesThatTheViewerMaySee(String user, String typed, String found)
            throws Exception {
        certificate("numbered.example.com")
                .certificateId(918273)
                .by("other", 27)
                .withDaysLeft(90)
                .keep();
        try (ACLContext viewer = ACL.as2(User.getById(user, true).impersonate2())) {
            List<String> expected = found.isEmpty() ? List.of() : List.of(found);
            assertEquals(expected, KnownCertificates.complete(typed, Map.of()).getValues());
            String told = String.valueOf(KnownCertificates.check("918273", CertificateReference::parseAll)
                    .getMessage());
            assertEquals(!found.isEmpty(), told.contains("numbered.example.com"));
        } finally {
            CertificateRecords.get()
                    .remove(certificate("numbered.example.com").record().id());
        }
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
}
