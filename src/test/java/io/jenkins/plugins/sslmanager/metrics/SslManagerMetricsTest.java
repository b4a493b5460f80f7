package io.jenkins.plugins.sslmanager.metrics;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.time.Duration;
import jenkins.metrics.api.Metrics;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What monitoring reads of certificates and orders. */
@WithJenkins
class SslManagerMetricsTest {

    @Test
    void figuresFollowWhatBuildsDo(JenkinsRule jenkins) throws Exception {
        try (SandboxFixture fixture = new SandboxFixture(Duration.ofDays(1))) {
            fixture.setUpAccount();
            assertEquals(0L, gauge("certificates.due"));
            assertNull(gauge("certificates.days-left-of-the-nearest"));
            assertEquals(0, gauge("orders.open"));
            assertEquals(0L, gauge("orders.seconds-since-the-oldest"));

            long id = fixture.sandbox.addCertificate("www.example.net", AuthMethod.DNS);
            Builds builds = new Builds(jenkins);
            builds.success(builds.job("sslCertificateInfo " + id));
            builds.success(builds.job(
                    "sslReissue certificate: %d, csr: '''%s'''".formatted(id, SandboxFixture.csr("www.example.net"))));
            assertEquals(1L, gauge("certificates.ok"));
            assertThat((Long) gauge("certificates.days-left-of-the-nearest"), greaterThanOrEqualTo(180L));
            assertEquals(1, gauge("orders.open"));
        }
    }

    private static Object gauge(String name) {
        return Metrics.metricRegistry().getGauges().get("ssl-manager." + name).getValue();
    }
}
