package io.jenkins.plugins.sslmanager.engine.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whether a certificate is re-issued now: not if it is not due, and not if that would not help. */
class RotationVerdictTest {

    @ParameterizedTest
    @CsvSource({
        "29, 400, true, Due (29 days left)",
        "31, 400, false, Not due until",
        "29, 0, false, 'a re-issue would not help: its paid term ends on '",
        "31, 0, false, Not due until",
        "29, 2, true, Due (29 days left)"
    })
    void paidTermThatEndsWithTheCertificateNeedsARenewal(
            int daysLeft, int paidDaysBeyond, boolean reissued, String reason) {
        Sandbox sandbox = Sandbox.builder().build();
        Certificate issued = sandbox.certificate(sandbox.addCertificate("www.example.com", AuthMethod.DNS));
        Instant end = IssuedCertificate.of(issued).chain().leaf().getNotAfter().toInstant();
        IssuedCertificate current = IssuedCertificate.of(payable(issued, end.plus(Duration.ofDays(paidDaysBeyond))));

        RotationVerdict verdict =
                RotationVerdict.of(current, null, DueRule.parse("30d"), end.minus(Duration.ofDays(daysLeft)));

        assertEquals(reissued, verdict.isDue() && !verdict.isRenewalNeeded());
        assertTrue(verdict.explanation().contains(reason), verdict.explanation());
    }

    @Test
    void aTimeThatIsCappedIsTold() {
        Sandbox sandbox = Sandbox.builder().build();
        Certificate issued = sandbox.certificate(sandbox.addCertificate("www.example.com", AuthMethod.DNS));

        RotationVerdict verdict =
                RotationVerdict.of(IssuedCertificate.of(issued), null, DueRule.parse("200d"), Instant.now());

        assertFalse(verdict.isDue());
        assertTrue(
                verdict.explanation().contains("exceeds half of the lifetime, so half of it counts"),
                verdict.explanation());
    }

    private static Certificate payable(Certificate certificate, Instant paidUntil) {
        JsonCodec codec = new JsonCodec();
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(codec.encode(certificate));
        json.put("payable", paidUntil.toString());
        return codec.decode(json.toString().getBytes(StandardCharsets.UTF_8), Certificate.class);
    }
}
