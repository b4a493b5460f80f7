package io.jenkins.plugins.sslmanager.account.grants;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a row is read. */
class GrantTest {

    private static final CertificateUse READ = of(Purpose.READ, "www.example.com");

    @ParameterizedTest
    @CsvSource({
        "team/app, team/app, true",
        "team/app, team/app/main, true",
        "team/app, team/app2, false",
        "team/app, team, false",
        "team/app, other/team/app, false",
        "team, team/a/b/c, true",
        "team/*, team, false",
        "team/*, team/app, true",
        "team/*, team/app/main, true",
        "team/app-*, team/app-1, true",
        "team/app-*, team/app/1, false",
        "*/deploy, team/deploy, true",
        "*/deploy, team/sub/deploy, false",
        "team/a.c, team/abc, false",
        "Team/app, team/app, false",
    })
    void jobsAreNamedInFullAndFoldersStandForAllThatIsInThem(String entry, String job, boolean isFor) {
        Grant row = row(entry, "www.example.com");
        assertEquals(isFor, row.isFor(new Applicant(job, false)));
    }

    @Test
    void aRowHasAnyNumberOfJobs() {
        Grant row = row("one\n\n  two \r\nthree", "www.example.com");
        assertEquals("one\ntwo\nthree", row.getJobs());
        assertTrue(row.isFor(new Applicant("two", false)));
    }

