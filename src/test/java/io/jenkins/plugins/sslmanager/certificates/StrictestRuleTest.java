package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.delivery.CertificateFacts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which rule counts for administrators where builds have several for one certificate. */
class StrictestRuleTest {

    private final CertificateRecord strict =
            certificate("www.example.com").withDaysLeft(20).record();

    @Test
    void aLaxerRuleOfTheLastBuildHidesNothing() {
        CertificateRecord lax = new CertificateRecord(
                dueAt(strict, strict.facts().notAfter().minus(Duration.ofDays(1))),
                strict.lastBuilds(),
                strict.earlier(),
                strict.seen(),
                null);

        CertificateRecord both = strict.followedBy(lax);

        assertEquals(strict.facts().dueAt(), both.facts().dueAt());
        assertTrue(OverdueCertificateMonitor.isOverdue(both, Instant.now()));
        assertEquals(strict.facts().dueAt(), lax.followedBy(strict).facts().dueAt());
    }

    private static CertificateFacts dueAt(CertificateRecord record, Instant due) {
        var facts = record.facts();
        return new CertificateFacts(
                facts.service(),
                facts.account(),
                facts.name(),
                facts.names(),
                facts.subject(),
                facts.issuer(),
                facts.serialNumber(),
                facts.sha256Fingerprint(),
                facts.notBefore(),
                facts.notAfter(),
                due,
                facts.paidUntil(),
                facts.product(),
                facts.orderId(),
                facts.certificateId(),
                facts.jobId());
    }
}
