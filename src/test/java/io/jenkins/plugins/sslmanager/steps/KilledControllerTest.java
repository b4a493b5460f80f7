package io.jenkins.plugins.sslmanager.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.RestartsOverBothProtocols;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Jenkins is killed at each request of a rotation whose Pipeline keeps nothing: it starts again with the files that were there at
 * that moment. The next build delivers, and one order stands.
 */
class KilledControllerTest extends RestartsOverBothProtocols {

    private static final String NAME = "www.example.com";

    private final long id = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);

    @TempDir
    private Path killed;

    KilledControllerTest() {
        super(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @EnumSource(names = {"CERTIFICATE_INFO", "JOB_SEARCH", "PREPARE_ORDER", "REISSUE", "JOB_INFO"})
    void nextBuildDeliversAfterAKillAtAnyRequest(Task request) throws Throwable {
        sessions.then(jenkins -> {
            fixture.setUpAccount(protocol);
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "rotate");
            job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
            job.setDefinition(new CpsFlowDefinition(
                    "sslRotateCertificate certificateId: " + id
                            + ", due: '99%', keyAlgorithm: 'EC_P256', storeAs: 'www'",
                    true));
            fixture.hold(request);
            job.scheduleBuild2(0).waitForStart();
            fixture.awaitHeldRequest();
            copyWhatIsThere(sessions.getHome().toPath());
        });
        fixture.release();
        FileUtils.cleanDirectory(sessions.getHome());
        FileUtils.copyDirectory(killed.toFile(), sessions.getHome());
        sessions.then(this::assertNextBuildDelivers);
    }

    private void assertNextBuildDelivers(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("rotate", WorkflowJob.class);
        WorkflowRun next = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is RUNNING", next);
        fixture.letTimePass(Duration.ofMinutes(10));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(next));
        KeyStores.Entry entry = StoredCertificates.entry("www");
        KeyStores.requirePair(entry.key(), entry.leaf());
        assertEquals(fixture.sandbox.certificate(id).serialNumber(), Certificates.serialNumber(entry.leaf()));
        assertEquals(List.of(), Orders.get().book().openOrders());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    /** As a killed process leaves it: files of the moment, whatever Jenkins is about to write. */
    private void copyWhatIsThere(Path home) throws IOException {
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(killed.resolve(home.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    FileUtils.copyFile(
                            file.toFile(), killed.resolve(home.relativize(file)).toFile());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                // Gone meanwhile.
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
