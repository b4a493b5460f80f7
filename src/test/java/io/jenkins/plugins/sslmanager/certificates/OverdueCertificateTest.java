package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which certificates count as left alone by their jobs. They are due when 33 days are left. */
class OverdueCertificateTest {

    @ParameterizedTest
    @CsvSource({
        "40, WITH_JOB, false",
        "32, WITH_JOB, false",
        "29, WITH_JOB, true",
        "-1, WITH_JOB, true",
        "40, JOB_GONE, false",
        "32, JOB_GONE, true",
        "40, TERM_ENDS, false",
        "32, TERM_ENDS, true"
    })
    void jobHasThreeDaysUnlessItIsCertainThatItWillNotReissue(long daysLeft, String situation, boolean leftAlone) {
        KnownCertificate certificate = certificate("www.example.com").withDaysLeft(daysLeft);
        CertificateRecord record =
                switch (situation) {
                    case "JOB_GONE" -> certificate.record().withoutJob("job");
                    case "TERM_ENDS" -> certificate.paidUntilItsEnd().record();
                    default -> certificate.record();
                };
        assertEquals(leftAlone, OverdueCertificateMonitor.isOverdue(record, Instant.now()));
    }

    /** One build's {@code due: '1s'} would keep the certificate of all others out of sight until its last second. */
    @ParameterizedTest
    @CsvSource({"8, false", "6, true"})
    void ruleOfOneBuildSilencesNobody(long daysLeft, boolean told) {
        CertificateRecord record = certificate("www.example.com")
                .withDaysLeft(daysLeft)
                .dueBeforeItsEnd(Duration.ofSeconds(1))
                .record();

        assertEquals(told, OverdueCertificateMonitor.isOverdue(record, Instant.now()));
    }
}
