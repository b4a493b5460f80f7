package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.sslmanager.engine.storage.DiskJson;
import java.time.Duration;
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
    void nextBuildOfTheJobThatGoesWellEndsIt() {
        assertNull(failed.followedBy(
                        certificate("www.example.com").by("team/rotate", 10).record())
                .failure());
    }

    @Test
    void lookByAnotherJobDoesNotEndIt() {
        assertEquals(
                failed.failure(),
                failed.followedBy(certificate("www.example.com").by("look", 1).record())
                        .failure());
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
