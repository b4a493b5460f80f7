package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** Builds that rotate a certificate, over JSON and over XML. */
abstract class RotationStepsOverBothProtocols extends OverBothProtocols {

    static final String NAME = "www.example.com";
    static final String EC = ", keyAlgorithm: 'EC_P256'";

    final long id = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS, "example.com");

    final Builds builds = new Builds(jenkins);

    RotationStepsOverBothProtocols() {
        super(Duration.ofMinutes(10));
    }

    String rotate(String options) {
        return "def www = sslRotateCertificate certificates: " + id + EC + options
                + "\necho \"rotated ${www.rotated}, job ${www.certificates[0].jobId}, key ${www.certificates[0].keyFile}, credential"
                + " ${www.certificates[0].credentialsId}\"";
    }

    WorkflowRun finished(WorkflowRun build) throws Exception {
        fixture.letTimePass(Duration.ofMinutes(10));
        return jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
    }

    void assertNewest(X509Certificate leaf) {
        assertEquals(fixture.sandbox.certificate(id).serialNumber(), Certificates.serialNumber(leaf));
    }
}
