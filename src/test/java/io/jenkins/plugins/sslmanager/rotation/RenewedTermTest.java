package io.jenkins.plugins.sslmanager.rotation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.account.AuditLog;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.delivery.CertificateOutcome;
import io.jenkins.plugins.sslmanager.delivery.CertificatesAction;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.freestyle.RotateCertificateBuilder;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.LogRecorder;

/** Builds that have a certificate renewed, which is billed, when its paid term ends with it. */
class RenewedTermTest extends OverBothProtocols {

    private static final String NAME = "term-ends.example.com";
    private static final String OTHER = "term-ends.example.org";

    /** Of a certificate with 50 days left, which the service renews in the last 90 days of its term. */
    private static final Duration AGE = Duration.ofDays(150);

    private final long id = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);
    private final long other = fixture.sandbox.addCertificate(OTHER, AuthMethod.DNS);
    private final Builds builds = new Builds(jenkins);
    private final LogRecorder log = new LogRecorder().capture(100).record(AuditLog.NAME, Level.INFO);

    RenewedTermTest() {
        super(Duration.ZERO, builder -> builder.ageAtFirst(AGE));
    }

    @BeforeEach
    void allowRenewals() {
        account().setRenewalLimit(1);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void certificateIsRenewedOnceAndLogPageAndAuditTellThatItIsBilled() throws Exception {
        SslManagerConfiguration.get().setPaidTermNoticeDays(60);
        WorkflowRun build =
                builds.success(builds.job("rotate", renew(id) + "\necho \"renewed ${www.certificates[0].renewed}\""));

        jenkins.assertLogContains("The certificate is renewed (400106), which is billed, when it is due", build);
        jenkins.assertLogContains(
                "Renewing " + NAME + " (400106), which is billed: QUICKSSLPREMIUM, 12 MONTH, validated by DNS", build);
        jenkins.assertLogContains("renewed true", build);
        assertEquals(1, fixture.sandbox.renewals(NAME));
        CertificateOutcome outcome =
                CertificatesAction.of(build).getCertificates().get(0);
        assertEquals(
                "RENEWED Its paid term was extended, which is billed.", outcome.getKind() + " " + outcome.getReason());
        assertThat(
                log.getRecords().stream()
                        .map(line -> line.getParameters()[0].toString())
                        .toList(),
                hasItem(containsString("task=\"renew\" billedFor=\"QUICKSSLPREMIUM, 12 MONTH\"")));
        assertThat(
                jenkins.createWebClient().goTo("manage/ssl-manager-orders/").asNormalizedText(),
                containsString("Renewal, billed: QUICKSSLPREMIUM, 12 MONTH"));
        WorkflowRun next = builds.success(jenkins.jenkins.getItemByFullName("rotate", WorkflowJob.class));
        jenkins.assertLogContains("renewed false", next);
        assertEquals(1, fixture.sandbox.renewals(NAME));
    }

    @Test
    void withoutTheGrantNothingIsRenewedAndThatIsToldLongBefore() throws Exception {
        Grant order = account().getGrants().get(0);
        order.setAllows(Purpose.ORDER);
        account().setGrants(List.of(order));

        builds.failure(
                builds.job(renew(id)),
                "This job may not renew certificate " + id + " (" + NAME + ") by SSL Manager account 'test'.");

        assertEquals(0, fixture.sandbox.orders(NAME));
        long young = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);
        WorkflowRun reissue = builds.success(builds.job(renew(young)));
        jenkins.assertLogContains(
                "It will not be renewed when its paid term ends: This job may not renew certificate " + young, reissue);
        assertEquals(1, fixture.sandbox.orders("www.example.com"));
    }

    @Test
    void accountThatIsSetToNoRenewalsOrdersNone() throws Exception {
        account().setRenewalLimit(0);

        builds.failure(
                builds.job(renew(id)),
                "Certificate " + id + " (" + NAME + ") is not renewed: the account is set to order no renewals");

        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void noMoreAreRenewedThanTheAccountIsSetTo() throws Exception {
        builds.success(builds.job(renew(id)));

        builds.failure(
                builds.job(renew(other)),
                "Certificate " + other + " (" + OTHER
                        + ") is not renewed: the account has had 1 renewals in the last 30 days, and is set to no more than 1.");

        assertEquals(0, fixture.sandbox.orders(OTHER));
    }

    @Test
    void serviceThatIsAskedTooEarlyRenewsNothing() throws Exception {
        fixture.letTimePass(Duration.ofDays(-60));

        builds.failure(
                builds.job(renew(id)),
                "CertificateRenew (400106) … EF4001012 … The service renews a certificate only in the last 90 days.");

        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void dryRunTellsWhatWouldBeBilled() throws Exception {
        WorkflowRun build = builds.success(builds.job(
                "sslRotateCertificate certificates: " + id + ", atTermEnd: 'renew', dryRun: true, storeAs: 'www'"));

        jenkins.assertLogContains("It would be renewed (400106), which is billed: QUICKSSLPREMIUM, 12 MONTH", build);
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void stepThatDoesNotSaySoRenewsNothing() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.UNSTABLE, builds.job("sslRotateCertificate certificates: " + id + ", storeAs: 'www'"));

        jenkins.assertLogContains("Renew it in the SSL Manager (400106), which is billed", build);
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void stepWithABlockRenewsAsWell() throws Exception {
        builds.success(builds.job("sslRotateWithValidation(certificates: " + id
                + ", atTermEnd: 'renew', storeAs: 'www') { echo 'nothing to do' }"));

        assertEquals(1, fixture.sandbox.renewals(NAME));
    }

    @Test
    void freestyleJobRenewsAsWell() throws Exception {
        RotateCertificateStep step = new RotateCertificateStep();
        step.setCertificates(Long.toString(id));
        step.setStoreAs("www");
        step.setAtTermEnd("renew");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new RotateCertificateBuilder(step));

        jenkins.buildAndAssertSuccess(job);

        assertEquals(1, fixture.sandbox.renewals(NAME));
    }

    private static String renew(long certificate) {
        return "def www = sslRotateCertificate certificates: " + certificate
                + ", atTermEnd: 'renew', keyAlgorithm: 'EC_P256', storeAs: 'www'";
    }

    private static SslManagerAccount account() {
        return SslManagerConfiguration.get().account(null);
    }
}
