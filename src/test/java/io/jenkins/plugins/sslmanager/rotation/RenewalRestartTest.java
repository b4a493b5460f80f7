package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.RestartsOverBothProtocols;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Jenkins restarts in the middle of a renewal, which is billed: one is ordered, and the same build delivers what comes of it. */
class RenewalRestartTest extends RestartsOverBothProtocols {

    private static final String NAME = "term-ends.example.com";
    private static final Duration JOB_DELAY = Duration.ofMinutes(10);

    /** Of a certificate with 50 days left, which the service renews in the last 90 days of its term. */
    private static final Duration AGE = Duration.ofDays(150);

    private final long id = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);

    RenewalRestartTest() {
        super(JOB_DELAY, builder -> builder.ageAtFirst(AGE));
    }

    @Test
    void beforeTheOrderIsSent() throws Throwable {
        restartAt(Task.PREPARE_ORDER, Stage.PREPARED, 0);
    }

    @Test
    void whileNobodyKnowsWhetherItWasAccepted() throws Throwable {
        restartAt(Task.RENEW, Stage.ORDERING, 1);
    }

    @Test
    void whileTheServiceWorksOnIt() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.waitForMessage("is RUNNING", start(jenkins));
            assertReached(Stage.ORDERED, 1);
        });
        sessions.then(this::assertGoesOn);
    }

    /** @param renewals how many the service has by then */
    private void restartAt(Task held, Stage stage, int renewals) throws Throwable {
        sessions.then(jenkins -> {
            fixture.hold(held);
            start(jenkins);
            fixture.awaitHeldRequest();
            assertReached(stage, renewals);
        });
        fixture.release();
        sessions.then(this::assertGoesOn);
    }

    private void assertReached(Stage stage, int renewals) {
        assertEquals(
                List.of(stage),
                Orders.get().book().openOrders().stream().map(Order::stage).toList());
        assertEquals(renewals, fixture.sandbox.renewals(NAME));
    }

    /** With a limit that would allow a second renewal, so that it is not this that prevents one. */
    private WorkflowRun start(JenkinsRule jenkins) throws Exception {
        fixture.setUpAccount(protocol);
        SslManagerAccount account = SslManagerConfiguration.get().account(null);
        account.setRenewalLimit(5);
        SslManagerConfiguration.get().setAccounts(List.of(account));
        return new Builds(jenkins)
                .job(
                        "rotate",
                        "def www = sslRotateCertificate certificates: '" + NAME + "', atTermEnd: 'renew',"
                                + " keyAlgorithm: 'EC_P256', storeAs: 'www'\n"
                                + "echo \"renewed ${www.certificates[0].renewed}\"")
                .scheduleBuild2(0)
                .waitForStart();
    }

    private void assertGoesOn(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("rotate", WorkflowJob.class);
        WorkflowRun build = job.getBuildByNumber(1);
        jenkins.waitForMessage("is RUNNING", build);
        fixture.letTimePass(JOB_DELAY);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("renewed true", build);
        KeyStores.Entry entry = StoredCertificates.entry("www");
        KeyStores.requirePair(entry.key(), entry.leaf());
        assertEquals(fixture.sandbox.certificate(id).serialNumber(), Certificates.serialNumber(entry.leaf()));
        assertEquals(List.of(), Orders.get().book().openOrders());

        jenkins.assertLogContains("renewed false", jenkins.buildAndAssertSuccess(job));
        assertEquals(1, fixture.sandbox.renewals(NAME));
        assertEquals(1, fixture.sandbox.orders(NAME));
    }
}
