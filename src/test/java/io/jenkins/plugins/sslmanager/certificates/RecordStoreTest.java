package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.certificates.CertificateRecord.Issue;
import io.jenkins.plugins.sslmanager.certificates.CertificateRecord.LastBuild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The records on disk, and how one of them goes on. */
class RecordStoreTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = BEGIN.plus(Duration.ofDays(60));

    @TempDir
    private Path directory;

    private final List<String> reports = new ArrayList<>();

    private RecordStore open() {
        return RecordStore.open(directory, 3, reports::add);
    }

    @Test
    void recordsAreThereWhenTheyAreOpenedAgain() {
        CertificateRecord record = certificate("www.example.com")
                .names("www.example.com", "example.com")
                .paidUntilItsEnd()
                .issuedBy(12)
                .record();
        open().add(record);
        CertificateRecord withoutIssuer =
                certificate("other.example.com").issuer(null).record();
        open().add(withoutIssuer);

        assertThat(open().all(), containsInAnyOrder(record, withoutIssuer));
        assertThat(reports, empty());
    }

    @Test
    void reissueTakesThePlaceOfTheCertificateBefore() {
        RecordStore store = open();
        store.add(certificate("www.example.com")
                .serialNumber("01")
                .from(BEGIN)
                .by("job", 1)
                .record());
        store.add(certificate("www.example.com")
                .serialNumber("02")
                .from(LATER)
                .by("job", 2)
                .record());

        CertificateRecord record = onlyRecord(store);
        assertEquals("02", record.facts().serialNumber());
        assertThat(record.lastBuilds(), contains(new LastBuild("job", 2)));
        assertThat(record.earlier(), contains(new Issue("01", BEGIN, BEGIN.plus(KnownCertificate.LIFETIME))));
    }

    @Test
    void olderCertificateOfTheSameNameDoesNotTakeThePlaceOfTheNewer() {
        RecordStore store = open();
        store.add(certificate("www.example.com").serialNumber("02").from(LATER).record());
        store.add(certificate("www.example.com")
                .serialNumber("01")
                .from(BEGIN)
                .by("check", 5)
                .record());

        CertificateRecord record = onlyRecord(store);
        assertEquals("02", record.facts().serialNumber());
        assertThat(record.lastBuilds(), contains(new LastBuild("check", 5), new LastBuild("job", 1)));
        assertThat(record.earlier(), empty());
    }

    @Test
    void jobOfTheServiceStaysKnownWhenALaterBuildOnlyLooksAtTheCertificate() {
        RecordStore store = open();
        store.add(certificate("www.example.com").issuedBy(12).by("rotate", 1).record());
        store.add(certificate("www.example.com").by("check", 1).record());

        assertEquals(12, onlyRecord(store).facts().jobId());
    }

    @ParameterizedTest
    @CsvSource({
        "team, crew, crew/job",
        "team/job, team/renamed, team/renamed",
        "tea, crew, team/job",
        "team/jo, team/renamed, team/job"
    })
    void recordsFollowRenamedJobsAndFolders(String from, String to, String job) {
        RecordStore store = open();
        store.add(certificate("www.example.com").by("team/job", 3).record());
        store.change(from, record -> record.renamed(from, to));

        assertThat(onlyRecord(open()).lastBuilds(), contains(new LastBuild(job, 3)));
        assertTrue(store.knows(job));
    }

    @ParameterizedTest
    @ValueSource(strings = {"team", "team/job"})
    void recordOutlivesItsJob(String deleted) {
        RecordStore store = open();
        store.add(certificate("www.example.com").by("team/job", 3).record());
        store.change(deleted, record -> record.withoutJob(deleted));

        assertThat(onlyRecord(open()).lastBuilds(), empty());
        assertFalse(store.knows(deleted));
    }

    @Test
    void recordOutlivesItsBuild() {
        RecordStore store = open();
        store.add(certificate("www.example.com").by("job", 3).record());
        store.change("job", record -> record.withoutBuild("job", 2));
        assertThat(onlyRecord(store).lastBuilds(), contains(new LastBuild("job", 3)));

        store.change("job", record -> record.withoutBuild("job", 3));
        assertThat(onlyRecord(store).lastBuilds(), contains(new LastBuild("job", 0)));
    }

    @Test
    void jobRotatesItUntilTheJobIsGoneWhateverElseItsBuildsDo() {
        RecordStore store = open();
        store.add(certificate("www.example.com").by("job", 1).record());
        assertFalse(onlyRecord(store).isRotated(), "A job that looks at it does not rotate it");

        store.add(certificate("www.example.com").by("job", 1).record().rotating());
        store.add(certificate("www.example.com").by("job", 2).record());
        store.add(certificate("www.example.com").by("check", 1).record());
        store.change("job", record -> record.renamed("job", "team/job"));
        store.change("team/job", record -> record.withoutBuild("team/job", 2));
        assertTrue(onlyRecord(open()).isRotated());

        store.change("team", record -> record.withoutJob("team"));
        assertFalse(onlyRecord(open()).isRotated());
    }

    @Test
    void recordsHandledLongestAgoGoWhenThereAreTooMany() {
        RecordStore store = open();
        for (int i : List.of(2, 1, 3, 4)) {
            store.add(certificate(i + ".example.com").seen(BEGIN.plusSeconds(i)).record());
        }
        assertThat(names(open()), containsInAnyOrder("2.example.com", "3.example.com", "4.example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{}", "{\"facts\":{\"service\":\"a\"}}", "[]"})
    void damagedFileIsLeftOutAndReported(String content) throws Exception {
        CertificateRecord damaged = certificate("damaged.example.com").record();
        Path file = directory.resolve(damaged.id() + ".json");
        open().add(certificate("www.example.com").record());
        Files.writeString(file, content);

        RecordStore store = open();
        assertThat(names(store), contains("www.example.com"));
        assertThat(reports, contains(containsString(file.toString())));
        store.add(damaged);
        assertThat(names(open()), containsInAnyOrder("www.example.com", "damaged.example.com"));
    }

    @Test
    void recordsGoOnInMemoryWhereTheDiskDoesNotTakeThem() throws Exception {
        Path inTheWay = Files.writeString(directory.resolve("file"), "");
        RecordStore store = RecordStore.open(inTheWay, 3, reports::add);
        store.add(certificate("www.example.com").record());

        assertThat(names(store), contains("www.example.com"));
        assertThat(reports, contains(containsString("cannot be read"), containsString("cannot be written")));
    }

    @Test
    void removedRecordIsGoneForGood() {
        RecordStore store = open();
        CertificateRecord record = certificate("www.example.com").record();
        store.add(record);
        store.remove(record.id());

        assertThat(store.all(), empty());
        assertThat(open().all(), empty());
        assertFalse(store.knows("job"));
    }

    private static CertificateRecord onlyRecord(RecordStore store) {
        assertEquals(1, store.all().size());
        return store.all().iterator().next();
    }

    private static List<String> names(RecordStore store) {
        return store.all().stream().map(record -> record.facts().name()).toList();
    }
}
