package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.Builds;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTable;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Lists that are long. */
class ManyCertificatesTest {

    private static final int MANY = 1000;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void listsAreMadeWithoutLoadingABuild() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.buildAndAssertSuccess(new Builds(jenkins).job("job", ""));
            for (int i = 1; i <= MANY; i++) {
                certificate(i + ".example.com").by("job", 1).keep();
            }
        });
        sessions.then(jenkins -> {
            JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
            HtmlPage page = client.goTo("ssl-certificates/?sort=name&page=10");
            assertEquals(CertificateTable.ROWS_A_PAGE, rows(page));
            client.goTo("ssl-certificates/csv", "text/csv");
            client.getJSON("ssl-certificates/api/json");
            client.goTo("ssl-certificates/certificate/"
                    + certificate("1.example.com").record().id() + "/");

            WorkflowJob job = jenkins.jenkins.getItemByFullName("job", WorkflowJob.class);
            assertThat(job.getLazyBuildMixIn().getRunMap().getLoadedBuilds(), anEmptyMap());
        });
    }

    @Test
    void pageOfAThousandTakesLessThan300Kilobytes() throws Throwable {
        sessions.then(jenkins -> {
            new Builds(jenkins).job("job", "");
            for (int i = 1; i <= MANY; i++) {
                String name = i + ".example.com";
                certificate(name)
                        .names(name, "www." + name, "api." + name, "mail." + name, "*." + name)
                        .by("job", 1)
                        .withDaysLeft(i % 120 - 10)
                        .keep();
            }
            JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
            for (String page : List.of("ssl-certificates/", "job/job/ssl-certificates/")) {
                HtmlPage list = client.goTo(page);
                assertEquals(CertificateTable.ROWS_A_PAGE, rows(list));
                try (InputStream content = list.getWebResponse().getContentAsStream()) {
                    int size = content.readAllBytes().length;
                    assertTrue(size < 300_000, page + " takes " + size + " bytes");
                }
            }
        });
    }

    @Test
    void recordsAreReadBeforeAnybodyLooks() throws Throwable {
        sessions.then(jenkins -> {
            Path folder = jenkins.jenkins.getRootDir().toPath().resolve("ssl-manager/certificates");
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("damaged.json"), "{");
        });
        CompletableFuture<String> warning = new CompletableFuture<>();
        Logger logger = Logger.getLogger(CertificateRecords.class.getName());
        logger.setFilter(record -> !warning.complete(record.getMessage()));
        try {
            sessions.then(jenkins -> assertThat(
                    warning.get(1, TimeUnit.MINUTES), containsString("damaged.json is damaged and was put aside")));
        } finally {
            logger.setFilter(null);
        }
    }

    @Test
    void pagesHaveAHundredEach() throws Throwable {
        sessions.then(jenkins -> {
            assertPage(0, 1, 1, 0);
            assertPage(100, 1, 1, 100);
            assertPage(101, 1, 2, 100);
            assertPage(101, 2, 2, 1);
            assertPage(101, 9, 2, 1);
        });
    }

    private static void assertPage(int certificates, int wanted, int pages, int rows) {
        List<CertificateRow> all = IntStream.range(0, certificates)
                .mapToObj(i -> new CertificateRow(
                        certificate("www.example.com").record(), List.of(), List.of(), Instant.EPOCH))
                .toList();
        CertificateTable table = new CertificateTable(CertificateQuery.ALL.onPage(wanted), all);
        assertEquals(pages, table.getPages());
        assertEquals(rows, table.getRows().size());
    }

    private static int rows(HtmlPage page) {
        return page.<HtmlTable>getHtmlElementById("certificates")
                .getBodies()
                .get(0)
                .getRows()
                .size();
    }
}
