package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.sslmanager.OpenOrders;
import io.jenkins.plugins.sslmanager.RestartsOverBothProtocols;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.orders.OrderBookMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Jenkins starts with a wrong confidential store while an order is open, then with the right one again: nothing more is ordered,
 * and the key that waits in the order book is not lost.
 */
class WrongConfidentialStoreTest extends RestartsOverBothProtocols {

    private static final String NAME = "www.example.com";
    private static final Duration JOB_DELAY = Duration.ofMinutes(10);
    private static final String SEALING_KEY = "io.jenkins.plugins.sslmanager.orders.SealingKey";

    private enum Store {
        WITHOUT_THE_SEALING_KEY {
            @Override
            void take(Path secrets) throws IOException {
                Files.delete(secrets.resolve(SEALING_KEY));
            }
        },
        WITH_A_DAMAGED_SEALING_KEY {
            @Override
            void take(Path secrets) throws IOException {
                byte[] key = Files.readAllBytes(secrets.resolve(SEALING_KEY));
                key[key.length - 1] ^= 1;
                Files.write(secrets.resolve(SEALING_KEY), key);
            }
        },
        WITH_ANOTHER_MASTER_KEY {
            @Override
            void take(Path secrets) throws IOException {
                Files.writeString(secrets.resolve("master.key"), "0123456789abcdef".repeat(16));
            }
        },
        EMPTY {
            @Override
            void take(Path secrets) throws IOException {
                FileUtils.cleanDirectory(secrets.toFile());
            }
        };

        abstract void take(Path secrets) throws IOException;
    }

    private final long id = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);

    @TempDir
    private Path backup;

    WrongConfidentialStoreTest() {
        super(JOB_DELAY);
    }

    @ParameterizedTest
    @EnumSource(names = {"WITHOUT_THE_SEALING_KEY", "WITH_A_DAMAGED_SEALING_KEY"})
    void nextBuildDeliversWhatWasIssuedMeanwhile(Store wrong) throws Throwable {
        sessions.then(this::startRotation);
        takeStore(wrong);
        sessions.then(jenkins -> {
            assertTrue(monitor().isActivated());
            fixture.letTimePass(JOB_DELAY);
            WorkflowJob job = job(jenkins);
            assertFailed(jenkins, job.getBuildByNumber(1));
            for (boolean force : new boolean[] {false, true}) {
                define(job, force);
                assertFailed(jenkins, job.scheduleBuild2(0).waitForStart());
            }
            assertEquals(1, OpenOrders.of(job).size());
            assertNull(StoredCertificates.find("www"));
        });
        restoreStore();
        sessions.then(jenkins -> {
            assertFalse(monitor().isActivated());
            define(job(jenkins), false);
            assertDelivered(jenkins, job(jenkins).scheduleBuild2(0).waitForStart());
        });
    }

    /** Also where the account's password cannot be read: that is sat out, as a change of passwords is. */
    @ParameterizedTest
    @EnumSource
    void buildThatWaitedAllTheTimeDelivers(Store wrong) throws Throwable {
        sessions.then(this::startRotation);
        takeStore(wrong);
        sessions.then(jenkins -> {
            assertTrue(monitor().isActivated());
            WorkflowRun build = job(jenkins).getBuildByNumber(1);
            jenkins.waitForMessage("Resuming build", build);
            assertTrue(build.isBuilding());
        });
        restoreStore();
        sessions.then(jenkins -> {
            assertFalse(monitor().isActivated());
            fixture.letTimePass(JOB_DELAY);
            assertDelivered(jenkins, job(jenkins).getBuildByNumber(1));
        });
    }

    private static void assertFailed(JenkinsRule jenkins, WorkflowRun build) throws Exception {
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("ERROR: The key that seals the private keys of orders", build);
    }

    private void startRotation(JenkinsRule jenkins) throws Exception {
        fixture.setUpAccount(protocol);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "rotate");
        define(job, false);
        jenkins.waitForMessage("is RUNNING", job.scheduleBuild2(0).waitForStart());
    }

    private void define(WorkflowJob job, boolean force) throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "sslRotateCertificate certificates: " + id + ", due: '99%', force: " + force
                        + ", keyAlgorithm: 'EC_P256', storeAs: 'www'",
                true));
    }

    private static WorkflowJob job(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("rotate", WorkflowJob.class);
    }

    private static OrderBookMonitor monitor() {
        return ExtensionList.lookupSingleton(OrderBookMonitor.class);
    }

    private void takeStore(Store wrong) throws IOException {
        FileUtils.copyDirectory(secrets().toFile(), backup.toFile());
        wrong.take(secrets());
    }

    private void restoreStore() throws IOException {
        FileUtils.cleanDirectory(secrets().toFile());
        FileUtils.copyDirectory(backup.toFile(), secrets().toFile());
    }

    private Path secrets() {
        return sessions.getHome().toPath().resolve("secrets");
    }

    private void assertDelivered(JenkinsRule jenkins, WorkflowRun build) throws Exception {
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        KeyStores.Entry entry = StoredCertificates.entry("www");
        KeyStores.requirePair(entry.key(), entry.leaf());
        assertEquals(fixture.sandbox.certificate(id).serialNumber(), Certificates.serialNumber(entry.leaf()));
        assertEquals(List.of(), OpenOrders.of(build.getParent()));
        assertEquals(1, fixture.sandbox.orders(NAME));
    }
}
