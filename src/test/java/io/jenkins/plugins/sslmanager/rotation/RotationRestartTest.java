package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.ExtensionList;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.RestartsOverBothProtocols;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.account.Connections;
import io.jenkins.plugins.sslmanager.delivery.CertificateListener;
import io.jenkins.plugins.sslmanager.delivery.CertificateOutcome;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.orders.Orders;
import io.jenkins.plugins.sslmanager.orders.RunsAtWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Jenkins restarts within the block of a rotation, and after a certificate has got another id. */
class RotationRestartTest extends RestartsOverBothProtocols {

    private static final String NAME = "www.example.com";
    private static final String OPTIONS = "force: true, keyAlgorithm: 'EC_P256', storeAs: 'www'";

    private final long id = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);

    RotationRestartTest() {
        super(Duration.ofMinutes(10));
    }

    @Test
    void blockGoesOnAfterARestartAndTheOrderAfterTheBlock() throws Throwable {
        long inBlock = fixture.sandbox.addCertificate("block.example.com", AuthMethod.DNS);
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            fixture.hold(Task.CERTIFICATE_INFO, inBlock);
            start(
                    jenkins,
                    "sslRotateWithValidation(certificates: " + id + ", " + OPTIONS + ") {\n"
                            + "def other = sslCertificateInfo " + inBlock + "\necho \"block of ${other.name}\"\n}");
            fixture.awaitHeldRequest();
        });
        fixture.release();
        sessions.then(jenkins -> {
            assertGoesOn(jenkins);
            jenkins.assertLogContains("block of block.example.com", onlyBuild(jenkins));
        });
    }

    /** Jenkins' terminators end requests and timers before {@code isTerminating} says so. That is no failure of the step. */
    @Test
    void whatFailsWhileJenkinsEndsGoesOnAfterTheRestart() throws Throwable {
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            fixture.hold(Task.REISSUE, id);
            start(jenkins, "sslRotateCertificate certificates: " + id + ", " + OPTIONS);
            fixture.awaitHeldRequest();
            ExtensionList.lookup(ItemListener.class).add(new EndedTimers(onlyOpenOrder()));
        });
        sessions.then(this::assertGoesOn);
    }

    private static Order onlyOpenOrder() {
        return Orders.get().book().openOrders().get(0);
    }

    /** Ends the timers as a terminator does, and lets the answer to the order come while they are gone. */
    private final class EndedTimers extends ItemListener {

        private final Order order;

        EndedTimers(Order order) {
            this.order = order;
        }

        @Override
        public void onBeforeShutdown() {
            Connections.close();
            fixture.release();
            while (!RunsAtWork.get().isOver(order.holder())) {
                Thread.onSpinWait();
            }
            assertFalse(Jenkins.get().isTerminating());
        }
    }

    @Test
    void certificateThatHasAnotherIdNowIsFoundByTheOneThatTheJobGives() throws Throwable {
        long given = fixture.sandbox.addCertificate("new-id.example.com", AuthMethod.DNS);
        String script = "def now = sslRotateCertificate certificates: " + given
                + ", keyAlgorithm: 'EC_P256', storeAs: 'new', force: params.FORCE\n"
                + "echo \"rotated ${now.rotated}, id ${now.certificates[0].certificateId}\"";
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            WorkflowRun build = start(jenkins, script.replace("params.FORCE", "true"));
            jenkins.waitForMessage("is RUNNING", build);
            fixture.letTimePass(Duration.ofMinutes(10));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        });
        sessions.then(jenkins -> {
            // The vault has it for the first job.
            WorkflowRun build = jenkins.buildAndAssertStatus(
                    Result.UNSTABLE, new Builds(jenkins).job("again", script.replace("params.FORCE", "false")));
            String first = JenkinsRule.getLog(onlyBuild(jenkins));
            String now = first.replaceAll("(?s).*rotated true, id (\\d+).*", "$1");
            jenkins.assertLogContains("Certificate " + given + " has the ID " + now + " since it was re-issued", build);
            jenkins.assertLogContains("rotated false, id " + now, build);
        });
    }

    @Test
    void whatWasDeliveredRightBeforeARestartIsInTheResultAllTheSame() throws Throwable {
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            EndOfJenkins end = new EndOfJenkins();
            ExtensionList.lookup(CertificateListener.class).add(end);
            ExtensionList.lookup(ItemListener.class).add(end.beforeShutdown);
            WorkflowRun build = start(
                    jenkins,
                    "node {\ndef now = sslRotateCertificate(certificates: " + id + ", " + OPTIONS
                            + ", formats: 'leaf root', dir: 'tls', keyFile: 'tls/{name}.key').certificates[0]\n"
                            + "echo \"${now.rotated}, ${now.credentialsId}, ${now.keyFile}, ${now.files}\"\n}");
            jenkins.waitForMessage("is RUNNING", build);
            fixture.letTimePass(Duration.ofMinutes(10));
            end.delivered.await();
        });
        sessions.then(jenkins -> {
            WorkflowRun build = onlyBuild(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains(
                    "true, www, tls/www.example.com.key, [leaf:tls/leaf.pem, root:tls/root.pem]", build);
            assertEquals(1, fixture.sandbox.orders(NAME));
        });
    }

    /** Has the order be over when Jenkins ends, and the step without its result. */
    private static final class EndOfJenkins extends CertificateListener {

        private final CountDownLatch delivered = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);
        private final ItemListener beforeShutdown = new ItemListener() {
            @Override
            public void onBeforeShutdown() {
                Order order = onlyOpenOrder();
                Orders.get().book().advance(order, Order::delivered);
                over.countDown();
                while (!RunsAtWork.get().isOver(order.holder())) {
                    Thread.onSpinWait();
                }
            }
        };

        @Override
        public void onOutcome(Run<?, ?> build, CertificateOutcome outcome) {
            delivered.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void assertGoesOn(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = onlyBuild(jenkins);
        jenkins.waitForMessage("is RUNNING", build);
        fixture.letTimePass(Duration.ofMinutes(10));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        KeyStores.Entry entry = StoredCertificates.entry("www");
        KeyStores.requirePair(entry.key(), entry.leaf());
        assertEquals(fixture.sandbox.certificate(id).serialNumber(), Certificates.serialNumber(entry.leaf()));
        assertEquals(List.of(), Orders.get().book().openOrders());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    private static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        return new Builds(jenkins).job("rotate", script).scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun onlyBuild(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("rotate", WorkflowJob.class).getBuildByNumber(1);
    }
}
