package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.account.QuickTransport;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;

/** Builds share what the service takes in a second. */
class BuildsTakeTurnsTest extends OverBothProtocols {

    @RegisterExtension
    static final FlagExtension<TransportLimits> PACED = QuickTransport.extension();

    BuildsTakeTurnsTest() {
        super(Duration.ofSeconds(2));
    }

    /** The step's looks alone take more than half a minute. */
    @Test
    void aStepWithNinetyNineCertificatesDoesNotHoldUpAnotherBuildWithOne() throws Exception {
        String fleet = IntStream.range(0, 99)
                .mapToObj(number -> certificate("host-" + number))
                .collect(Collectors.joining(" "));
        fixture.hold(Task.CERTIFICATE_INFO);
        WorkflowRun busy = start("fleet", fleet);
        fixture.awaitHeldRequest();
        fixture.release();
        WorkflowRun single = start("single", certificate("single"));
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(single));
        assertTrue(busy.isBuilding(), "the other build is far from its end");
        busy.doStop();
        jenkins.waitForCompletion(busy);
    }

    private String certificate(String host) {
        return String.valueOf(fixture.sandbox
                .account("release", 4)
                .addCertificate(host + ".example.com", AuthMethod.DNS, "www." + host + ".example.com"));
    }

    private WorkflowRun start(String name, String certificateIds) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(
                "sslRotateCertificate certificates: '" + certificateIds
                        + "', due: '99%', dryRun: true, storeAs: '{name}'",
                true));
        return job.scheduleBuild2(0).waitForStart();
    }
}
