package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The picture of a certificate's re-issues. */
class ReissueHistoryTest {

    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

    @Test
    void oneIsInUseUntilTheNextOneIsValid() {
        ReissueHistory history = of("2026-10-20", "2026-08-11");
        assertEquals("2026-10-20 – 2027-01-28; 2026-08-11 – 2026-10-20", history.getDescription());
        assertEquals(120, history.getToday());
        // Of 240 units for 730 days, 42 days before today, and 100 days long.
        assertEquals(106, history.getSpans().get(0).getX());
        assertEquals(32, history.getSpans().get(0).getWidth());
    }

    @Test
    void reissueThatCameTooLateLeavesAGap() {
        assertEquals(
                "2026-10-20 – 2027-01-28; 2026-06-01 – 2026-09-09",
                of("2026-10-20", "2026-06-01").getDescription());
    }

    @Test
    void whatIsLongPastIsLeftOut() {
        ReissueHistory history = of("2026-10-20", "2025-10-01", "2025-06-01", "2024-01-01");
        assertEquals(
                List.of(0, 106),
                Stream.of(1, 0).map(i -> history.getSpans().get(i).getX()).toList());
        assertEquals("2026-10-20 – 2027-01-28; 2025-10-01 – 2026-01-09", history.getDescription());
    }

    /** @param begins the newest first */
    private static ReissueHistory of(String... begins) {
        CertificateRecord record = null;
        for (int i = begins.length - 1; i >= 0; i--) {
            CertificateRecord next = certificate("www.example.com")
                    .serialNumber("0" + i)
                    .from(Instant.parse(begins[i] + "T00:00:00Z"))
                    .record();
            record = record == null ? next : record.followedBy(next);
        }
        return new ReissueHistory(record, NOW);
    }
}
