package io.jenkins.plugins.sslmanager.certificates;

import static io.jenkins.plugins.sslmanager.certificates.KnownCertificate.certificate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.delivery.CertificateFacts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The setting, and that the end of a paid term is told whether or not the certificate is due. */
@WithJenkins
class PaidTermMonitorTest {

    @Test
    void administratorsAreToldSoManyDaysBefore(JenkinsRule jenkins) throws Exception {
        SslManagerConfiguration configuration = SslManagerConfiguration.get();
        assertEquals(30, configuration.getPaidTermNoticeDays());
        CertificateFacts facts = certificate("www.example.com")
                .withDaysLeft(50)
                .paidUntilItsEnd()
                .record()
                .facts();
        Instant now = Instant.now();

        assertFalse(facts.isDue(now));
        assertEquals(CertificateState.OK, CertificateState.of(facts, Duration.ofDays(30), false, now));
        assertEquals(CertificateState.TERM_ENDS, CertificateState.of(facts, Duration.ofDays(60), false, now));
        configuration.setPaidTermNoticeDays(60);
        jenkins.configRoundtrip();
        assertEquals(60, configuration.getPaidTermNoticeDays());
        assertThrows(IllegalArgumentException.class, () -> configuration.setPaidTermNoticeDays(-1));
        assertFalse(ExtensionList.lookupSingleton(PaidTermMonitor.class).isActivated());
        certificate("www.example.com").withDaysLeft(50).paidUntilItsEnd().keep();
        assertTrue(ExtensionList.lookupSingleton(PaidTermMonitor.class).isActivated());
        assertTrue(jenkins.createWebClient()
                .goTo("manage")
                .asNormalizedText()
                .contains("The paid term of these certificates ends:"));
    }
}
