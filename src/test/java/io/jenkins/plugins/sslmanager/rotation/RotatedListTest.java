package io.jenkins.plugins.sslmanager.rotation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.FilePath;
import hudson.model.Result;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OpenOrders;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Several certificates in one step, and steps that only tell what they would do. */
class RotatedListTest extends RotationStepsOverBothProtocols {

    @Test
    void twoCertificatesOfOneNameAreNotWrittenOverEachOther() throws Exception {
        long ec = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS, "example.com");
        WorkflowJob job = builds.job("sslRotateCertificate certificates: '" + id + ", " + ec + "'" + EC
                + ", force: true, storeAs: '{name}'");
        WorkflowRun build = builds.waiting(job);
        fixture.letTimePass(Duration.ofMinutes(10));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));

        jenkins.assertLogContains("would both go to the credential 'www.example.com'", build);
        assertEquals(1, fixture.sandbox.orders(NAME));
        KeyStores.Entry stored = StoredCertificates.entry(NAME);
        KeyStores.requirePair(stored.key(), stored.leaf());
    }

    @Test
    void dryRunOrdersAndKeepsNothing() throws Exception {
        WorkflowJob job = builds.job("node { " + rotate(", force: true, dryRun: true, keyFile: 'key.pem'") + " }");
        WorkflowRun build = builds.success(job);

        jenkins.assertLogContains("Dry run: the service takes a CSR for [www.example.com, example.com]", build);
        jenkins.assertLogContains(
                "Set this DNS record unless InterNetX manages the zone: example.com. 300 IN TXT", build);
        jenkins.assertLogContains("rotated false", build);
        assertEquals(0, fixture.sandbox.orders(NAME));
        assertEquals(List.of(), jenkins.jenkins.getWorkspaceFor(job).list());
    }

    @Test
    void dryRunLeavesTheOrderOfAnEarlierBuildAlone() throws Exception {
        WorkflowJob job = builds.job(rotate(", force: true, storeAs: 'www'"));
        WorkflowRun first = builds.waiting(job);
        first.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(first));
        fixture.letTimePass(Duration.ofMinutes(10));
        Builds.withScript(job, rotate(", due: '99%', dryRun: true, storeAs: 'www'"));
        WorkflowRun dry = builds.success(job);

        jenkins.assertLogContains("is left to another one", dry);
        jenkins.assertLogContains("rotated false", dry);
        assertNull(StoredCertificates.find("www"));
        assertEquals(1, OpenOrders.of(job).size());
    }

    @Test
    void severalAreRotatedSideBySide() throws Exception {
        long shop = fixture.sandbox.addCertificate("shop.example.com", AuthMethod.FILE);
        long wildcard = fixture.sandbox.addCertificate("*.example.org", AuthMethod.EMAIL);
        WorkflowJob job = builds.job("""
                node {
                  def all = sslRotateCertificate certificates: '%d, %d %d', force: true, keyAlgorithm: 'EC_P256',
                      dir: '{name}', keyFile: '{name}/key.pem'
                  echo "any ${all.rotated}: ${all.certificates*.name} ${all.certificates*.keyFile}"
                }
                """.formatted(id, shop, wildcard));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        for (int jobId = 9218001; jobId <= 9218003; jobId++) {
            jenkins.waitForMessage("job " + jobId + " is RUNNING", build);
        }
        finished(build);

        jenkins.assertLogContains(
                "any true: [www.example.com, shop.example.com, *.example.org] [www.example.com/key.pem,"
                        + " shop.example.com/key.pem, wildcard.example.org/key.pem]",
                build);
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        for (String folder : List.of(NAME, "shop.example.com", "wildcard.example.org")) {
            KeyStores.requirePair(
                    Pem.privateKey(workspace.child(folder + "/key.pem").readToString()),
                    Pem.certificate(workspace.child(folder + "/leaf.pem").readToString()));
        }
    }

    @Test
    void listOfOneIsAListAllTheSame() throws Exception {
        WorkflowRun build = builds.success(builds.job("def all = sslRotateCertificate certificates: '" + id
                + "', dryRun: true, storeAs: 'www'\necho \"any ${all.rotated} of ${all.certificates*.name}\""));
        jenkins.assertLogContains("any false of [www.example.com]", build);
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromBeingDone() throws Exception {
        long failing = fixture.sandbox.addCertificate("job-failed.example.com", AuthMethod.DNS);
        WorkflowJob job = builds.job("sslRotateCertificate certificates: '" + failing + "," + id + ",4711'" + EC
                + ", force: true, storeAs: 'many-{name}'");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        for (int jobId = 9218001; jobId <= 9218002; jobId++) {
            jenkins.waitForMessage("job " + jobId + " is RUNNING", build);
        }
        fixture.letTimePass(Duration.ofMinutes(10));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));

        assertNewest(StoredCertificates.entry("many-" + NAME).leaf());
        jenkins.assertLogContains(
                "ERROR: 2 of 3 certificates were not rotated:\n- job-failed.example.com: Job ", build);
        String log = JenkinsRule.getLog(build);
        for (String once : List.of("ended as FAILED: ", "(Certificate 4711)")) {
            assertEquals(log.indexOf(once), log.lastIndexOf(once), once + " is told once");
            assertThat(log.indexOf(once), greaterThan(log.indexOf("Outcome")));
        }
        assertThat(log, containsString("job-failed.example.com: failed."));
    }
}