    @Test
    void everyJobMeansEveryJobExceptThoseOfChangeRequests() {
        Grant row = row(null, "www.example.com");
        row.setEveryJob(true);
        assertTrue(row.isFor(new Applicant("team/app", false)));
        assertFalse(row.isFor(new Applicant("team/app/PR-1", true)));
        row.setChangeRequests(true);
        assertTrue(row.isFor(new Applicant("team/app/PR-1", true)));
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com, www.example.com, true",
        "www.example.com, WWW.Example.com, true",
        "www.example.com, example.com, false",
        "*.example.com, www.example.com, true",
        "*.example.com, *.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, a.b.example.com, false",
        "*.example.com, www.example.com.attacker.test, false",
        "*.example.com, wwwexample.com, false",
        "www.müller.example, www.xn--mller-kva.example, true",
        "1234, www.example.com, false",
    })
    void certificatesAreNamedAsCertificatesNameHosts(String entry, String name, boolean allowed) {
        assertEquals(allowed, row("job", entry).allows(of(Purpose.READ, name)));
    }

    @Test
    void aNumberMeansItsCertificateAlsoAfterItHasAnotherOne() {
        Grant row = row("job", "1001, 1002");
        CertificateUse reissued = CertificateUse.plain(
                Purpose.READ, "www.example.com", 2001, granted -> granted == 2001 || granted == 1001);
        assertTrue(row.allows(reissued));
        assertFalse(
                row.allows(CertificateUse.plain(Purpose.READ, "www.example.com", 2001, granted -> granted == 2001)));
    }

    @ParameterizedTest
    @CsvSource({
        "READ, READ, true", "READ, ORDER, false", "READ, RENEW, false",
        "ORDER, READ, true", "ORDER, ORDER, true", "ORDER, RENEW, false",
        "RENEW, READ, true", "RENEW, ORDER, true", "RENEW, RENEW, true",
    })
    void whoMayOrderMayReadAndWhoMayRenewMayOrder(Purpose granted, Purpose wanted, boolean allowed) {
        Grant row = row("job", "www.example.com");
        row.setAllows(granted);
        assertEquals(allowed, row.allows(of(wanted, "www.example.com")));
    }

    @Test
    void anOrderTakesTheCertificateAsItIsUnlessTicked() {
        assertTicked(
                row -> row.setRemovedNames(true),
                new CertificateUse(
                        Purpose.ORDER, "www.example.com", 99, granted -> false, List.of(), true, false, false, false));
        assertTicked(row -> row.setContacts(true), order(List.of(), true, false, false));
        assertTicked(row -> row.setProduct(true), order(List.of(), false, true, false));
        assertTicked(row -> row.setOtherCsr(true), order(List.of(), false, false, true));
        assertTicked(row -> row.setAdditionalNames(true), order(List.of("shop.example.com"), false, false, false));
    }

    private static void assertTicked(Consumer<Grant> tick, CertificateUse use) {
        Grant row = row("job", "*.example.com");
        row.setAllows(Purpose.RENEW);
        assertFalse(row.allows(use));
        tick.accept(row);
        assertTrue(row.allows(use));
    }

    @Test
    void namesThatAreAddedAreThoseThatTheRowNames() {
        Grant row = row("job", "1001, *.example.com");
        row.setAllows(Purpose.ORDER);
        row.setAdditionalNames(true);
        assertTrue(row.allows(order(List.of("shop.example.com"), false, false, false)));
        assertFalse(row.allows(order(List.of("shop.example.com", "pay.example.net"), false, false, false)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            nullValues = "-",
            value = {
                "- | www.example.com | No jobs are given. Enter full names of jobs or folders, one a line, or choose every job of"
                        + " this Jenkins",
                "job | - | No certificates are given. Enter names or numbers of certificates, or choose every certificate of the"
                        + " account",
                "* | www.example.com | '*' stands for every job. If that is meant, leave the jobs empty and choose every job of"
                        + " this Jenkins",
                "*/* | www.example.com | '*/*' stands for every job. If that is meant, leave the jobs empty and choose every job"
                        + " of this Jenkins",
                "** | www.example.com | '**' stands for every job. If that is meant, leave the jobs empty and choose every job of"
                        + " this Jenkins",
                "/team/app | www.example.com | '/team/app' is not a full name. Separate folders and job by single slashes,"
                        + " such as team/app",
                "team//app | www.example.com | 'team//app' is not a full name. Separate folders and job by single slashes,"
                        + " such as team/app",
                "job | * | '*' stands for every certificate, or for those of a whole top-level domain. If that is meant, leave the"
                        + " certificates empty and choose every certificate of the account",
                "job | *.com | '*.com' stands for every certificate, or for those of a whole top-level domain. If that is meant,"
                        + " leave the certificates empty and choose every certificate of the account",
                "job | www.*.com | 'www.*.com' is neither a certificate's name nor its number. Write www.example.com,"
                        + " *.example.com for any one label before example.com, or 1234567",
            })
    void rowsThatSayNothingOrTooMuchAreRefused(String jobs, String certificates, String message) {
        Grant row = row(jobs, certificates);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, row::check).getMessage());
    }

    @Test
    void everyJobAndJobsExcludeEachOther() {
        Grant row = row("job", "www.example.com");
        row.setEveryJob(true);
        assertEquals(
                "Both jobs and every job of this Jenkins are given. Leave one of them out",
                assertThrows(IllegalArgumentException.class, row::check).getMessage());
        row.setJobs("");
        assertDoesNotThrow(row::check);
        row.setEveryCertificate(true);
        assertEquals(
                "Both certificates and every certificate of the account are given. Leave one of them out",
                assertThrows(IllegalArgumentException.class, row::check).getMessage());
    }

    @Test
    void namesCanOnlyBeAddedWhereTheRowHasSome() {
        Grant row = row("job", "1001");
        row.setAdditionalNames(true);
        assertEquals(
                "Names may be added, but none are listed. Enter them with the certificates, such as *.example.com, or take"
                        + " the tick away",
                assertThrows(IllegalArgumentException.class, row::check).getMessage());
    }

    @Test
    void aRowFollowsWhatItNames() {
        Grant row = row("team\nteam/app\nteam/app/*\nteam/application\n*/app", "www.example.com");
        assertEquals(
                "team\nnew/place\nnew/place/*\nteam/application\n*/app",
                row.moved("team/app", "new/place").getJobs());
    }

    @Test
    void nothingIsAllowedByARowThatIsNotFilledIn() {
        assertFalse(new Grant().isFor(new Applicant("job", false)));
        assertFalse(new Grant().allows(READ));
    }

    private static Grant row(String jobs, String certificates) {
        Grant row = new Grant();
        row.setJobs(jobs);
        row.setCertificates(certificates);
        return row;
    }

    private static CertificateUse of(Purpose purpose, String name) {
        return CertificateUse.plain(purpose, name, 99, granted -> granted == 99);
    }

    private static CertificateUse order(List<String> added, boolean contacts, boolean product, boolean otherCsr) {
        return new CertificateUse(
                Purpose.ORDER, "www.example.com", 99, granted -> false, added, false, contacts, product, otherCsr);
    }
}
