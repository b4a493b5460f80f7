package io.jenkins.plugins.sslmanager.engine.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** CertificateRenew (400106), between the plugin's client and the sandbox. */
@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
class RenewalTest {

    @Parameter
    private Protocol protocol;

    private final VirtualTime clock = new VirtualTime();
    private final Sandbox sandbox = TestSandbox.in(clock).build();
    private SslManagerApi api;
    private Certificate before;

    @BeforeEach
    void start() {
        api = new SandboxCalls(sandbox, protocol).api();
        before = sandbox.certificate(sandbox.addCertificate("example.com", AuthMethod.DNS, "www.example.com"));
    }

    @Test
    void aRenewalExtendsThePaidTermAndIssuesForTheNewKey() {
        clock.pass(Duration.ofDays(276));
        String csr = Csrs.of(before);

        long job = api.renew(before.id(), Caller.order(before, csr), "jenkins-9")
                .join()
                .id();
        clock.pass(TestSandbox.JOB_DELAY);

        Certificate after = api.certificateInfo(before.id()).join();
        assertEquals(before.payable().plusMonths(12), after.payable());
        assertNotEquals(before.serialNumber(), after.serialNumber());
        assertEquals(
                before.subjectAlternativeNames(),
                sandbox.certificate(before.id()).subjectAlternativeNames());
        assertEquals(Job.RENEWAL, api.jobHistoryInfo(job).join().job().action());
        assertEquals(1, sandbox.renewals("example.com"));
    }

    @Test
    void theJobListsShowRenewalsAlone() {
        clock.pass(Duration.ofDays(276));
        api.reissue(before.id(), Caller.order(before, Csrs.of(before)), "jenkins-9")
                .join();
        clock.pass(TestSandbox.JOB_DELAY);
        long renewal = api.renew(before.id(), Caller.order(before, Csrs.of(before)), "jenkins-10")
                .join()
                .id();

        assertEquals(
                List.of(renewal), ids(api.jobSearch(Query.runningRenewals(0)).join()));
        clock.pass(TestSandbox.JOB_DELAY);
        assertEquals(
                List.of(renewal),
                ids(api.jobHistorySearch(Query.endedRenewals(
                                0, ServiceTime.at(clock.instant().minusSeconds(3600)), ServiceTime.at(clock.instant())))
                        .join()));
    }

    @Test
    void aRenewalMoreThan90DaysBeforeTheEndIsRefusedAndNotBilled() {
        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> api.renew(before.id(), Caller.order(before, Csrs.of(before)), "jenkins-9")
                        .join());

        ApiException refusal = (ApiException) failure.getCause();
        assertEquals(ApiException.TOO_EARLY_TO_RENEW, refusal.code());
        assertFalse(refusal.mayHaveActed());
        assertFalse(refusal.isPassing());
        assertTrue(refusal.getMessage().contains("CertificateRenew (400106)"), refusal::getMessage);
        assertTrue(
                refusal.getMessage()
                        .endsWith(
                                "The service renews a certificate only in the last 90 days. Nothing is billed; a later"
                                        + " build tries again."),
                refusal::getMessage);
        assertEquals(0, sandbox.renewals("example.com"));
    }

    private static List<Long> ids(List<ObjectJob> jobs) {
        return jobs.stream().map(each -> each.job().id()).toList();
    }
}
