package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.sslmanager.engine.storage.DiskJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a certificate's record tells that its last rotation failed. */
class FailedRotationTest {

    private final CertificateRecord failed =
            certificate("www.example.com").by("team/rotate", 9).record().failed("refused");

    @Test
    void reasonAndBuildAreKept() {
        CertificateRecord read = DiskJson.read(DiskJson.write(failed), CertificateRecord.class);
        assertEquals(new CertificateRecord.Failure("team/rotate", 9, failed.seen(), "refused"), read.failure());
    }

    @Test
    void jobThatHasRotatedItEndsItAndNoOtherDoes() {
        assertNull(failed.rotatedBy("team/rotate").failure());
        assertEquals(failed, failed.rotatedBy("other"));
    }

    @Test
    void lookAndDryRunDoNotEndIt() {
        for (String job : List.of("look", "team/rotate")) {
            assertEquals(
                    failed.failure(),
                    failed.followedBy(certificate("www.example.com").by(job, 10).record())
                            .failure());
        }
    }

    @Test
    void buildThatKnowsTheNameAloneCanFail() {
        CertificateRecord record =
                certificate("www.example.com").by("team/rotate", 9).record();
        Instant now = record.seen().plus(Duration.ofDays(1));
        CertificateRecord after = record.failedIn("team/rotate", 10, now, "refused");
        assertEquals(new CertificateRecord.Failure("team/rotate", 10, now, "refused"), after.failure());
        assertEquals(List.of(new CertificateRecord.LastBuild("team/rotate", 10)), after.lastBuilds());
        assertEquals(record.facts(), after.facts());
    }

    @Test
    void itLeadsToNoBuildThatIsDeleted() {
        CertificateRecord without = failed.withoutBuild("team/rotate", 9);
        assertEquals(new CertificateRecord.Failure("team/rotate", 0, failed.seen(), "refused"), without.failure());
        assertEquals(failed, failed.withoutBuild("team/rotate", 8));
    }

    @Test
    void newCertificateEndsItWhoeverGotIt() {
        assertNull(failed.followedBy(certificate("www.example.com")
                        .by("other", 1)
                        .serialNumber("0B")
                        .from(failed.facts().notBefore().plus(Duration.ofDays(1)))
                        .record())
                .failure());
    }

    @Test
    void itFollowsItsJob() {
        CertificateRecord moved = failed.renamed("team", "crew");
        assertNotNull(moved.failure());
        assertEquals("crew/rotate", moved.failure().job());
        assertNull(moved.withoutJob("crew").failure());
        assertNotNull(moved.withoutJob("team").failure());
    }
}
